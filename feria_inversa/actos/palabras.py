"""What each act that changes no call is called."""

from feria_inversa.actos.actas import (
    ADJUDICACION,
    APERTURA,
    APERTURA_TECNICA,
    DECISION,
    EVALUACION,
    EVALUACION_TECNICA,
    INFORME,
    INTERRUPCION,
    MESA,
    NOMBRES,
    SUBASTA,
)
from nucleo.textos import perezoso as _l

NOMBRE_DE_ACTA = {
    APERTURA: _l("Apertura de las ofertas"),
    APERTURA_TECNICA: _l("Apertura de la parte técnica"),
    EVALUACION_TECNICA: _l("Calificación de la parte técnica"),
    INTERRUPCION: _l("Interrupción de la subasta"),
    SUBASTA: _l("Subasta electrónica"),
    EVALUACION: _l("Calificación de las ofertas"),
    INFORME: _l("Informe de evaluación"),
    MESA: _l("Mesa de negociación"),
    DECISION: _l("Decisión sobre ofertas sin nombre"),
    NOMBRES: _l("De quién era cada oferta"),
    ADJUDICACION: _l("Adjudicación"),
}
