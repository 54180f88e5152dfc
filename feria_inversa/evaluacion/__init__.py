"""The comparison of the bids and the decision on each item."""

from feria_inversa.evaluacion.acto import ADJUDICACION_CONJUNTA, adjudicar_o_proponer
from feria_inversa.evaluacion.adjudicacion import (
    adjudicar,
    adjudicar_con,
    anular_con,
    avisar_caidas,
    hacer_caer,
)
from feria_inversa.evaluacion.calificaciones import Calificacion, calificacion_de
from feria_inversa.evaluacion.calificar import calificar
from feria_inversa.evaluacion.causas import CAUSAS, Causa, CausaDesierta, por_que_desierto
from feria_inversa.evaluacion.certificado import (
    DECIDIDOS,
    en_total,
    exigir_certificado,
    nombrar_certificado,
    quedan,
)
from feria_inversa.evaluacion.consultas import (
    Decidido,
    GrupoComparado,
    PropuestaComparada,
    adjudicaciones_de,
    comparar,
    comparar_grupos,
    en_vigor,
    ganadoras,
    todo_lo_decidido,
)
from feria_inversa.evaluacion.desempate import desempate
from feria_inversa.evaluacion.desierta import causa_sabida
from feria_inversa.evaluacion.esquemas import (
    AdjudicacionEntrada,
    CalificacionEntrada,
    DecisionEntrada,
    PuntajeEntrada,
    RevisadaEntrada,
    VerificadoEntrada,
)
from feria_inversa.evaluacion.formularios import (
    ADJUDICACION,
    AUSENTE,
    CALIFICACION,
    DESIERTO,
    PRESENTE,
    SIGUE,
    AdjudicacionDePagina,
    CalificacionDePagina,
    HojaDeAdjudicacion,
    HojaDeCalificacion,
)
from feria_inversa.evaluacion.informar import informar
from feria_inversa.evaluacion.informes import evaluan, informe_de, leer_informe, recomendado

__all__ = [
    "ADJUDICACION",
    "ADJUDICACION_CONJUNTA",
    "AUSENTE",
    "CALIFICACION",
    "CAUSAS",
    "DECIDIDOS",
    "DESIERTO",
    "PRESENTE",
    "SIGUE",
    "AdjudicacionDePagina",
    "AdjudicacionEntrada",
    "Calificacion",
    "CalificacionDePagina",
    "CalificacionEntrada",
    "Causa",
    "CausaDesierta",
    "Decidido",
    "DecisionEntrada",
    "GrupoComparado",
    "HojaDeAdjudicacion",
    "HojaDeCalificacion",
    "PropuestaComparada",
    "PuntajeEntrada",
    "RevisadaEntrada",
    "VerificadoEntrada",
    "adjudicaciones_de",
    "adjudicar",
    "adjudicar_con",
    "adjudicar_o_proponer",
    "anular_con",
    "avisar_caidas",
    "calificacion_de",
    "calificar",
    "causa_sabida",
    "comparar",
    "comparar_grupos",
    "desempate",
    "en_total",
    "en_vigor",
    "evaluan",
    "exigir_certificado",
    "ganadoras",
    "hacer_caer",
    "informar",
    "informe_de",
    "leer_informe",
    "nombrar_certificado",
    "por_que_desierto",
    "quedan",
    "recomendado",
    "todo_lo_decidido",
]
