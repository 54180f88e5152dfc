"""The form of refunds."""

from typing import Annotated

from fastapi import Depends

from nucleo.formularios import Formulario, Hoja, campos
from nucleo.lectores import leer_monto
from nucleo.textos import perezoso as _l
from pagos.devoluciones.esquemas import NuevaDevolucion
from pagos.libro import FondosInsuficientes

DEVOLUCION = Formulario(
    "devolucion",
    NuevaDevolucion,
    campos.dinero("monto", _l("Monto a devolver"), autocompletar="off"),
    campos.texto(
        "nota",
        _l("Motivo"),
        ayuda=_l("Lo verá quien pagó."),
        falta=_l("Escriba el motivo en hasta 200 letras."),
        maximo=200,
        opcional=True,
        vacio="",
    ),
    campos.oculto("saldo_reembolsable", lector=leer_monto),
    lugares={FondosInsuficientes.codigo: "monto"},
    guardable=False,
)
"""It carries the balance that the person saw."""

HojaDeDevolucion = Annotated[Hoja[NuevaDevolucion], Depends(DEVOLUCION)]
