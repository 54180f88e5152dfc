"""The forms of a registration: what each asks for, in which words."""

from datetime import date
from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l

# --- The regulator ---------------------------------------------------------------------------------------


class MotivoDeDecision(BaseModel):
    """Why; the use case says when it is needed."""

    motivo: str = ""


class DecisionDeHabilitacion(BaseModel):
    norma: str
    desde: date | None = None
    hasta: date | None = None
    motivo: str
    otorgar: bool
    rechazar: bool
    suspender: bool


DECISION = Formulario(
    "registro.decision",
    MotivoDeDecision,
    campos.area("motivo", _l("Motivo"), opcional=True, vacio="", filas=3, maximo=2000),
    parcial=True,
)
"""One for each decision (`de` says which), on the version of the unit that was looked at."""
HABILITACION = Formulario(
    "registro.decision.habilitacion",
    DecisionDeHabilitacion,
    campos.texto("norma", _l("Norma o resolución"), opcional=True, vacio="", maximo=500),
    campos.fecha("desde", _l("Desde"), opcional=True),
    campos.fecha("hasta", _l("Último día"), opcional=True),
    campos.area("motivo", _l("Motivo"), opcional=True, vacio="", filas=2, maximo=2000),
    campos.boton("otorgar"),
    campos.boton("rechazar"),
    campos.boton("suspender"),
)
"""One for each quality; `de` says which."""

HojaDeDecision = Annotated[Hoja[MotivoDeDecision], Depends(DECISION)]
HojaDeHabilitacion = Annotated[Hoja[DecisionDeHabilitacion], Depends(HABILITACION)]
