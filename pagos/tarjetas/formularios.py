"""The forms of card payments: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends

from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.lectores import leer_monto
from nucleo.textos import perezoso as _l
from pagos.tarjetas.esquemas import NuevaRecarga, NuevoReembolso

_MONTO = campos.dinero(
    "monto",
    _l("Monto"),
    falta=_l("Escriba el monto con números, por ejemplo 1.234,50."),
    autocompletar="off",
)

RECARGA = Formulario(
    "recarga.tarjeta",
    NuevaRecarga,
    _MONTO,
    campos.seleccion("cuenta", _l("Cuenta que recibe"), falta=_l("Elija una de sus cuentas.")),
    guardable=False,
)
REEMBOLSO = Formulario(
    "reembolso_a_tarjeta",
    NuevoReembolso,
    _MONTO,
    campos.texto("nota", _l("Nota"), maximo=200, opcional=True, vacio=""),
    campos.oculto("saldo_reembolsable", lector=leer_monto),
    guardable=False,
)
PASO = Formulario("pago_con_tarjeta.paso", Nada, guardable=False)
"""A button of a payment that asks for nothing: stop it, give an observed charge back."""

HojaDeRecarga = Annotated[Hoja[NuevaRecarga], Depends(RECARGA)]
HojaDeReembolso = Annotated[Hoja[NuevoReembolso], Depends(REEMBOLSO)]
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
