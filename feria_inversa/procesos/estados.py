"""Two lives: that of a process and that of each item it asks for. Each step is taken by an act of this room.

What was asked for ends one by one: an item is awarded or desierto, and an award may fall (its winner desists
or is disqualified) and be decided again. How a process ended is read from its items and its orders.
"""

from enum import StrEnum

from feria_inversa.procesos.errores import EstadoNoPermite
from nucleo.textos import gettext as _
from nucleo.vidas import Vida


class Estado(StrEnum):
    BORRADOR = "borrador"
    PUBLICADO = "publicado"
    SUSPENDIDO = "suspendido"
    RECEPCION_CERRADA = "recepcion_cerrada"
    APERTURA_IMPEDIDA = "apertura_impedida"
    EVALUACION_TECNICA = "evaluacion_tecnica"
    APERTURA_ECONOMICA = "apertura_economica"
    APERTURA = "apertura"
    SUBASTA = "subasta"
    EVALUACION = "evaluacion"
    RESUELTO = "resuelto"
    IMPUGNADO = "impugnado"
    CANCELADO = "cancelado"


class Forma(StrEnum):
    """What is awarded at once: each item, each lot of items, or all that a process asks."""

    ITEM = "item"
    LOTE = "lote"
    TOTAL = "total"


class Metodo(StrEnum):
    """By what the bids of a process are compared."""

    PRECIO = "precio"
    CALIDAD_Y_COSTO = "calidad_y_costo"
    CALIDAD = "calidad"
    PRESUPUESTO_FIJO = "presupuesto_fijo"
    MENOR_COSTO = "menor_costo"

    @property
    def con_puntaje(self) -> bool:
        """Whether the technical part of a bid is scored."""
        return self != Metodo.PRECIO


class Cierre(StrEnum):
    """How a process ends undecided: annulled, and it may be published again (P + 1), or cancelled, which is
    for good; `ANTES`, of before the two were told apart."""

    ANULA = "anula"
    CANCELA = "cancela"
    ANTES = "antes"


class Resultado(StrEnum):
    """How a process is resolved: something awarded, something of it ordered, or nothing; or annulled."""

    ADJUDICADO = "adjudicado"
    CONTRATADO = "contratado"
    DESIERTO = "desierto"
    ANULADO = "anulado"


class EstadoItem(StrEnum):
    PEDIDO = "pedido"
    ADJUDICADO = "adjudicado"
    DESISTIDO = "desistido"
    DESCALIFICADO = "descalificado"
    DESIERTO = "desierto"
    REVOCADO = "revocado"


def nombre_estado(estado: str) -> str:
    """How people read a state, or how a process was resolved."""
    nombres: dict[str, str] = {
        Estado.BORRADOR: _("Borrador"),
        Estado.PUBLICADO: _("Abierta a ofertas"),
        Estado.SUSPENDIDO: _("Suspendida"),
        Estado.RECEPCION_CERRADA: _("Cerrada a ofertas"),
        Estado.APERTURA_IMPEDIDA: _("No se pudo abrir"),
        Estado.EVALUACION_TECNICA: _("En evaluación técnica"),
        Estado.APERTURA_ECONOMICA: _("Por abrir los precios"),
        Estado.APERTURA: _("En apertura"),
        Estado.SUBASTA: _("En subasta"),
        Estado.EVALUACION: _("En evaluación"),
        Estado.RESUELTO: _("Resuelta"),
        Estado.IMPUGNADO: _("Impugnada"),
        Estado.CANCELADO: _("Cancelada"),
        Resultado.ADJUDICADO: _("Adjudicada"),
        Resultado.CONTRATADO: _("Contratada"),
        Resultado.DESIERTO: _("Desierta"),
        Resultado.ANULADO: _("Anulada"),
    }
    return nombres[estado]


_E, _I = Estado, EstadoItem

# While nothing of it is ordered the entity may cancel the process; deserted, it ended. With two envelopes the
# technical part is opened and qualified first, and who opens the prices may fail to, as who opens the first.
VIDA_CONVOCATORIA = Vida(
    "feria_convocatoria",
    Estado,
    {
        _E.BORRADOR: {_E.PUBLICADO},
        _E.PUBLICADO: {_E.SUSPENDIDO, _E.RECEPCION_CERRADA, _E.CANCELADO},
        _E.SUSPENDIDO: {_E.PUBLICADO, _E.CANCELADO},
        _E.RECEPCION_CERRADA: {_E.APERTURA, _E.EVALUACION_TECNICA, _E.APERTURA_IMPEDIDA, _E.CANCELADO},
        _E.APERTURA_IMPEDIDA: {_E.APERTURA, _E.EVALUACION_TECNICA, _E.CANCELADO},
        _E.EVALUACION_TECNICA: {_E.APERTURA_ECONOMICA, _E.CANCELADO},
        _E.APERTURA_ECONOMICA: {_E.APERTURA, _E.APERTURA_IMPEDIDA, _E.CANCELADO},
        _E.APERTURA: {_E.SUBASTA, _E.EVALUACION},
        _E.SUBASTA: {_E.EVALUACION, _E.CANCELADO},
        _E.EVALUACION: {_E.RESUELTO, _E.CANCELADO},
        _E.RESUELTO: {_E.EVALUACION, _E.IMPUGNADO, _E.CANCELADO},
        _E.IMPUGNADO: {_E.RESUELTO, _E.EVALUACION, _E.CANCELADO},
    },
    nace={_E.BORRADOR},
    fines={_E.CANCELADO},
    solo_si={
        (_E.EVALUACION, _E.CANCELADO): "OLD.items_ordenados = 0",
        (_E.RESUELTO, _E.CANCELADO): "OLD.items_ordenados = 0 AND OLD.items_adjudicados > 0",
        (_E.IMPUGNADO, _E.CANCELADO): "OLD.items_ordenados = 0",
    },
    nombre=nombre_estado,
    error=EstadoNoPermite,
)
# An appeal is resolved first.
CANCELABLES = frozenset(estado for estado in Estado if _E.CANCELADO in VIDA_CONVOCATORIA.pasos[estado]) - {
    _E.IMPUGNADO
}

# An item's state is what its last decision says: a trigger writes it with the decision.
VIDA_ITEM = Vida(
    "feria_item",
    EstadoItem,
    {
        _I.PEDIDO: {_I.ADJUDICADO, _I.DESIERTO},
        _I.ADJUDICADO: {_I.DESISTIDO, _I.DESCALIFICADO, _I.REVOCADO},
        _I.DESIERTO: {_I.REVOCADO},
        _I.DESISTIDO: {_I.ADJUDICADO, _I.DESIERTO},
        _I.DESCALIFICADO: {_I.ADJUDICADO, _I.DESIERTO},
        _I.REVOCADO: {_I.ADJUDICADO, _I.DESIERTO},
    },
    nace={_I.PEDIDO},
    fines=(),
    error=EstadoNoPermite,
)
POR_DECIDIR = frozenset(estado for estado in EstadoItem if _I.DESIERTO in VIDA_ITEM.pasos[estado])
# How an award falls, and how any decision does by an appeal.
CAIDAS = frozenset({_I.DESISTIDO, _I.DESCALIFICADO})
DESHECHAS = CAIDAS | {_I.REVOCADO}

# What the public may see.
PUBLICOS = frozenset(Estado) - {_E.BORRADOR}


def tono_estado(estado: str) -> str:
    """The colour family of a state's badge."""
    if estado in {_E.CANCELADO, Resultado.ANULADO, _E.APERTURA_IMPEDIDA}:
        return "mal"
    if estado in {
        Resultado.DESIERTO,
        _E.SUSPENDIDO,
        _E.RECEPCION_CERRADA,
        _E.APERTURA_ECONOMICA,
        _E.IMPUGNADO,
    }:
        return "aviso"
    if estado in {_E.PUBLICADO, Resultado.ADJUDICADO, Resultado.CONTRATADO}:
        return "bien"
    return "neutro" if estado == _E.BORRADOR else "info"
