"""The comparison of the bids and the decision on each item."""

from feria_inversa.evaluacion.acto import adjudicar_o_proponer
from feria_inversa.evaluacion.adjudicacion import (
    adjudicar,
    adjudicar_con,
    anular_con,
    avisar_caida,
    hacer_caer,
)
from feria_inversa.evaluacion.consultas import (
    GrupoComparado,
    ItemComparado,
    adjudicaciones_de,
    adjudicadas_alguna_vez,
    comparar,
    comparar_grupos,
    en_vigor,
)
from feria_inversa.evaluacion.esquemas import AdjudicacionEntrada, DecisionEntrada
from feria_inversa.evaluacion.formularios import (
    ADJUDICACION,
    DESIERTO,
    AdjudicacionDePagina,
    HojaDeAdjudicacion,
)
from feria_inversa.evaluacion.informar import informar
from feria_inversa.evaluacion.informes import evaluan, informe_de, leer_informe, recomendado

__all__ = [
    "ADJUDICACION",
    "DESIERTO",
    "AdjudicacionDePagina",
    "AdjudicacionEntrada",
    "DecisionEntrada",
    "GrupoComparado",
    "HojaDeAdjudicacion",
    "ItemComparado",
    "adjudicaciones_de",
    "adjudicadas_alguna_vez",
    "adjudicar",
    "adjudicar_con",
    "adjudicar_o_proponer",
    "anular_con",
    "avisar_caida",
    "comparar",
    "comparar_grupos",
    "en_vigor",
    "evaluan",
    "hacer_caer",
    "informar",
    "informe_de",
    "leer_informe",
    "recomendado",
]
