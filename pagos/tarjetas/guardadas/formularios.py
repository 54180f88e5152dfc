"""The forms of saved cards."""

from typing import Annotated

from fastapi import Depends

from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l
from pagos.tarjetas.guardadas.esquemas import NuevaTarjeta

GUARDAR = Formulario(
    "tarjeta.guardar",
    NuevaTarjeta,
    campos.casilla("consiente", _l("Acepto que la pasarela guarde mi tarjeta")),
    guardable=False,
)
QUITAR = Formulario("tarjeta.quitar", Nada, guardable=False)

HojaDeGuardar = Annotated[Hoja[NuevaTarjeta], Depends(GUARDAR)]
HojaDeQuitar = Annotated[Hoja[Nada], Depends(QUITAR)]
