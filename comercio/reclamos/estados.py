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
    POR_CAMBIAR = "por_cambiar"
    EN_CAMBIO = "en_cambio"
    POR_VOLVER = "por_volver"
    EN_VUELTA = "en_vuelta"
    POR_REVISAR = "por_revisar"
    DEVUELTO = "devuelto"
    CERRADO = "cerrado"
    RETIRADO = "retirado"
    SIN_OBJETO = "sin_objeto"
    CAMBIADO = "cambiado"
    CEDIDO = "cedido"

    @property
    def texto(self) -> str:
        return str(_ESTADOS[self])


_E = EstadoReclamo
_FINES = frozenset({_E.DEVUELTO, _E.CERRADO, _E.RETIRADO, _E.SIN_OBJETO, _E.CAMBIADO, _E.CEDIDO})
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
    _E.POR_CAMBIAR: _l("Quien vende ofrece cambiarlo"),
    _E.EN_CAMBIO: _l("Se cambia por otro"),
    _E.POR_VOLVER: _l("Quien compró lo manda de vuelta"),
    _E.EN_VUELTA: _l("Vuelve a quien vende"),
    _E.POR_REVISAR: _l("Volvió: quien vende lo revisa"),
    _E.DEVUELTO: _l("Terminó: volvió dinero a quien compró"),
    _E.CERRADO: _l("Terminó sin devolución"),
    _E.RETIRADO: _l("Retirado por quien compró"),
    _E.SIN_OBJETO: _l("Terminó: ya no había qué devolver"),
    _E.CAMBIADO: _l("Terminó: se cambió por otro"),
    _E.CEDIDO: _l("Terminó: quien cobró en la puerta lo debe a quien compró"),
}
TONOS = {
    _E.ABIERTO: "aviso",
    _E.OFRECIDO: "info",
    _E.RECHAZADO: "aviso",
    _E.EN_MEDIACION: "info",
    _E.POR_CAMBIAR: "info",
    _E.EN_CAMBIO: "info",
    _E.POR_VOLVER: "aviso",
    _E.EN_VUELTA: "info",
    _E.POR_REVISAR: "aviso",
    _E.CAMBIADO: "bien",
    _E.DEVUELTO: "bien",
    _E.CEDIDO: "bien",
    _E.CERRADO: "neutro",
    _E.RETIRADO: "neutro",
    _E.SIN_OBJETO: "neutro",
}
VIDA_RECLAMO = Vida(
    "comercio_reclamo",
    EstadoReclamo,
    {
        _E.ABIERTO: {
            _E.OFRECIDO,
            _E.RECHAZADO,
            _E.POR_CAMBIAR,
            _E.POR_VOLVER,
            _E.DEVUELTO,
            _E.CEDIDO,
            _E.RETIRADO,
            _E.SIN_OBJETO,
        },
        _E.POR_CAMBIAR: {_E.EN_CAMBIO, _E.EN_MEDIACION, _E.RETIRADO, _E.SIN_OBJETO},
        _E.EN_CAMBIO: {_E.CAMBIADO, _E.DEVUELTO, _E.SIN_OBJETO},
        _E.POR_VOLVER: {
            _E.EN_VUELTA,
            _E.POR_REVISAR,
            _E.EN_MEDIACION,
            _E.DEVUELTO,
            _E.CERRADO,
            _E.RETIRADO,
            _E.SIN_OBJETO,
        },
        _E.EN_VUELTA: {_E.POR_REVISAR, _E.EN_MEDIACION, _E.DEVUELTO, _E.CERRADO, _E.SIN_OBJETO},
        _E.POR_REVISAR: {_E.EN_VUELTA, _E.EN_MEDIACION, _E.DEVUELTO, _E.SIN_OBJETO},
        _E.OFRECIDO: {_E.EN_MEDIACION, _E.DEVUELTO, _E.CEDIDO, _E.RETIRADO, _E.SIN_OBJETO},
        _E.RECHAZADO: {_E.EN_MEDIACION, _E.CERRADO, _E.RETIRADO, _E.SIN_OBJETO},
        _E.EN_MEDIACION: {_E.DEVUELTO, _E.CEDIDO, _E.CERRADO, _E.RETIRADO, _E.SIN_OBJETO},
    },
    nace={_E.ABIERTO},
    fines=_FINES,
    nombre=lambda estado: estado.texto.lower(),
    error=ReclamoNoAdmite,
)
ABIERTOS = frozenset(EstadoReclamo) - _FINES


class Lado(StrEnum):
    """Who speaks; `PLAZO` is time, `BANCO` that of the card which paid."""

    COMPRADOR = "comprador"
    VENDEDOR = "vendedor"
    MEDIADOR = "mediador"
    PLAZO = "plazo"
    BANCO = "banco"

    @property
    def texto(self) -> str:
        return str(_LADOS[self])


_LADOS = {
    Lado.COMPRADOR: _l("Quien compró"),
    Lado.VENDEDOR: _l("Quien vende"),
    Lado.MEDIADOR: _l("La autoridad"),
    Lado.PLAZO: _l("Terminó el plazo"),
    Lado.BANCO: _l("El banco de la tarjeta"),
}


class EstadoCambio(StrEnum):
    """Of what is sent in the place of what was claimed."""

    APARTADO = "apartado"
    ANUNCIADO = "anunciado"
    EN_CAMINO = "en_camino"
    ENTREGADO = "entregado"
    DEVUELTO = "devuelto"
    PERDIDO = "perdido"
    ANULADO = "anulado"

    @property
    def texto(self) -> str:
        return str(_DE_CAMBIO[self])


_C = EstadoCambio
_DE_CAMBIO = {
    _C.APARTADO: _l("Apartado"),
    _C.ANUNCIADO: _l("Anunciado: falta que lo reciba el correo"),
    _C.EN_CAMINO: _l("En camino"),
    _C.ENTREGADO: _l("Entregado"),
    _C.DEVUELTO: _l("Volvió a quien vende"),
    _C.PERDIDO: _l("Se da por perdido"),
    _C.ANULADO: _l("No se hizo"),
}
# What happens to it after an end is an incident: its money was decided with the end.
VIDA_CAMBIO = Vida(
    "comercio_cambio",
    EstadoCambio,
    {
        _C.APARTADO: {_C.ANUNCIADO, _C.ANULADO},
        _C.ANUNCIADO: {_C.EN_CAMINO, _C.ANULADO},
        _C.EN_CAMINO: {_C.ENTREGADO, _C.DEVUELTO, _C.PERDIDO},
    },
    nace={_C.APARTADO},
    fines={_C.ENTREGADO, _C.DEVUELTO, _C.PERDIDO, _C.ANULADO},
    nombre=lambda estado: estado.texto.lower(),
    error=ReclamoNoAdmite,
)
