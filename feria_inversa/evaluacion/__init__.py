"""The comparison of the bids and the decision on each item."""

from feria_inversa.evaluacion.adjudicacion import adjudicar, adjudicar_con
from feria_inversa.evaluacion.consultas import ItemComparado, adjudicaciones_de, comparar
from feria_inversa.evaluacion.esquemas import AdjudicacionEntrada, DecisionEntrada
from feria_inversa.evaluacion.formularios import (
    ADJUDICACION,
    DESIERTO,
    AdjudicacionDePagina,
    HojaDeAdjudicacion,
)

__all__ = [
    "ADJUDICACION",
    "DESIERTO",
    "AdjudicacionDePagina",
    "AdjudicacionEntrada",
    "DecisionEntrada",
    "HojaDeAdjudicacion",
    "ItemComparado",
    "adjudicaciones_de",
    "adjudicar",
    "adjudicar_con",
    "comparar",
]
