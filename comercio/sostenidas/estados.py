"""The life of an offer that is held: asked for, held until a date, taken by an order; time alone ends it."""

from enum import StrEnum

from comercio.sostenidas.errores import OfertaTerminada
from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class EstadoOferta(StrEnum):
    """`cumplida`: an order of the entity has it, with its units."""

    PEDIDA = "pedida"
    SOSTENIDA = "sostenida"
    CUMPLIDA = "cumplida"
    RECHAZADA = "rechazada"
    RETIRADA = "retirada"
    VENCIDA = "vencida"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


_E = EstadoOferta
_TEXTOS = {
    _E.PEDIDA: _l("Espera a quien vende"),
    _E.SOSTENIDA: _l("Sostenida"),
    _E.CUMPLIDA: _l("En una compra"),
    _E.RECHAZADA: _l("Quien vende no la sostuvo"),
    _E.RETIRADA: _l("La entidad la dejó"),
    _E.VENCIDA: _l("Venció"),
}
TONOS = {_E.PEDIDA: "aviso", _E.SOSTENIDA: "bien", _E.CUMPLIDA: "info"}
VIVAS = (_E.PEDIDA, _E.SOSTENIDA)
VIDA_OFERTA = Vida(
    "comercio_oferta_sostenida",
    EstadoOferta,
    {
        _E.PEDIDA: {_E.SOSTENIDA, _E.RECHAZADA, _E.RETIRADA, _E.VENCIDA},
        _E.SOSTENIDA: {_E.CUMPLIDA, _E.RETIRADA, _E.VENCIDA},
    },
    nace={_E.PEDIDA},
    fines={_E.CUMPLIDA, _E.RECHAZADA, _E.RETIRADA, _E.VENCIDA},
    nombre=lambda estado: estado.texto.lower(),
    error=OfertaTerminada,
)
