"""States of products and the only allowed steps between them."""

from enum import StrEnum

from nucleo.textos import gettext as _
from nucleo.vidas import Vida


class EstadoProducto(StrEnum):
    """`intervenido`: the authority took it off sale; only what it decides brings it back."""

    BORRADOR = "borrador"
    PUBLICADO = "publicado"
    PAUSADO = "pausado"
    RETIRADO = "retirado"
    INTERVENIDO = "intervenido"


class EstadoVariante(StrEnum):
    """`archivada`: withdrawn with its ficha, and back with it; `retirada`: by itself."""

    ACTIVA = "activa"
    RETIRADA = "retirada"
    ARCHIVADA = "archivada"


class Motivo(StrEnum):
    """Why stock moves."""

    APERTURA = "apertura"
    INGRESO = "ingreso"
    MERMA = "merma"
    RECUENTO = "recuento"
    VENTA = "venta"
    DEVOLUCION = "devolucion"
    TRASLADO = "traslado"


class Modalidad(StrEnum):
    """How an order is fulfilled: goods travel by post, a service is done and the buyer gives conformity."""

    ENVIO = "envio"
    SERVICIO = "servicio"


def nombre_estado(estado: EstadoProducto | str) -> str:
    """The state of a product as people read it."""
    return {
        "borrador": _("Borrador"),
        "publicado": _("Publicado"),
        "pausado": _("En pausa"),
        "retirado": _("Retirado"),
        "intervenido": _("Retirado por la autoridad"),
    }[str(estado)]


_P = EstadoProducto
VIDA_PRODUCTO = Vida(
    "comercio_producto",
    EstadoProducto,
    {
        _P.BORRADOR: {_P.PUBLICADO, _P.RETIRADO, _P.INTERVENIDO},
        _P.PUBLICADO: {_P.PAUSADO, _P.RETIRADO, _P.INTERVENIDO},
        _P.PAUSADO: {_P.PUBLICADO, _P.RETIRADO, _P.INTERVENIDO},
        _P.RETIRADO: {_P.BORRADOR, _P.INTERVENIDO},
        _P.INTERVENIDO: {_P.BORRADOR, _P.PUBLICADO, _P.PAUSADO, _P.RETIRADO},
    },
    nace={_P.BORRADOR, _P.PUBLICADO},
    fines=(),
    nombre=nombre_estado,
)


def pasos_del_vendedor(estado: EstadoProducto | str) -> frozenset[EstadoProducto]:
    """Where a seller may take a product from a state."""
    if estado == _P.INTERVENIDO:
        return frozenset()
    return VIDA_PRODUCTO.pasos[EstadoProducto(estado)] - {_P.INTERVENIDO}


def nombre_estado_de_variante(estado: EstadoVariante | str) -> str:
    return {
        "activa": _("A la venta"),
        "retirada": _("Retirada"),
        "archivada": _("Retirada con su producto"),
    }[str(estado)]


def nombre_motivo(motivo: Motivo | str) -> str:
    """Why stock moved, as people read it."""
    return {
        "apertura": _("Existencia inicial"),
        "ingreso": _("Llegó o se hizo más"),
        "merma": _("Se dañó, se perdió o se usó"),
        "recuento": _("Recuento"),
        "venta": _("Venta despachada"),
        "devolucion": _("Volvió de una venta"),
        "traslado": _("Pasó de un lugar a otro"),
    }[str(motivo)]


_V = EstadoVariante
VIDA_VARIANTE = Vida(
    "comercio_variante",
    EstadoVariante,
    {
        _V.ACTIVA: {_V.RETIRADA, _V.ARCHIVADA},
        _V.RETIRADA: {_V.ACTIVA},
        _V.ARCHIVADA: {_V.ACTIVA},
    },
    nace={_V.ACTIVA},
    fines=(),
    nombre=nombre_estado_de_variante,
)

TONOS = {
    "borrador": "neutro",
    "publicado": "bien",
    "pausado": "aviso",
    "retirado": "neutro",
    "intervenido": "mal",
}


class ClaseDeRegla(StrEnum):
    """Of a rule of sale: nobody sells it, or who sells it needs something."""

    PROHIBIDO = "prohibido"
    RESTRINGIDO = "restringido"
