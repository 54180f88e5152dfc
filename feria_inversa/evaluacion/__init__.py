"""The comparison of the bids and the decision on each item."""

from feria_inversa.evaluacion.adjudicacion import (
    adjudicar,
    adjudicar_con,
    anular_con,
    avisar_caida,
    hacer_caer,
)
from feria_inversa.evaluacion.calificaciones import Calificacion, calificacion_de
from feria_inversa.evaluacion.calificar import calificar
from feria_inversa.evaluacion.causas import CAUSAS
from feria_inversa.evaluacion.consultas import (
    GrupoComparado,
    ItemComparado,
    adjudicaciones_de,
    adjudicadas_alguna_vez,
    comparar,
    comparar_grupos,
    en_vigor,
)
from feria_inversa.evaluacion.esquemas import (
    AdjudicacionEntrada,
    CalificacionEntrada,
    DecisionEntrada,
    PuntajeEntrada,
    RevisadaEntrada,
)
from feria_inversa.evaluacion.formularios import (
    ADJUDICACION,
    CALIFICACION,
    DESIERTO,
    AdjudicacionDePagina,
    CalificacionDePagina,
    HojaDeAdjudicacion,
    HojaDeCalificacion,
    fila_de_puntos,
)

__all__ = [
    "ADJUDICACION",
    "CALIFICACION",
    "CAUSAS",
    "DESIERTO",
    "AdjudicacionDePagina",
    "AdjudicacionEntrada",
    "Calificacion",
    "CalificacionDePagina",
    "CalificacionEntrada",
    "DecisionEntrada",
    "GrupoComparado",
    "HojaDeAdjudicacion",
    "HojaDeCalificacion",
    "ItemComparado",
    "PuntajeEntrada",
    "RevisadaEntrada",
    "adjudicaciones_de",
    "adjudicadas_alguna_vez",
    "adjudicar",
    "adjudicar_con",
    "anular_con",
    "avisar_caida",
    "calificacion_de",
    "calificar",
    "comparar",
    "comparar_grupos",
    "en_vigor",
    "fila_de_puntos",
    "hacer_caer",
]
