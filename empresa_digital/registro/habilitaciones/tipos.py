"""The qualities and their states. The values are what the database stores and the API shows."""

from enum import StrEnum


class Habilitacion(StrEnum):
    """Qualities that the regulator grants to a registered unit."""

    VENDEDOR = "VENDEDOR"
    PROVEEDOR_DEL_ESTADO = "PROVEEDOR_DEL_ESTADO"
    OPERADOR_POSTAL = "OPERADOR_POSTAL"
    ENTIDAD_CONTRATANTE = "ENTIDAD_CONTRATANTE"
    RECEPTOR_DE_PAGOS = "RECEPTOR_DE_PAGOS"
    AUTORIDAD_REGULADORA = "AUTORIDAD_REGULADORA"


class EstadoHabilitacion(StrEnum):
    SOLICITADA = "solicitada"
    OTORGADA = "otorgada"
    RECHAZADA = "rechazada"
    SUSPENDIDA = "suspendida"
