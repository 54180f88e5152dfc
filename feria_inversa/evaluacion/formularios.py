"""The form of the award: what it asks for, in which words."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, Field

from feria_inversa.procesos import Texto
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l

DESIERTO = "desierto"


class DecisionDePagina(BaseModel):
    oferta_id: UUID | Literal["desierto"]
    motivo: Annotated[Texto, Field(max_length=1000)] = ""


class AdjudicacionDePagina(BaseModel):
    decisiones: list[DecisionDePagina] = []


ADJUDICACION = Formulario(
    "convocatoria.adjudicacion",
    AdjudicacionDePagina,
    campos.opciones(
        "decisiones.*.oferta_id", _l("Decisión"), falta=_l("Elija una oferta o declare desierto el ítem.")
    ),
    campos.texto(
        "decisiones.*.motivo",
        _l("Motivo"),
        ayuda=_l("Obligatorio si no elige el precio más bajo o si declara desierto."),
        maximo=1000,
        opcional=True,
    ),
)
HojaDeAdjudicacion = Annotated[Hoja[AdjudicacionDePagina], Depends(ADJUDICACION)]
