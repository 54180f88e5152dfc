"""The life of a purchase from the catalogue: asked for, ordered by another person, received, paid.

Approving it is ordering it: the same act commits the budget, so that nothing is approved that two purchases
could be promised. Time alone ends what nobody decides (`VENCIDA`), and what is ordered follows its order,
also back, when what was said to be delivered was not, or what was taken for paid never came.
"""

from enum import StrEnum

from feria_inversa.compra_de_catalogo.errores import CompraNoPermite
from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class EstadoCompra(StrEnum):
    SOLICITADA = "solicitada"
    ORDENADA = "ordenada"
    RECIBIDA = "recibida"
    PAGADA = "pagada"
    RECHAZADA = "rechazada"
    VENCIDA = "vencida"
    ANULADA = "anulada"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


_E = EstadoCompra
_TEXTOS = {
    _E.SOLICITADA: _l("Espera aprobación"),
    _E.ORDENADA: _l("Aprobada y ordenada"),
    _E.RECIBIDA: _l("Recibida, por pagar"),
    _E.PAGADA: _l("Pagada"),
    _E.RECHAZADA: _l("No se aprobó"),
    _E.VENCIDA: _l("Nadie la decidió a tiempo"),
    _E.ANULADA: _l("Sin efecto"),
}
TONOS = {
    _E.SOLICITADA: "aviso",
    _E.ORDENADA: "info",
    _E.RECIBIDA: "aviso",
    _E.PAGADA: "bien",
    _E.RECHAZADA: "mal",
    _E.VENCIDA: "mal",
    _E.ANULADA: "mal",
}
VIDA_COMPRA = Vida(
    "feria_compra_de_catalogo",
    EstadoCompra,
    {
        _E.SOLICITADA: {_E.ORDENADA, _E.RECHAZADA, _E.VENCIDA, _E.ANULADA},
        _E.ORDENADA: {_E.RECIBIDA, _E.ANULADA},
        _E.RECIBIDA: {_E.ORDENADA, _E.PAGADA, _E.ANULADA},
        _E.PAGADA: {_E.RECIBIDA},
    },
    nace={_E.SOLICITADA},
    fines={_E.RECHAZADA, _E.VENCIDA, _E.ANULADA},
    nombre=lambda estado: estado.texto.lower(),
    error=CompraNoPermite,
)
TERMINADAS = VIDA_COMPRA.fines | {_E.PAGADA}
"""In which nobody waits for anything."""
