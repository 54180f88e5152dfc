"""The forms of an item's other numbers."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l


class OtroNumero(BaseModel):
    numero: str


NUMERO = Formulario(
    "envio.numero",
    OtroNumero,
    campos.texto(
        "numero",
        _l("Otro número de este envío"),
        maximo=60,
        ayuda=_l("Su guía, su referencia o el número S10 de otro correo. De 3 a 40 letras o cifras."),
        falta=_l("Escriba el número."),
    ),
)
RETIRO = Formulario("envio.retiro_de_numero", Nada)
HojaDeNumero = Annotated[Hoja[OtroNumero], Depends(NUMERO)]
HojaDeRetiro = Annotated[Hoja[Nada], Depends(RETIRO)]
