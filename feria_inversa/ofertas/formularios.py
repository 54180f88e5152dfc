"""The form of a bid: what it asks for, in which words."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, Field

from feria_inversa.documentos import PEDIDOS_MAXIMOS
from feria_inversa.procesos import PLAZO_MAXIMO_DIAS, PlazoDias, Texto
from nucleo.archivos import ACEPTA_PRUEBAS, MAXIMO_BYTES
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.lectores import PrecioUnitario
from nucleo.textos import perezoso as _l


class LineaDePagina(BaseModel):
    """What is offered for an item; without days, those of the call."""

    precio_unitario: PrecioUnitario
    marca: Annotated[Texto, Field(max_length=120)]
    plazo_dias: PlazoDias | None = None
    detalle: Annotated[Texto, Field(max_length=1000)] = ""


class OfertaDePagina(BaseModel):
    """A bid on its way: looked at, corrected, and put in its envelope."""

    unidad_id: UUID
    version: int | None = None
    declaracion: int | None = None
    lineas: list[LineaDePagina] = []
    llenar: str | None = None
    ver: int | None = None
    presentar: bool
    corregir: bool


OFERTA = Formulario(
    "oferta",
    OfertaDePagina,
    campos.seleccion(
        "unidad_id",
        _l("¿Por qué unidad oferta?"),
        entre_varias=_l("Elija la unidad"),
        falta=_l("Elija por qué unidad oferta."),
    ),
    campos.oculto("version", opcional=True),
    campos.oculto("declaracion", opcional=True),
    campos.precio("lineas.*.precio_unitario", _l("Su precio por unidad"), ancho=""),
    campos.texto(
        "lineas.*.marca",
        _l("Marca o procedencia"),
        maximo=120,
        falta=_l("Escriba la marca o «artesanal»."),
    ),
    campos.entero(
        "lineas.*.plazo_dias",
        _l("Entrega en días"),
        minimo=1,
        maximo=PLAZO_MAXIMO_DIAS,
        opcional=True,
        ancho="",
        falta=_l("Escriba cuántos días, de 1 a 1.095."),
    ),
    campos.area("lineas.*.detalle", _l("Características que ofrece"), filas=2, maximo=1000, opcional=True),
    *(
        campos.archivo(
            f"archivo_{numero}",
            _l("Archivo"),
            bytes_maximos=MAXIMO_BYTES,
            acepta=ACEPTA_PRUEBAS,
            ayuda=_l("PDF de hasta 8 MB y 20 páginas, o una foto."),
            opcional=True,
        )
        for numero in range(1, PEDIDOS_MAXIMOS + 1)
    ),
    campos.botones("llenar"),
    campos.botones("ver"),
    campos.boton("presentar"),
    campos.boton("corregir"),
    guardable=False,
)


class ReconfirmacionDePagina(BaseModel):
    """What was read: of the call, and of what is declared."""

    version: int | None = None
    declaracion: int | None = None


RECONFIRMACION = Formulario(
    "oferta.reconfirmacion",
    ReconfirmacionDePagina,
    campos.oculto("version", opcional=True),
    campos.oculto("declaracion", opcional=True),
)
HojaDeReconfirmacion = Annotated[Hoja[ReconfirmacionDePagina], Depends(RECONFIRMACION)]
HojaDeOferta = Annotated[Hoja[OfertaDePagina], Depends(OFERTA)]
