"""The forms of card payments: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends

from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.lectores import leer_monto
from nucleo.textos import perezoso as _l
from pagos.tarjetas.esquemas import NuevaRecarga, NuevaRespuesta, NuevoReembolso

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
    campos.seleccion(
        "tarjeta", _l("Tarjeta"), elija=_l("La escribo en la página segura"), opcional=True, vacio=None
    ),
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
RESPUESTA = Formulario(
    "disputa.respuesta",
    NuevaRespuesta,
    campos.area(
        "explicacion",
        _l("Explique al banco por qué el cobro es correcto"),
        maximo=4000,
        minimo=20,
        falta=_l("Explíquelo en 20 letras o más."),
        ayuda=_l("Qué se pagó, quién lo pidió y cómo se entregó. El banco lo lee una sola vez."),
    ),
    campos.area("producto", _l("Qué vendió o qué servicio prestó"), maximo=1000, opcional=True, vacio=""),
    campos.fecha("fecha", _l("Cuándo lo entregó o lo prestó"), opcional=True),
    campos.texto("guia", _l("Número de guía del envío"), maximo=80, opcional=True, vacio=""),
)
PASO = Formulario("pago_con_tarjeta.paso", Nada, guardable=False)
"""A button of a payment that asks for nothing: stop it, give an observed charge back."""

HojaDeRecarga = Annotated[Hoja[NuevaRecarga], Depends(RECARGA)]
HojaDeReembolso = Annotated[Hoja[NuevoReembolso], Depends(REEMBOLSO)]
HojaDeRespuesta = Annotated[Hoja[NuevaRespuesta], Depends(RESPUESTA)]
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
