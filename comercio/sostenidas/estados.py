"""The life of an offer that is held: asked for, held until a date, used by a purchase; time alone ends it."""

from enum import StrEnum

from comercio.sostenidas.errores import OfertaTerminada
from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class EstadoOferta(StrEnum):
    """`usada`: a purchase of the entity has it, its units still reserved; `cumplida`: they left."""

    PEDIDA = "pedida"
    SOSTENIDA = "sostenida"
    USADA = "usada"
    CUMPLIDA = "cumplida"
    RECHAZADA = "rechazada"
    RETIRADA = "retirada"
    VENCIDA = "vencida"
    LIBERADA = "liberada"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


_E = EstadoOferta
_TEXTOS = {
    _E.PEDIDA: _l("Espera a quien vende"),
    _E.SOSTENIDA: _l("Sostenida"),
    _E.USADA: _l("En una compra"),
    _E.CUMPLIDA: _l("Entregada"),
    _E.RECHAZADA: _l("Quien vende no la sostuvo"),
    _E.RETIRADA: _l("La entidad la dejó"),
    _E.VENCIDA: _l("Venció"),
    _E.LIBERADA: _l("Volvió a la venta"),
}
TONOS = {_E.PEDIDA: "aviso", _E.SOSTENIDA: "bien", _E.USADA: "info"}
VIVAS = (_E.PEDIDA, _E.SOSTENIDA)
RESERVAN = (_E.SOSTENIDA, _E.USADA)
VIDA_OFERTA = Vida(
    "comercio_oferta_sostenida",
    EstadoOferta,
    {
        _E.PEDIDA: {_E.SOSTENIDA, _E.RECHAZADA, _E.RETIRADA, _E.VENCIDA},
        _E.SOSTENIDA: {_E.USADA, _E.RETIRADA, _E.VENCIDA},
        _E.USADA: {_E.CUMPLIDA, _E.LIBERADA},
    },
    nace={_E.PEDIDA},
    fines={_E.CUMPLIDA, _E.RECHAZADA, _E.RETIRADA, _E.VENCIDA, _E.LIBERADA},
    nombre=lambda estado: estado.texto.lower(),
    error=OfertaTerminada,
)
