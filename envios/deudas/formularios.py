"""The form of cash paid at the counter."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from nucleo.formularios import Formulario, Hoja, campos
from nucleo.lectores import escrito
from nucleo.textos import perezoso as _l


class PagoEnVentanilla(BaseModel):
    recibo: Annotated[str, escrito(200, 3)]


PAGO = Formulario(
    "deudas.pago_en_ventanilla",
    PagoEnVentanilla,
    campos.texto(
        "recibo",
        _l("Quién firmó el recibo"),
        ayuda=_l("Nombre y documento de quien recibió el dinero."),
        maximo=200,
        falta=_l("Escriba quién firmó el recibo: nombre y documento."),
    ),
)
HojaDePago = Annotated[Hoja[PagoEnVentanilla], Depends(PAGO)]
