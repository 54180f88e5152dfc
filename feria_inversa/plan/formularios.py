"""The forms of an annual plan: begin it, a line of it, a sheet of them, publish it, take a line out."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from feria_inversa.plan.archivo import BYTES_MAXIMOS, MESES
from feria_inversa.plan.esquemas import (
    Familia,
    Fuente,
    Gestion,
    LineaEntrada,
    Mes,
    Modalidad,
    Motivo,
    Municipio,
    Objeto,
    Organismo,
    Partida,
)
from feria_inversa.precios import Cantidad, UnidadEscrita, UnidadMedida, opciones_de_unidad
from feria_inversa.reglas import Categoria, opciones_de_categoria
from nucleo.dinero import Dinero
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l


class PlanDePagina(BaseModel):
    gestion: Gestion


class LineaDePagina(LineaEntrada):
    """A line, and why it changes where its plan is public."""

    motivo: Motivo | None = None


class ConMotivo(BaseModel):
    motivo: Motivo | None = None


class LineaEditada(ConMotivo):
    """What somebody changes of a line: what they do not touch stays as it is."""

    objeto: Objeto | None = None
    categoria: Categoria | None = None
    modalidad: Modalidad | None = None
    mes: Mes | None = None
    monto: Dinero | None = None
    partida: Partida | None = None
    fuente: Fuente | None = None
    organismo: Organismo | None = None
    familia: Familia | None = None
    cantidad: Cantidad | None = None
    unidad_medida: UnidadMedida | None = None
    unidad_texto: UnidadEscrita | None = None
    municipio_ine: Municipio | None = None


def opciones_de_mes() -> list[tuple[str, str]]:
    return [(str(n), str(nombre).capitalize()) for n, nombre in enumerate(MESES, start=1)]


_MOTIVO = campos.area(
    "motivo",
    _l("Por qué cambia"),
    ayuda=_l("Será público, con lo que el plan decía antes."),
    filas=3,
    maximo=1000,
    opcional=True,
    falta=_l("Explique el motivo con al menos 10 letras."),
)
_CODIGOS = (
    campos.texto(
        "fuente",
        _l("Fuente de financiamiento"),
        ayuda=_l("Dos números."),
        falta=_l("La fuente tiene dos números."),
        modo="numeric",
        ancho="corto",
        maximo=2,
        opcional=True,
    ),
    campos.texto(
        "organismo",
        _l("Organismo financiador"),
        ayuda=_l("Tres números."),
        falta=_l("El organismo tiene tres números."),
        modo="numeric",
        ancho="corto",
        maximo=3,
        opcional=True,
    ),
    campos.texto(
        "familia",
        _l("Familia de UNSPSC"),
        ayuda=_l("Los cuatro primeros números del código."),
        falta=_l("La familia tiene cuatro números."),
        modo="numeric",
        ancho="corto",
        maximo=8,
        opcional=True,
    ),
)
NUEVO = Formulario(
    "plan.nuevo",
    PlanDePagina,
    campos.entero(
        "gestion",
        _l("Gestión"),
        minimo=2020,
        maximo=2100,
        falta=_l("Escriba el año: 2027."),
    ),
)
HojaDePlan = Annotated[Hoja[PlanDePagina], Depends(NUEVO)]
_LINEA = (
    campos.texto(
        "objeto", _l("Qué se va a contratar"), maximo=1000, falta=_l("Escriba qué se va a contratar.")
    ),
    campos.opciones(
        "categoria",
        _l("Qué se contrata"),
        opciones=opciones_de_categoria,
        falta=_l("Elija qué se contrata."),
    ),
    campos.cantidad(
        "cantidad",
        _l("Cantidad"),
        ayuda=_l("Cuánto se prevé, si se sabe."),
        opcional=True,
        falta=_l("Escriba la cantidad en números."),
    ),
    campos.seleccion(
        "unidad_medida",
        _l("Unidad de medida"),
        opciones=opciones_de_unidad,
        opcional=True,
        elija=_l("No dice, o no está en la lista"),
    ),
    campos.texto(
        "unidad_texto",
        _l("Si no está en la lista, escríbala"),
        ayuda=_l("Quedará como la escriba."),
        falta=_l("Escriba la unidad en letras, hasta 60."),
        maximo=60,
        ancho="corto",
        opcional=True,
    ),
    campos.seleccion(
        "municipio_ine",
        _l("Municipio de entrega"),
        opcional=True,
        elija=_l("Donde está la entidad"),
    ),
    campos.dinero("monto", _l("Monto referencial"), falta=_l("Escriba el monto referencial.")),
    campos.seleccion(
        "modalidad",
        _l("Modalidad prevista"),
        opcional=True,
        elija=_l("La que corresponde al monto"),
    ),
    campos.seleccion(
        "mes",
        _l("Mes en que se prevé publicar"),
        opciones=opciones_de_mes,
        elija=_l("Elija un mes"),
        falta=_l("Elija el mes."),
    ),
    campos.texto(
        "partida",
        _l("Partida por objeto del gasto"),
        ayuda=_l("Cinco números: 39500."),
        falta=_l("La partida tiene cinco números."),
        modo="numeric",
        ancho="corto",
        maximo=5,
    ),
    *_CODIGOS,
    _MOTIVO,
)
LINEA = Formulario("plan.linea", LineaDePagina, *_LINEA)
HojaDeLinea = Annotated[Hoja[LineaDePagina], Depends(LINEA)]
CAMBIO = Formulario("plan.linea.cambio", LineaEditada, *_LINEA, parcial=True)
HojaDeCambio = Annotated[Hoja[LineaEditada], Depends(CAMBIO)]
QUITAR = Formulario("plan.quitar", ConMotivo, _MOTIVO)
HojaDeQuitarLinea = Annotated[Hoja[ConMotivo], Depends(QUITAR)]
ARCHIVO = Formulario(
    "plan.archivo",
    ConMotivo,
    campos.archivo(
        "archivo",
        _l("Archivo CSV o Excel"),
        ayuda=_l("La primera línea nombra las columnas: objeto, mes, monto y partida, al menos."),
        acepta=".csv,.txt,.xlsx,text/csv",
        falta=_l("Elija el archivo."),
        bytes_maximos=BYTES_MAXIMOS,
    ),
    _MOTIVO,
)
HojaDeArchivo = Annotated[Hoja[ConMotivo], Depends(ARCHIVO)]
PASO = Formulario("plan.paso", Nada)
HojaDePasoDePlan = Annotated[Hoja[Nada], Depends(PASO)]
