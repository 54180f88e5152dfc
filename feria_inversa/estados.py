"""The life of a convocatoria, an item and a bid: every state by name and every allowed step, in one place.

The whole life of the domain is named, also the steps that no act of this room takes yet. The database holds
the same table (`feria_transicion_permitida`) and refuses any other step; a test compares both, pair by pair.
"""

from enum import StrEnum

from nucleo.textos import gettext as _


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


class EstadoItem(StrEnum):
    ADJUDICADO = "adjudicado"
    DESIERTO = "desierto"


class EstadoOferta(StrEnum):
    VIGENTE = "vigente"
    REEMPLAZADA = "reemplazada"
    RETIRADA = "retirada"


_E = Estado
_PASOS: dict[Estado, frozenset[Estado]] = {
    _E.BORRADOR: frozenset({_E.PROGRAMADO, _E.PUBLICADO}),
    _E.PROGRAMADO: frozenset({_E.PUBLICADO}),
    _E.PUBLICADO: frozenset({_E.SUSPENDIDO, _E.RECEPCION_CERRADA}),
    _E.SUSPENDIDO: frozenset({_E.PUBLICADO}),
    _E.RECEPCION_CERRADA: frozenset({_E.APERTURA}),
    _E.APERTURA: frozenset({_E.SUBASTA, _E.EVALUACION}),
    _E.SUBASTA: frozenset({_E.EVALUACION}),
    _E.EVALUACION: frozenset({_E.ADJUDICADO, _E.DESIERTO}),
    _E.ADJUDICADO: frozenset({_E.PLAZO_IMPUGNACION, _E.CONTRATADO, _E.DESISTIDO, _E.DESCALIFICADO}),
    _E.DESISTIDO: frozenset({_E.EVALUACION, _E.DESIERTO}),
    _E.DESCALIFICADO: frozenset({_E.EVALUACION, _E.DESIERTO}),
    _E.PLAZO_IMPUGNACION: frozenset({_E.IMPUGNADO, _E.CONTRATADO}),
    _E.IMPUGNADO: frozenset({_E.CONFIRMADO, _E.REVOCADO}),
    _E.CONFIRMADO: frozenset({_E.CONTRATADO}),
    _E.REVOCADO: frozenset({_E.EVALUACION}),
    _E.CONTRATADO: frozenset({_E.EN_EJECUCION}),
    _E.EN_EJECUCION: frozenset({_E.RECIBIDO, _E.RESUELTO, _E.INCUMPLIDO}),
    _E.RECIBIDO: frozenset({_E.CONCLUIDO}),
}
FINALES = frozenset({_E.DESIERTO, _E.CONCLUIDO, _E.RESUELTO, _E.INCUMPLIDO, _E.CANCELADO, _E.ANULADO})
DESDE_CONTRATADO = frozenset({_E.CONTRATADO, _E.EN_EJECUCION, _E.RECIBIDO})

# Before the contract the entity may cancel the process, or annul it and publish again.
CANCELABLES = frozenset(Estado) - FINALES - DESDE_CONTRATADO
TRANSICIONES: dict[Estado, frozenset[Estado]] = {
    estado: _PASOS.get(estado, frozenset())
    | (frozenset({_E.CANCELADO, _E.ANULADO}) if estado in CANCELABLES else frozenset())
    for estado in Estado
}

# What the public may see.
PUBLICOS = frozenset(Estado) - {_E.BORRADOR, _E.PROGRAMADO}


def permitida(desde: Estado, hacia: Estado) -> bool:
    """Whether a convocatoria may step from one state to the other."""
    return hacia in TRANSICIONES[desde]


def nombre_estado(estado: str) -> str:
    """How people read a state."""
    nombres = {
        _E.BORRADOR: _("Borrador"),
        _E.PROGRAMADO: _("Programada"),
        _E.PUBLICADO: _("Abierta a ofertas"),
        _E.SUSPENDIDO: _("Suspendida"),
        _E.RECEPCION_CERRADA: _("Recepción cerrada"),
        _E.APERTURA: _("En apertura"),
        _E.SUBASTA: _("En subasta"),
        _E.EVALUACION: _("En evaluación"),
        _E.ADJUDICADO: _("Adjudicada"),
        _E.DESIERTO: _("Desierta"),
        _E.DESISTIDO: _("Desistida"),
        _E.DESCALIFICADO: _("Descalificada"),
        _E.PLAZO_IMPUGNACION: _("En plazo de impugnación"),
        _E.IMPUGNADO: _("Impugnada"),
        _E.CONFIRMADO: _("Confirmada"),
        _E.REVOCADO: _("Revocada"),
        _E.CONTRATADO: _("Contratada"),
        _E.EN_EJECUCION: _("En ejecución"),
        _E.RECIBIDO: _("Recibida"),
        _E.CONCLUIDO: _("Concluida"),
        _E.RESUELTO: _("Contrato resuelto"),
        _E.INCUMPLIDO: _("Incumplida"),
        _E.CANCELADO: _("Cancelada"),
        _E.ANULADO: _("Anulada"),
    }
    return nombres[Estado(estado)]


def tono_estado(estado: str) -> str:
    """The colour family of a state's badge."""
    if estado in {_E.CANCELADO, _E.ANULADO, _E.RESUELTO, _E.INCUMPLIDO}:
        return "mal"
    if estado in {_E.DESIERTO, _E.SUSPENDIDO, _E.RECEPCION_CERRADA, _E.IMPUGNADO}:
        return "aviso"
    if estado == _E.PUBLICADO or estado in {_E.ADJUDICADO, _E.CONCLUIDO} | DESDE_CONTRATADO:
        return "bien"
    return "neutro" if estado in {_E.BORRADOR, _E.PROGRAMADO} else "info"
