"""The life of an appointment, beside that of the service that it is for."""

from enum import StrEnum

from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class EstadoCita(StrEnum):
    """`propuesta`: one side asks to move it there, and the place is kept until the other one answers;
    `sin_vendedor`, `sin_comprador`: one side says that the other one did not come."""

    PROPUESTA = "propuesta"
    FIJADA = "fijada"
    SIN_VENDEDOR = "sin_vendedor"
    SIN_COMPRADOR = "sin_comprador"
    CUMPLIDA = "cumplida"
    MOVIDA = "movida"
    DESCARTADA = "descartada"
    ANULADA = "anulada"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


class Lado(StrEnum):
    COMPRADOR = "comprador"
    VENDEDOR = "vendedor"


_E = EstadoCita
_TEXTOS = {
    _E.PROPUESTA: _l("Propuesta"),
    _E.FIJADA: _l("Fijada"),
    _E.SIN_VENDEDOR: _l("Quien compró dice que no lo atendieron"),
    _E.SIN_COMPRADOR: _l("Quien vende dice que nadie vino"),
    _E.CUMPLIDA: _l("Cumplida"),
    _E.MOVIDA: _l("Se movió"),
    _E.DESCARTADA: _l("No se aceptó"),
    _E.ANULADA: _l("Anulada"),
}
TONOS = {
    _E.PROPUESTA: "aviso",
    _E.FIJADA: "info",
    _E.SIN_VENDEDOR: "mal",
    _E.SIN_COMPRADOR: "mal",
    _E.CUMPLIDA: "bien",
    _E.MOVIDA: "neutro",
    _E.DESCARTADA: "neutro",
    _E.ANULADA: "neutro",
}
LIBERAN = (_E.MOVIDA, _E.DESCARTADA, _E.ANULADA)
"""Whose place is free again."""
EN_PIE = (_E.FIJADA, _E.SIN_VENDEDOR)
"""The appointment that an order waits for."""

VIDA_CITA = Vida(
    "comercio_cita",
    EstadoCita,
    {
        _E.PROPUESTA: {_E.FIJADA, _E.DESCARTADA},
        _E.FIJADA: {_E.SIN_VENDEDOR, _E.SIN_COMPRADOR, _E.CUMPLIDA, _E.MOVIDA, _E.ANULADA},
        _E.SIN_VENDEDOR: {_E.SIN_COMPRADOR, _E.CUMPLIDA, _E.ANULADA},
    },
    nace={_E.PROPUESTA, _E.FIJADA},
    fines={_E.SIN_COMPRADOR, _E.CUMPLIDA, _E.MOVIDA, _E.DESCARTADA, _E.ANULADA},
    nombre=lambda estado: estado.texto.lower(),
)
