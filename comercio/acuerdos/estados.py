"""The life of what is asked of the other side of an order."""

from enum import StrEnum

from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class ClaseDeAcuerdo(StrEnum):
    """`plazo`: more days to dispatch, or to do a service; `quitar`: so much of a line less."""

    PLAZO = "plazo"
    QUITAR = "quitar"


class EstadoAcuerdo(StrEnum):
    PROPUESTO = "propuesto"
    ACEPTADO = "aceptado"
    NO_ACEPTADO = "no_aceptado"
    RETIRADO = "retirado"
    VENCIDO = "vencido"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


_E = EstadoAcuerdo
_TEXTOS = {
    _E.PROPUESTO: _l("Espera respuesta"),
    _E.ACEPTADO: _l("Aceptado"),
    _E.NO_ACEPTADO: _l("No se aceptó"),
    _E.RETIRADO: _l("Se retiró"),
    _E.VENCIDO: _l("Nadie respondió a tiempo"),
}
TONOS = {
    _E.PROPUESTO: "aviso",
    _E.ACEPTADO: "bien",
    _E.NO_ACEPTADO: "neutro",
    _E.RETIRADO: "neutro",
    _E.VENCIDO: "neutro",
}
_FINES = {_E.ACEPTADO, _E.NO_ACEPTADO, _E.RETIRADO, _E.VENCIDO}
VIDA_ACUERDO = Vida(
    "comercio_acuerdo",
    EstadoAcuerdo,
    {_E.PROPUESTO: _FINES},
    nace={_E.PROPUESTO},
    fines=_FINES,
    nombre=lambda estado: estado.texto.lower(),
)
