"""The forms of withdrawals: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.lectores import leer_monto
from nucleo.textos import perezoso as _l
from pagos.libro import FondosInsuficientes
from pagos.retiros.esquemas import NuevoRetiro


class Resolucion(BaseModel):
    """What the bank answered by another way: it paid, or it did not and why."""

    pagado: bool
    motivo: str


RETIRO = Formulario(
    "retiro",
    NuevoRetiro,
    campos.seleccion("cuenta", _l("Desde la cuenta")),
    campos.dinero("monto", _l("Monto"), autocompletar="off"),
    campos.seleccion(
        "banco", _l("Banco"), elija=_l("Elija un banco"), falta=_l("Elija un banco de la lista.")
    ),
    campos.texto(
        "numero_cuenta",
        _l("Número de cuenta"),
        falta=_l("Escriba el número de cuenta: entre 5 y 20 cifras."),
        modo="numeric",
        maximo=30,
        autocompletar="off",
    ),
    campos.texto(
        "titular",
        _l("Titular de la cuenta"),
        falta=_l("Escriba el nombre del titular de la cuenta, en hasta 70 letras."),
        maximo=70,
        autocompletar="name",
    ),
    campos.oculto("comision", lector=leer_monto),
    lugares={FondosInsuficientes.codigo: "monto"},
    guardable=False,
)
"""Asked in one page and confirmed in the next, which carries the commission that the person saw."""
RESOLUCION = Formulario(
    "retiro.resolucion",
    Resolucion,
    campos.boton("pagado"),
    campos.texto("motivo", _l("Motivo"), maximo=200, opcional=True, vacio=""),
)
PASO = Formulario("retiro.paso", Nada)

HojaDeRetiro = Annotated[Hoja[NuevoRetiro], Depends(RETIRO)]
HojaDeResolucion = Annotated[Hoja[Resolucion], Depends(RESOLUCION)]
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
