"""The forms of reserves."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l
from pagos.reservas.esquemas import Positivo


class PorConfirmar(BaseModel):
    monto: Positivo


CONFIRMACION = Formulario(
    "reserva.confirmacion",
    PorConfirmar,
    campos.dinero(
        "monto",
        _l("Monto que se paga"),
        ayuda=_l("El resto vuelve a quien paga en el momento."),
        falta=_l("Escriba el monto con números, por ejemplo 1.234,50."),
        autocompletar="off",
    ),
    guardable=False,
)
ANULACION = Formulario("reserva.anulacion", Nada, guardable=False)

HojaDeConfirmacion = Annotated[Hoja[PorConfirmar], Depends(CONFIRMACION)]
HojaDeAnulacion = Annotated[Hoja[Nada], Depends(ANULACION)]
