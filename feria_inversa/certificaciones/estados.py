"""The life of a budget certificate: in force until its year ends, or until its entity annuls it."""

from enum import StrEnum

from feria_inversa.certificaciones.errores import CertificacionNoPermite
from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class EstadoCertificacion(StrEnum):
    """Once it ended nothing more is committed of it; what was committed goes on."""

    VIGENTE = "vigente"
    ANULADA = "anulada"
    TERMINADA = "terminada"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


_C = EstadoCertificacion
_TEXTOS = {
    _C.VIGENTE: _l("Vigente"),
    _C.ANULADA: _l("Anulada"),
    _C.TERMINADA: _l("Terminó con su gestión"),
}
TONOS = {_C.VIGENTE: "bien", _C.ANULADA: "mal"}
VIDA_CERTIFICACION = Vida(
    "feria_certificacion",
    EstadoCertificacion,
    {_C.VIGENTE: {_C.ANULADA, _C.TERMINADA}},
    nace={_C.VIGENTE},
    fines={_C.ANULADA, _C.TERMINADA},
    nombre=lambda estado: estado.texto.lower(),
    error=CertificacionNoPermite,
)
