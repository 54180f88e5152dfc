"""The life of a convocatoria: every state by name and every allowed step, in one place.

The whole life of the domain is named, also the steps that no act of this room takes yet.
"""

from enum import StrEnum

from feria_inversa.procesos.errores import EstadoNoPermite
from nucleo.textos import gettext as _
from nucleo.vidas import Vida


class Estado(StrEnum):
    BORRADOR = "borrador"
    PROGRAMADO = "programado"
    PUBLICADO = "publicado"
    SUSPENDIDO = "suspendido"
    RECEPCION_CERRADA = "recepcion_cerrada"
    APERTURA = "apertura"
    SUBASTA = "subasta"
    EVALUACION = "evaluacion"
    ADJUDICADO = "adjudicado"
    DESIERTO = "desierto"
    DESISTIDO = "desistido"
    DESCALIFICADO = "descalificado"
    PLAZO_IMPUGNACION = "plazo_impugnacion"
    IMPUGNADO = "impugnado"
    CONFIRMADO = "confirmado"
    REVOCADO = "revocado"
    CONTRATADO = "contratado"
    EN_EJECUCION = "en_ejecucion"
    RECIBIDO = "recibido"
    CONCLUIDO = "concluido"
    RESUELTO = "resuelto"
    INCUMPLIDO = "incumplido"
    CANCELADO = "cancelado"
    ANULADO = "anulado"


def nombre_estado(estado: str) -> str:
    """How people read a state."""
    nombres = {
        Estado.BORRADOR: _("Borrador"),
        Estado.PROGRAMADO: _("Programada"),
        Estado.PUBLICADO: _("Abierta a ofertas"),
        Estado.SUSPENDIDO: _("Suspendida"),
        Estado.RECEPCION_CERRADA: _("Recepción cerrada"),
        Estado.APERTURA: _("En apertura"),
        Estado.SUBASTA: _("En subasta"),
        Estado.EVALUACION: _("En evaluación"),
        Estado.ADJUDICADO: _("Adjudicada"),
        Estado.DESIERTO: _("Desierta"),
        Estado.DESISTIDO: _("Desistida"),
        Estado.DESCALIFICADO: _("Descalificada"),
        Estado.PLAZO_IMPUGNACION: _("En plazo de impugnación"),
        Estado.IMPUGNADO: _("Impugnada"),
        Estado.CONFIRMADO: _("Confirmada"),
        Estado.REVOCADO: _("Revocada"),
        Estado.CONTRATADO: _("Contratada"),
        Estado.EN_EJECUCION: _("En ejecución"),
        Estado.RECIBIDO: _("Recibida"),
        Estado.CONCLUIDO: _("Concluida"),
        Estado.RESUELTO: _("Contrato resuelto"),
        Estado.INCUMPLIDO: _("Incumplida"),
        Estado.CANCELADO: _("Cancelada"),
        Estado.ANULADO: _("Anulada"),
    }
    return nombres[Estado(estado)]


_E = Estado
DESDE_CONTRATADO = frozenset({_E.CONTRATADO, _E.EN_EJECUCION, _E.RECIBIDO})

# Before the contract the entity may cancel the process, or annul it and publish again.
_CORTES = {_E.CANCELADO, _E.ANULADO}
VIDA_CONVOCATORIA = Vida(
    "feria_convocatoria",
    Estado,
    {
        _E.BORRADOR: {_E.PROGRAMADO, _E.PUBLICADO} | _CORTES,
        _E.PROGRAMADO: {_E.PUBLICADO} | _CORTES,
        _E.PUBLICADO: {_E.SUSPENDIDO, _E.RECEPCION_CERRADA} | _CORTES,
        _E.SUSPENDIDO: {_E.PUBLICADO} | _CORTES,
        _E.RECEPCION_CERRADA: {_E.APERTURA} | _CORTES,
        _E.APERTURA: {_E.SUBASTA, _E.EVALUACION} | _CORTES,
        _E.SUBASTA: {_E.EVALUACION} | _CORTES,
        _E.EVALUACION: {_E.ADJUDICADO, _E.DESIERTO} | _CORTES,
        _E.ADJUDICADO: {_E.PLAZO_IMPUGNACION, _E.CONTRATADO, _E.DESISTIDO, _E.DESCALIFICADO} | _CORTES,
        _E.DESISTIDO: {_E.EVALUACION, _E.DESIERTO} | _CORTES,
        _E.DESCALIFICADO: {_E.EVALUACION, _E.DESIERTO} | _CORTES,
        _E.PLAZO_IMPUGNACION: {_E.IMPUGNADO, _E.CONTRATADO} | _CORTES,
        _E.IMPUGNADO: {_E.CONFIRMADO, _E.REVOCADO} | _CORTES,
        _E.CONFIRMADO: {_E.CONTRATADO} | _CORTES,
        _E.REVOCADO: {_E.EVALUACION} | _CORTES,
        _E.CONTRATADO: {_E.EN_EJECUCION},
        _E.EN_EJECUCION: {_E.RECIBIDO, _E.RESUELTO, _E.INCUMPLIDO},
        _E.RECIBIDO: {_E.CONCLUIDO},
    },
    nace={_E.BORRADOR},
    fines={_E.DESIERTO, _E.CONCLUIDO, _E.RESUELTO, _E.INCUMPLIDO, _E.CANCELADO, _E.ANULADO},
    nombre=nombre_estado,
    error=EstadoNoPermite,
)
CANCELABLES = frozenset(estado for estado in Estado if _E.CANCELADO in VIDA_CONVOCATORIA.pasos[estado])

# What the public may see.
PUBLICOS = frozenset(Estado) - {_E.BORRADOR, _E.PROGRAMADO}


def tono_estado(estado: str) -> str:
    """The colour family of a state's badge."""
    if estado in {_E.CANCELADO, _E.ANULADO, _E.RESUELTO, _E.INCUMPLIDO}:
        return "mal"
    if estado in {_E.DESIERTO, _E.SUSPENDIDO, _E.RECEPCION_CERRADA, _E.IMPUGNADO}:
        return "aviso"
    if estado == _E.PUBLICADO or estado in {_E.ADJUDICADO, _E.CONCLUIDO} | DESDE_CONTRATADO:
        return "bien"
    return "neutro" if estado in {_E.BORRADOR, _E.PROGRAMADO} else "info"
