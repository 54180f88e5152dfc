"""The comparison of the bids and the decision on each item."""

from feria_inversa.evaluacion.adjudicacion import (
    adjudicar,
    adjudicar_con,
    anular_con,
    avisar_caida,
    hacer_caer,
)
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
    DecisionEntrada,
    InformeEntrada,
    PuntajeEntrada,
    RevisadaEntrada,
)
from feria_inversa.evaluacion.formularios import (
    ADJUDICACION,
    DESIERTO,
    INFORME,
    AdjudicacionDePagina,
    HojaDeAdjudicacion,
    HojaDeInforme,
    InformeDePagina,
    fila_de_puntos,
)
from feria_inversa.evaluacion.informar import informar
from feria_inversa.evaluacion.informes import Informe, informe_de

__all__ = [
    "ADJUDICACION",
    "CAUSAS",
    "DESIERTO",
    "INFORME",
    "AdjudicacionDePagina",
    "AdjudicacionEntrada",
    "DecisionEntrada",
    "GrupoComparado",
    "HojaDeAdjudicacion",
    "HojaDeInforme",
    "Informe",
    "InformeDePagina",
    "InformeEntrada",
    "ItemComparado",
    "PuntajeEntrada",
    "RevisadaEntrada",
    "adjudicaciones_de",
    "adjudicadas_alguna_vez",
    "adjudicar",
    "adjudicar_con",
    "anular_con",
    "avisar_caida",
    "comparar",
    "comparar_grupos",
    "en_vigor",
    "fila_de_puntos",
    "hacer_caer",
    "informar",
    "informe_de",
]
