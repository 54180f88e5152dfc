"""The forms of bags, manifests and rounds: one to read a number, and the few that ask for more."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from moneyed import Money
from pydantic import BaseModel, Field

from envios.despachos.esquemas import (
    DespachoPorPreparar,
    Explicacion,
    PasoDeLaHoja,
    PasoDeLaSaca,
    PasoDelDespacho,
    SacaPorAbrir,
)
from envios.despachos.modelos import PESO_MAXIMO_G
from envios.tarifas import en_gramos
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.lectores import leer_monto
from nucleo.textos import perezoso as _l


class Leido(BaseModel):
    """`insiste`: the page said that it goes elsewhere, and the worker means it."""

    codigo: str
    insiste: bool = False


class Quitado(BaseModel):
    cosa: UUID


class PasoDeSacaPedido(BaseModel):
    paso: PasoDeLaSaca


class PasoDeDespachoPedido(BaseModel):
    paso: PasoDelDespacho


class PasoDeHojaPedido(BaseModel):
    paso: PasoDeLaHoja


class CierrePedido(BaseModel):
    precinto: str
    peso_kg: Decimal = Field(gt=0, le=PESO_MAXIMO_G // 1000)

    @property
    def peso_g(self) -> int:
        return en_gramos(self.peso_kg)


class LlegadaPedida(BaseModel):
    codigo: str
    precinto: str = "intacto"
    peso_kg: Decimal | None = Field(None, gt=0, le=PESO_MAXIMO_G // 1000)

    @property
    def peso_g(self) -> int | None:
        return None if self.peso_kg is None else en_gramos(self.peso_kg)


class Respondida(BaseModel):
    acepta: str = Field(pattern="^(si|no)$")


class HojaPedida(BaseModel):
    agencia_id: UUID
    repartidor_persona_id: UUID
    dia: date


class RondaPedida(BaseModel):
    """What the round collected and is paid, as it was shown."""

    model_config = {"arbitrary_types_allowed": True}
    total: Money


_PESO: dict[str, Any] = {
    "sufijo": "kg",
    "ayuda": _l("Por ejemplo: 5,2."),
    "falta": _l("Escriba el peso en kilos, por ejemplo 5,2; hasta 1.000."),
}
_PESO_EN_GRAMOS = {"peso_g": "peso_kg"}
_AGENCIA = {"elija": _l("Elija una agencia"), "falta": _l("Elija a qué agencia va.")}


def _lector(ayuda: str) -> campos.Campo:
    """The one input of a page that is read into: it has the focus when the page comes back."""
    return campos.texto(
        "codigo",
        _l("Número"),
        ayuda=ayuda,
        maximo=60,
        autocompletar="off",
        enfocado=True,
        falta=_l("Lea o escriba un número."),
    )


_INSISTE = campos.boton("insiste")
LECTURA_DE_SACA = Formulario(
    "saca.lectura", Leido, _lector(_l("El del envío, con el lector o a mano.")), _INSISTE
)
LECTURA_DE_DESPACHO = Formulario(
    "despacho.lectura", Leido, _lector(_l("El de una saca cerrada o el de un envío suelto.")), _INSISTE
)
LECTURA_DE_HOJA = Formulario(
    "ruta.lectura", Leido, _lector(_l("El del envío, con el lector o a mano.")), _INSISTE
)
RETIRO = Formulario("despacho.retiro", Quitado, campos.oculto("cosa"))
SACA = Formulario(
    "saca.nueva",
    SacaPorAbrir,
    campos.oculto("origen_agencia_id"),
    campos.seleccion("destino_agencia_id", _l("A qué agencia va"), **_AGENCIA),
)
CIERRE_DE_SACA = Formulario(
    "saca.cierre",
    CierrePedido,
    campos.texto(
        "precinto",
        _l("Número del precinto"),
        maximo=20,
        minimo=3,
        autocompletar="off",
        ancho="medio",
        falta=_l("Escriba el número del precinto: de 3 a 20 letras, números o guiones."),
    ),
    campos.cantidad("peso_kg", _l("Peso con todo dentro"), **_PESO),
    lugares=_PESO_EN_GRAMOS,
)
PASO_DE_SACA = Formulario("saca.paso", PasoDeSacaPedido, campos.oculto("paso"))
DESPACHO = Formulario(
    "despacho.nuevo",
    DespachoPorPreparar,
    campos.oculto("origen_agencia_id"),
    campos.seleccion("destino_agencia_id", _l("A qué agencia va"), **_AGENCIA),
    campos.texto(
        "vehiculo", _l("Vehículo"), ayuda=_l("Placa, o el bus y su hora."), maximo=60, autocompletar="off"
    ),
    campos.texto("conductor", _l("Quién lo lleva"), maximo=120, autocompletar="off"),
)
PASO_DE_DESPACHO = Formulario("despacho.paso", PasoDeDespachoPedido, campos.oculto("paso"))
LLEGADA = Formulario(
    "despacho.llegada",
    LlegadaPedida,
    _lector(_l("El de una saca o el de un envío, en cualquier orden.")),
    campos.opciones(
        "precinto",
        _l("Si es una saca: su precinto"),
        opciones=lambda: [("intacto", str(_l("Está intacto"))), ("roto", str(_l("Está roto o falta")))],
    ),
    campos.cantidad("peso_kg", _l("Si es una saca: cuánto pesa"), opcional=True, **_PESO),
    lugares=_PESO_EN_GRAMOS,
)
EXPLICACION = Formulario(
    "diferencia.explicacion",
    Explicacion,
    campos.area("explicacion", _l("Qué pasó"), minimo=3, maximo=500, filas=2),
)
RESPUESTA = Formulario("diferencia.respuesta", Respondida, campos.oculto("acepta"))
HOJA = Formulario(
    "ruta.nueva",
    HojaPedida,
    campos.oculto("agencia_id"),
    campos.seleccion(
        "repartidor_persona_id",
        _l("Quién reparte"),
        elija=_l("Elija a una persona"),
        falta=_l("Elija a quien reparte."),
    ),
    campos.fecha("dia", _l("Día"), falta=_l("Elija el día.")),
)
RONDA_DE_HOJA = Formulario(
    "ruta.ronda", RondaPedida, campos.oculto("total", lector=leer_monto), guardable=False
)
PASO_DE_HOJA = Formulario("ruta.paso", PasoDeHojaPedido, campos.oculto("paso"))

HojaDeLecturaDeSaca = Annotated[Hoja[Leido], Depends(LECTURA_DE_SACA)]
HojaDeLecturaDeDespacho = Annotated[Hoja[Leido], Depends(LECTURA_DE_DESPACHO)]
HojaDeLecturaDeRuta = Annotated[Hoja[Leido], Depends(LECTURA_DE_HOJA)]
HojaDeRetiro = Annotated[Hoja[Quitado], Depends(RETIRO)]
HojaDeSaca = Annotated[Hoja[SacaPorAbrir], Depends(SACA)]
HojaDeCierreDeSaca = Annotated[Hoja[CierrePedido], Depends(CIERRE_DE_SACA)]
HojaDePasoDeSaca = Annotated[Hoja[PasoDeSacaPedido], Depends(PASO_DE_SACA)]
HojaDeDespacho = Annotated[Hoja[DespachoPorPreparar], Depends(DESPACHO)]
HojaDePasoDeDespacho = Annotated[Hoja[PasoDeDespachoPedido], Depends(PASO_DE_DESPACHO)]
HojaDeLlegada = Annotated[Hoja[LlegadaPedida], Depends(LLEGADA)]
HojaDeExplicacion = Annotated[Hoja[Explicacion], Depends(EXPLICACION)]
HojaDeRespuesta = Annotated[Hoja[Respondida], Depends(RESPUESTA)]
HojaDeRutaNueva = Annotated[Hoja[HojaPedida], Depends(HOJA)]
HojaDeRondaDeRuta = Annotated[Hoja[RondaPedida], Depends(RONDA_DE_HOJA)]
HojaDePasoDeRuta = Annotated[Hoja[PasoDeHojaPedido], Depends(PASO_DE_HOJA)]
