"""The forms of an appeal: presented, and resolved."""

from typing import Annotated

from fastapi import Depends

from feria_inversa.impugnacion.esquemas import ImpugnacionEntrada, ResolucionDeImpugnacion
from feria_inversa.impugnacion.estados import RESOLUCIONES, que_resuelve
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l

IMPUGNACION = Formulario(
    "convocatoria.impugnacion",
    ImpugnacionEntrada,
    campos.seleccion(
        "unidad_id",
        _l("Por qué unidad impugna"),
        entre_varias=_l("Elija la unidad"),
        falta=_l("Elija la unidad."),
    ),
    campos.seleccion("item_id", _l("Ítem"), falta=_l("Elija el ítem.")),
    campos.area(
        "motivo",
        _l("Motivo, que será público"),
        filas=5,
        maximo=3000,
        falta=_l("Explique el motivo con al menos 10 letras: será público."),
    ),
)
HojaDeImpugnacion = Annotated[Hoja[ImpugnacionEntrada], Depends(IMPUGNACION)]
RESOLUCION = Formulario(
    "impugnacion.resolucion",
    ResolucionDeImpugnacion,
    campos.opciones(
        "decision",
        _l("Qué se resuelve"),
        opciones=lambda: [(str(estado), que_resuelve(estado)) for estado in RESOLUCIONES],
        falta=_l("Elija qué se resuelve."),
    ),
    campos.area(
        "fundamento",
        _l("Fundamento, que será público"),
        filas=5,
        maximo=3000,
        falta=_l("Explique el fundamento con al menos 10 letras: será público."),
    ),
)
HojaDeResolucion = Annotated[Hoja[ResolucionDeImpugnacion], Depends(RESOLUCION)]
