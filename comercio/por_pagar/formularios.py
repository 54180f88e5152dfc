"""Forms: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, Field

from comercio.por_pagar.esquemas import RespuestaAlBanco
from nucleo.dinero import Dinero
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.lectores import Entero, leer_monto
from nucleo.textos import perezoso as _l


class PagoDeCompra(BaseModel):
    """From which account, and what the person saw that it costs."""

    cuenta: Annotated[Entero, Field(ge=1, lt=2**63)]
    total: Dinero


DEJAR = Formulario("compra.dejar", Nada, guardable=False)
PAGAR = Formulario(
    "compra.pagar_por_qr",
    PagoDeCompra,
    campos.seleccion("cuenta", _l("Desde la cuenta"), falta=_l("Elija una de sus cuentas.")),
    campos.oculto("total", lector=leer_monto),
    guardable=False,
)
HojaDePagar = Annotated[Hoja[PagoDeCompra], Depends(PAGAR)]
HojaDeDejar = Annotated[Hoja[Nada], Depends(DEJAR)]
RESPONDER = Formulario(
    "compra.responder_al_banco",
    RespuestaAlBanco,
    campos.area(
        "explicacion",
        _l("Explique al banco por qué el cobro es correcto"),
        maximo=1000,
        minimo=20,
        falta=_l("Explíquelo en 20 letras o más."),
        ayuda=_l("Qué le compraron y cómo lo entregó. Se escribe una vez, y quien compró también lo lee."),
    ),
)
HojaDeResponder = Annotated[Hoja[RespuestaAlBanco], Depends(RESPONDER)]
