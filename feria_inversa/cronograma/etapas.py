"""The stages that an entity schedules, in their order; publication and closing are those of the call."""

from enum import StrEnum

from nucleo.textos import gettext as _


class Etapa(StrEnum):
    CONSULTAS = "consultas"
    ACLARACION = "aclaracion"
    APERTURA = "apertura"
    EVALUACION = "evaluacion"
    ADJUDICACION = "adjudicacion"
    DOCUMENTOS = "documentos"
    CONTRATO = "contrato"
    ENTREGA = "entrega"


NECESARIAS = (Etapa.APERTURA, Etapa.ADJUDICACION, Etapa.CONTRATO)
ANTES_DEL_CIERRE = (Etapa.CONSULTAS, Etapa.ACLARACION)


def nombre_de_etapa(etapa: Etapa) -> str:
    nombres = {
        Etapa.CONSULTAS: _("Consultas por escrito, hasta"),
        Etapa.ACLARACION: _("Reunión de aclaración"),
        Etapa.APERTURA: _("Apertura de sobres"),
        Etapa.EVALUACION: _("Informe de evaluación"),
        Etapa.ADJUDICACION: _("Adjudicación"),
        Etapa.DOCUMENTOS: _("Documentos para contratar, hasta"),
        Etapa.CONTRATO: _("Contrato u órdenes de compra"),
        Etapa.ENTREGA: _("Entrega, hasta"),
    }
    return nombres[etapa]
