"""The lives beside the item's: the annulment that the sender asks for, and what does not fit."""

from enum import StrEnum
from typing import Literal

from nucleo.vidas import Vida


class EstadoAnulacion(StrEnum):
    PEDIDA = "pedida"
    CONFIRMADA = "confirmada"
    RECHAZADA = "rechazada"


VIDA_ANULACION = Vida(
    "envios_anulacion",
    EstadoAnulacion,
    {EstadoAnulacion.PEDIDA: {EstadoAnulacion.CONFIRMADA, EstadoAnulacion.RECHAZADA}},
    nace={EstadoAnulacion.PEDIDA},
    fines={EstadoAnulacion.CONFIRMADA, EstadoAnulacion.RECHAZADA},
)


class EstadoIncidencia(StrEnum):
    ABIERTA = "abierta"
    RESUELTA = "resuelta"


class Resolucion(StrEnum):
    """How an incident ended: its cause went away, or somebody looked at it."""

    SIN_CAUSA = "sin_causa"
    ACLARADA = "aclarada"
    COMPENSADA = "compensada"
    SIN_EFECTO = "sin_efecto"


ComoSeResuelve = Literal[Resolucion.ACLARADA, Resolucion.COMPENSADA, Resolucion.SIN_EFECTO]
"""What somebody may say; that a cause went away is seen, not said."""

# What somebody resolved stays so; a cause that went away by itself may come back.
VIDA_INCIDENCIA = Vida(
    "envios_incidencia",
    EstadoIncidencia,
    {
        EstadoIncidencia.ABIERTA: {EstadoIncidencia.RESUELTA},
        EstadoIncidencia.RESUELTA: {EstadoIncidencia.ABIERTA},
    },
    nace={EstadoIncidencia.ABIERTA},
    fines=(),
    solo_si={
        (EstadoIncidencia.RESUELTA, EstadoIncidencia.ABIERTA): f"OLD.resolucion = '{Resolucion.SIN_CAUSA}'"
    },
)
