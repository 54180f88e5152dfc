"""The states of a unit. The values are what the database stores and the API shows."""

from enum import StrEnum


class EstadoUnidad(StrEnum):
    """Life of a registration; the allowed steps are in `estados.TRANSICIONES`."""

    BORRADOR = "borrador"
    PRESENTADA = "presentada"
    OBSERVADA = "observada"
    SUBSANADA = "subsanada"
    INSCRITA = "inscrita"
    SUSPENDIDA = "suspendida"
    CANCELADA = "cancelada"
