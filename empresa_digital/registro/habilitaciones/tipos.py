"""The qualities and their states. The values are what the database stores and the API shows."""

from enum import StrEnum


class EstadoHabilitacion(StrEnum):
    SOLICITADA = "solicitada"
    OTORGADA = "otorgada"
    RECHAZADA = "rechazada"
    SUSPENDIDA = "suspendida"
