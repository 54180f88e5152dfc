"""Verification of what each bid brings (form V-1): document by document, of those that the call asked for."""

from collections.abc import Sequence
from typing import TypeVar

from feria_inversa.documentos import Pedido
from feria_inversa.evaluacion.calificaciones import Verificado
from feria_inversa.evaluacion.causas import Causa
from feria_inversa.evaluacion.esquemas import RevisadaEntrada, RevisadaTecnicaEntrada
from feria_inversa.procesos import MOTIVO_MINIMO
from nucleo.textos import gettext as _

EXPLICACION_MAXIMA = 1000
R = TypeVar("R", RevisadaEntrada, RevisadaTecnicaEntrada)


def verificar_documentos(
    pedidos: Sequence[Pedido], dicha: RevisadaEntrada | RevisadaTecnicaEntrada
) -> tuple[list[Verificado], str]:
    """What was found of each document of a bid, and what is wrong with how it was said, or nothing.

    Who left out a bid for a document that is there, and cannot be mended, is told so.
    """
    presentes = {verificado.numero: verificado.presente for verificado in dicha.documentos}
    if len(presentes) != len(dicha.documentos) or presentes.keys() != {p.numero for p in pedidos}:
        if not pedidos:
            return [], _("Esta convocatoria no pidió documentos.")
        return [], _("Diga de cada documento que se pidió si está o no, una sola vez.")
    verificados = [Verificado(p.numero, p.nombre, p.subsanable, presentes[p.numero]) for p in pedidos]
    if pedidos and dicha.causa == Causa.SIN_DOCUMENTO and not _sin_remedio(verificados):
        return verificados, _("Marque qué documento falta y no se puede subsanar, o elija otra causa.")
    return verificados, ""


def con_lo_que_falta(dicha: R, verificados: Sequence[Verificado]) -> R:
    """The same, left out where something is missing that cannot be mended, with which it is."""
    faltan = _sin_remedio(verificados)
    if not faltan or dicha.causa not in {None, Causa.SIN_DOCUMENTO}:
        return dicha
    explicacion = dicha.explicacion
    if len(explicacion) < MOTIVO_MINIMO:
        nombres = "; ".join(d.nombre for d in faltan)
        explicacion = f"{_('No presenta: {}.').format(nombres)} {explicacion}".strip()[:EXPLICACION_MAXIMA]
    return dicha.model_copy(update={"causa": Causa.SIN_DOCUMENTO, "explicacion": explicacion})


def _sin_remedio(verificados: Sequence[Verificado]) -> list[Verificado]:
    return [d for d in verificados if not d.presente and not d.subsanable]
