"""States of products and orders and the only allowed steps between them."""

from enum import StrEnum

from nucleo.textos import gettext as _
from nucleo.vidas import Vida


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


_P = EstadoProducto
VIDA_PRODUCTO = Vida(
    "comercio_producto",
    EstadoProducto,
    {
        _P.BORRADOR: {_P.PUBLICADO, _P.RETIRADO},
        _P.PUBLICADO: {_P.PAUSADO, _P.RETIRADO},
        _P.PAUSADO: {_P.PUBLICADO, _P.RETIRADO},
    },
    nace={_P.BORRADOR, _P.PUBLICADO},
    fines={_P.RETIRADO},
    nombre=nombre_estado,
)

_E = EstadoPedido
VIDA_PEDIDO = Vida(
    "comercio_pedido",
    EstadoPedido,
    {
        _E.PAGADO: {_E.EN_PREPARACION, _E.DESPACHADO, _E.CANCELADO},
        _E.EN_PREPARACION: {_E.DESPACHADO, _E.ENTREGADO, _E.CANCELADO},
        _E.DESPACHADO: {_E.ENTREGADO, _E.CANCELADO},
        _E.ENTREGADO: {_E.LIBERADO},
    },
    nace={_E.PAGADO},
    fines={_E.LIBERADO, _E.CANCELADO},
    nombre=nombre_estado,
)

# While an order is in one of these states the buyer's money waits in escrow.
EN_CUSTODIA = frozenset({_E.PAGADO, _E.EN_PREPARACION, _E.DESPACHADO, _E.ENTREGADO})
POR_DESPACHAR = frozenset({_E.PAGADO, _E.EN_PREPARACION})


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
