"""The closed vocabularies of postal operators: their values are what the database and the API hold."""

from enum import StrEnum


class ClaseAgencia(StrEnum):
    """What a place of the operator is for. Only people who work there enter a sorting centre."""

    AGENCIA = "agencia"
    CENTRO = "centro_de_clasificacion"
    PUNTO = "punto_de_retiro"


ATIENDEN = frozenset({ClaseAgencia.AGENCIA, ClaseAgencia.PUNTO})
"""Those to which anybody may go."""


class EstadoAgencia(StrEnum):
    ABIERTA = "abierta"
    CERRADA = "cerrada"


class Entrega(StrEnum):
    """Where a parcel ends its way."""

    PUERTA = "puerta"
    AGENCIA = "agencia"
