"""The life of the recovery of a unit."""

from enum import StrEnum

from nucleo.vidas import Vida


class EstadoRecuperacion(StrEnum):
    """Open, it waits for those of the unit to object; objected, a second official answers in writing."""

    ABIERTA = "abierta"
    OBJETADA = "objetada"
    EJECUTADA = "ejecutada"
    DESISTIDA = "desistida"
    VENCIDA = "vencida"


E = EstadoRecuperacion
VIVAS = frozenset({E.ABIERTA, E.OBJETADA})

VIDA_RECUPERACION = Vida(
    "registro_recuperacion",
    E,
    {
        E.ABIERTA: {E.OBJETADA, E.EJECUTADA, E.DESISTIDA, E.VENCIDA},
        E.OBJETADA: {E.EJECUTADA, E.DESISTIDA, E.VENCIDA},
    },
    nace={E.ABIERTA},
    fines={E.EJECUTADA, E.DESISTIDA, E.VENCIDA},
)
