"""The kinds of unit. The values are what the database stores and the API shows."""

from enum import StrEnum


class TipoUnidad(StrEnum):
    """Kinds of economic unit of the plural economy, all of them in one registry."""

    EMPRESA = "EMPRESA"
    COOPERATIVA = "COOPERATIVA"
    ASOCIACION = "ASOCIACION"
    OECA = "OECA"
    COMUNIDAD = "COMUNIDAD"
    PERSONA_NATURAL = "PERSONA_NATURAL"
    ENTIDAD_PUBLICA = "ENTIDAD_PUBLICA"
    OPERADOR_POSTAL = "OPERADOR_POSTAL"


class Habilitacion(StrEnum):
    """Qualities that the regulator grants to a registered unit."""

    VENDEDOR = "VENDEDOR"
    PROVEEDOR_DEL_ESTADO = "PROVEEDOR_DEL_ESTADO"
    OPERADOR_POSTAL = "OPERADOR_POSTAL"
    OPERADOR_DESIGNADO = "OPERADOR_DESIGNADO"
    ENTIDAD_CONTRATANTE = "ENTIDAD_CONTRATANTE"
    RECEPTOR_DE_PAGOS = "RECEPTOR_DE_PAGOS"
    AUTORIDAD_REGULADORA = "AUTORIDAD_REGULADORA"
