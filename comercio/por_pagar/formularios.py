"""Forms: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, Field

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
