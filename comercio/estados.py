"""States of products and orders and the only allowed steps between them."""

from enum import StrEnum
from typing import TypeVar

from comercio.errores import TransicionInvalida
from nucleo.textos import gettext as _


class EstadoProducto(StrEnum):
    BORRADOR = "borrador"
    PUBLICADO = "publicado"
    PAUSADO = "pausado"
    RETIRADO = "retirado"


class EstadoPedido(StrEnum):
    PAGADO = "pagado"
    EN_PREPARACION = "en_preparacion"
    DESPACHADO = "despachado"
    ENTREGADO = "entregado"
    LIBERADO = "liberado"
    CANCELADO = "cancelado"


class Modalidad(StrEnum):
    """How an order is fulfilled: goods travel by post, a service is done and the buyer gives conformity."""

    ENVIO = "envio"
    SERVICIO = "servicio"


_P = EstadoProducto
TRANSICIONES_PRODUCTO: dict[EstadoProducto, frozenset[EstadoProducto]] = {
    _P.BORRADOR: frozenset({_P.PUBLICADO, _P.RETIRADO}),
    _P.PUBLICADO: frozenset({_P.PAUSADO, _P.RETIRADO}),
    _P.PAUSADO: frozenset({_P.PUBLICADO, _P.RETIRADO}),
    _P.RETIRADO: frozenset(),
}

_E = EstadoPedido
TRANSICIONES_PEDIDO: dict[EstadoPedido, frozenset[EstadoPedido]] = {
    _E.PAGADO: frozenset({_E.EN_PREPARACION, _E.DESPACHADO, _E.CANCELADO}),
    _E.EN_PREPARACION: frozenset({_E.DESPACHADO, _E.ENTREGADO, _E.CANCELADO}),
    _E.DESPACHADO: frozenset({_E.ENTREGADO, _E.CANCELADO}),
    _E.ENTREGADO: frozenset({_E.LIBERADO}),
    _E.LIBERADO: frozenset(),
    _E.CANCELADO: frozenset(),
}

# While an order is in one of these states the buyer's money waits in escrow.
EN_CUSTODIA = frozenset({_E.PAGADO, _E.EN_PREPARACION, _E.DESPACHADO, _E.ENTREGADO})
POR_DESPACHAR = frozenset({_E.PAGADO, _E.EN_PREPARACION})

Estado = TypeVar("Estado", EstadoProducto, EstadoPedido)


def exigir_paso(tabla: dict[Estado, frozenset[Estado]], actual: Estado, nuevo: Estado) -> None:
    """Raise `TransicionInvalida` unless the table allows `actual` → `nuevo`."""
    if nuevo not in tabla[actual]:
        raise TransicionInvalida(
            _("Está en estado «%(actual)s» y no puede pasar a «%(nuevo)s».")
            % {"actual": nombre_estado(actual), "nuevo": nombre_estado(nuevo)},
            estado_actual=str(actual),
        )


def nombre_estado(estado: EstadoPedido | EstadoProducto | str) -> str:
    """The state as people read it."""
    return {
        "borrador": _("Borrador"),
        "publicado": _("Publicado"),
        "pausado": _("En pausa"),
        "retirado": _("Retirado"),
        "pagado": _("Pagado"),
        "en_preparacion": _("En preparación"),
        "despachado": _("En camino"),
        "entregado": _("Entregado"),
        "liberado": _("Concluido"),
        "cancelado": _("Cancelado"),
    }[str(estado)]


TONOS = {
    "borrador": "neutro",
    "publicado": "bien",
    "pausado": "aviso",
    "retirado": "neutro",
    "pagado": "aviso",
    "en_preparacion": "aviso",
    "despachado": "info",
    "entregado": "bien",
    "liberado": "bien",
    "cancelado": "mal",
}
