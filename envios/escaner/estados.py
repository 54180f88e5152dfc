"""The life of what a telephone read."""

from enum import StrEnum

from nucleo.vidas import Vida


class EstadoEscaneo(StrEnum):
    """`YA_ESTABA`: another reading of the same counts. `RECHAZADO` waits for its worker, or for its term."""

    RECIBIDO = "recibido"
    REGISTRADO = "registrado"
    YA_ESTABA = "ya_estaba"
    RECHAZADO = "rechazado"
    DESHECHO = "deshecho"
    RESUELTO = "resuelto"


_E = EstadoEscaneo

# Which of two equal readings counts may change: an earlier one arrives later, or the one that did is undone.
VIDA_ESCANEO = Vida(
    "envios_escaneo",
    EstadoEscaneo,
    {
        _E.RECIBIDO: {_E.REGISTRADO, _E.YA_ESTABA, _E.RECHAZADO},
        _E.REGISTRADO: {_E.YA_ESTABA, _E.DESHECHO},
        _E.YA_ESTABA: {_E.REGISTRADO, _E.DESHECHO},
        _E.RECHAZADO: {_E.REGISTRADO, _E.YA_ESTABA, _E.RESUELTO},
    },
    nace={_E.RECIBIDO},
    fines={_E.DESHECHO, _E.RESUELTO},
)
