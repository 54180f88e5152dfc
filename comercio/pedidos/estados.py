"""The life of a parcel of an order, apart from the order's and from its money's."""

from enum import StrEnum

from comercio.formas import FormaDeEntrega
from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class EstadoPaquete(StrEnum):
    ANUNCIADO = "anunciado"
    DESPACHADO = "despachado"
    ENTREGADO = "entregado"
    DEVUELTO = "devuelto"
    ANULADO = "anulado"
    PERDIDO = "perdido"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])

    def en(self, forma: FormaDeEntrega) -> str:
        """In words, of a parcel that goes that way."""
        return str(_EN_MANO.get((forma, self), _TEXTOS[self]))


_E = EstadoPaquete
_TEXTOS = {
    _E.ANUNCIADO: _l("Anunciado: falta que lo reciba el correo"),
    _E.DESPACHADO: _l("En camino"),
    _E.ENTREGADO: _l("Entregado"),
    _E.DEVUELTO: _l("Volvió a quien vende"),
    _E.ANULADO: _l("Anulado"),
    _E.PERDIDO: _l("Se da por perdido"),
}
_EN_MANO = {
    (FormaDeEntrega.RETIRO, _E.DESPACHADO): _l("Listo para recoger"),
    (FormaDeEntrega.REPARTO, _E.DESPACHADO): _l("Lo trae quien vende"),
    (FormaDeEntrega.RETIRO, _E.DEVUELTO): _l("No se entregó: quedó con quien vende"),
    (FormaDeEntrega.REPARTO, _E.DEVUELTO): _l("No se entregó: quedó con quien vende"),
}
TONOS = {
    _E.ANUNCIADO: "aviso",
    _E.DESPACHADO: "info",
    _E.ENTREGADO: "bien",
    _E.DEVUELTO: "mal",
    _E.ANULADO: "mal",
    _E.PERDIDO: "mal",
}

# What is physical has the last word: what was annulled, lost or came back may still be delivered (an
# incident, since its money went back), and a delivery may be declared wrong. What goes from hand to hand is
# delivered by its code or comes back, for good.
_POR_CORREO = "OLD.forma = 'correo'"
VIDA_PAQUETE = Vida(
    "comercio_paquete",
    EstadoPaquete,
    {
        _E.ANUNCIADO: {_E.DESPACHADO, _E.ENTREGADO, _E.DEVUELTO, _E.ANULADO},
        _E.DESPACHADO: {_E.ENTREGADO, _E.DEVUELTO, _E.ANULADO, _E.PERDIDO},
        _E.ENTREGADO: {_E.DESPACHADO},
        _E.DEVUELTO: {_E.ENTREGADO},
        _E.ANULADO: {_E.ENTREGADO, _E.DEVUELTO},
        _E.PERDIDO: {_E.ENTREGADO, _E.DEVUELTO},
    },
    nace={_E.ANUNCIADO},
    fines=(),
    solo_si={
        (_E.ANUNCIADO, _E.ENTREGADO): _POR_CORREO,
        (_E.DESPACHADO, _E.ANULADO): _POR_CORREO,
        (_E.DESPACHADO, _E.PERDIDO): _POR_CORREO,
        (_E.ENTREGADO, _E.DESPACHADO): _POR_CORREO,
        (_E.DEVUELTO, _E.ENTREGADO): _POR_CORREO,
    },
    nombre=lambda estado: estado.texto.lower(),
)

SALDAN = (_E.DEVUELTO, _E.ANULADO, _E.PERDIDO)
"""From when it is in one of these states what a parcel held is not the order's any more."""
CON_LO_SUYO = frozenset(EstadoPaquete) - frozenset(SALDAN)
"""While a parcel is in one of these states what it holds is not free to be sent or cancelled otherwise."""
EN_MANOS = frozenset({_E.DESPACHADO, _E.ENTREGADO})
