"""The forms of joint acts: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends

from empresa_digital.registro.actos.esquemas import Firma, RechazoDeActo
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l

FIRMA = Formulario(
    "acto.firma",
    Firma,
    campos.oculto("huella"),
    campos.casilla("declara", _l("Lo revisé")),
    guardable=False,
)
RECHAZO = Formulario(
    "acto.rechazo",
    RechazoDeActo,
    campos.area("motivo", _l("¿Por qué lo rechaza?"), filas=2, maximo=300, falta=_l("Escriba el motivo.")),
)
RETIRO = Formulario("acto.retiro", Nada)

HojaDeFirma = Annotated[Hoja[Firma], Depends(FIRMA)]
HojaDeRechazo = Annotated[Hoja[RechazoDeActo], Depends(RECHAZO)]
HojaDeRetiro = Annotated[Hoja[Nada], Depends(RETIRO)]
