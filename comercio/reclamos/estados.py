"""The life of a claim about an order: who must speak, and what silence means."""

from enum import StrEnum

from comercio.reclamos.errores import ReclamoNoAdmite
from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class MotivoReclamo(StrEnum):
    NO_RECIBIDO = "no_recibido"
    NO_ES_LO_DESCRITO = "no_es_lo_descrito"
    DANADO = "danado"
    SERVICIO_NO_HECHO = "servicio_no_hecho"
    DESISTIMIENTO = "desistimiento"

    @property
    def texto(self) -> str:
        return str(_MOTIVOS[self])


SIN_CULPA = (MotivoReclamo.NO_RECIBIDO, MotivoReclamo.DESISTIMIENTO)
"""What is given back for these is no fault of who sold: it got lost on the way, or who bought changed their
mind."""


class EstadoReclamo(StrEnum):
    ABIERTO = "abierto"
    OFRECIDO = "ofrecido"
    RECHAZADO = "rechazado"
    EN_MEDIACION = "en_mediacion"
    DEVUELTO = "devuelto"
    CERRADO = "cerrado"
    RETIRADO = "retirado"
    SIN_OBJETO = "sin_objeto"

    @property
    def texto(self) -> str:
        return str(_ESTADOS[self])


_E = EstadoReclamo
_FINES = frozenset({_E.DEVUELTO, _E.CERRADO, _E.RETIRADO, _E.SIN_OBJETO})
_MOTIVOS = {
    MotivoReclamo.NO_RECIBIDO: _l("No lo recibí"),
    MotivoReclamo.NO_ES_LO_DESCRITO: _l("No es lo que decía"),
    MotivoReclamo.DANADO: _l("Llegó dañado"),
    MotivoReclamo.SERVICIO_NO_HECHO: _l("No hizo el servicio"),
    MotivoReclamo.DESISTIMIENTO: _l("Me arrepentí y quiero devolverlo"),
}
_ESTADOS = {
    _E.ABIERTO: _l("Espera la respuesta de quien vende"),
    _E.OFRECIDO: _l("Quien vende ofrece una parte"),
    _E.RECHAZADO: _l("Quien vende no acepta"),
    _E.EN_MEDIACION: _l("Lo decide la autoridad"),
    _E.DEVUELTO: _l("Terminó: volvió dinero a quien compró"),
    _E.CERRADO: _l("Terminó sin devolución"),
    _E.RETIRADO: _l("Retirado por quien compró"),
    _E.SIN_OBJETO: _l("Terminó: lo que se reclamaba ya se había devuelto"),
}
TONOS = {
    _E.ABIERTO: "aviso",
    _E.OFRECIDO: "info",
    _E.RECHAZADO: "aviso",
    _E.EN_MEDIACION: "info",
    _E.DEVUELTO: "bien",
    _E.CERRADO: "neutro",
    _E.RETIRADO: "neutro",
    _E.SIN_OBJETO: "neutro",
}
VIDA_RECLAMO = Vida(
    "comercio_reclamo",
    EstadoReclamo,
    {
        _E.ABIERTO: {_E.OFRECIDO, _E.RECHAZADO, _E.DEVUELTO, _E.RETIRADO, _E.SIN_OBJETO},
        _E.OFRECIDO: {_E.EN_MEDIACION, _E.DEVUELTO, _E.RETIRADO, _E.SIN_OBJETO},
        _E.RECHAZADO: {_E.EN_MEDIACION, _E.CERRADO, _E.RETIRADO, _E.SIN_OBJETO},
        _E.EN_MEDIACION: {_E.DEVUELTO, _E.CERRADO, _E.RETIRADO, _E.SIN_OBJETO},
    },
    nace={_E.ABIERTO},
    fines=_FINES,
    nombre=lambda estado: estado.texto.lower(),
    error=ReclamoNoAdmite,
)
ABIERTOS = frozenset(EstadoReclamo) - _FINES


class Lado(StrEnum):
    """Who speaks; `PLAZO` is time."""

    COMPRADOR = "comprador"
    VENDEDOR = "vendedor"
    MEDIADOR = "mediador"
    PLAZO = "plazo"

    @property
    def texto(self) -> str:
        return str(_LADOS[self])


_LADOS = {
    Lado.COMPRADOR: _l("Quien compró"),
    Lado.VENDEDOR: _l("Quien vende"),
    Lado.MEDIADOR: _l("La autoridad"),
    Lado.PLAZO: _l("Terminó el plazo"),
}
