"""The lives of a report about a product and of its taking off sale: who must speak, what silence means."""

from enum import StrEnum

from comercio.confianza.errores import DenunciaNoAdmite, IntervencionNoAdmite
from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class MotivoDenuncia(StrEnum):
    """`REVISION` is of the platform: the product's words are those of a rule of sale."""

    PROHIBIDO = "prohibido"
    PELIGROSO = "peligroso"
    FALSO = "falso"
    IMITACION = "imitacion"
    OFENSIVO = "ofensivo"
    REVISION = "revision"

    @property
    def texto(self) -> str:
        return str(_MOTIVOS[self])


class EstadoDenuncia(StrEnum):
    ABIERTA = "abierta"
    PROCEDE = "procede"
    NO_PROCEDE = "no_procede"
    SIN_DECISION = "sin_decision"

    @property
    def texto(self) -> str:
        return str(_DENUNCIAS[self])


class EstadoIntervencion(StrEnum):
    """`VIGENTE`: the seller may still appeal; `FIRME`: nothing more is said of it."""

    VIGENTE = "vigente"
    APELADA = "apelada"
    FIRME = "firme"
    LEVANTADA = "levantada"

    @property
    def texto(self) -> str:
        return str(_INTERVENCIONES[self])


_M, _D, _I = MotivoDenuncia, EstadoDenuncia, EstadoIntervencion
_MOTIVOS = {
    _M.PROHIBIDO: _l("No se puede vender"),
    _M.PELIGROSO: _l("Es peligroso"),
    _M.FALSO: _l("Engaña: no es lo que dice"),
    _M.IMITACION: _l("Es una imitación de otra marca"),
    _M.OFENSIVO: _l("Ofende o discrimina"),
    _M.REVISION: _l("Su nombre es el de algo con reglas de venta"),
}
_DENUNCIAS = {
    _D.ABIERTA: _l("Espera a la autoridad"),
    _D.PROCEDE: _l("El producto se retiró de la venta"),
    _D.NO_PROCEDE: _l("La autoridad no halló falta"),
    _D.SIN_DECISION: _l("Terminó el plazo sin decisión"),
}
_INTERVENCIONES = {
    _I.VIGENTE: _l("Retirado de la venta: se puede apelar"),
    _I.APELADA: _l("La autoridad resuelve la apelación"),
    _I.FIRME: _l("Retirado de la venta, sin más recurso"),
    _I.LEVANTADA: _l("Se levantó: puede volver a venderse"),
}
DE_PERSONAS = tuple(m for m in MotivoDenuncia if m is not _M.REVISION)
TONOS = {_I.VIGENTE: "mal", _I.APELADA: "info", _I.FIRME: "mal", _I.LEVANTADA: "bien"}

VIDA_DENUNCIA = Vida(
    "comercio_denuncia",
    EstadoDenuncia,
    {_D.ABIERTA: {_D.PROCEDE, _D.NO_PROCEDE, _D.SIN_DECISION}},
    nace={_D.ABIERTA},
    fines={_D.PROCEDE, _D.NO_PROCEDE, _D.SIN_DECISION},
    nombre=lambda estado: estado.texto.lower(),
    error=DenunciaNoAdmite,
)
VIDA_INTERVENCION = Vida(
    "comercio_intervencion",
    EstadoIntervencion,
    {_I.VIGENTE: {_I.APELADA, _I.FIRME}, _I.APELADA: {_I.FIRME, _I.LEVANTADA}},
    nace={_I.VIGENTE},
    fines={_I.FIRME, _I.LEVANTADA},
    nombre=lambda estado: estado.texto.lower(),
    error=IntervencionNoAdmite,
)
