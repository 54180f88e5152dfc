"""The closed vocabularies of the registry. Their values are what the database stores and the API shows."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Text
from sqlalchemy.types import TypeDecorator


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


class EstadoUnidad(StrEnum):
    """Life of a registration; the allowed steps are in `estados.TRANSICIONES`."""

    BORRADOR = "borrador"
    PRESENTADA = "presentada"
    OBSERVADA = "observada"
    SUBSANADA = "subsanada"
    INSCRITA = "inscrita"
    SUSPENDIDA = "suspendida"
    CANCELADA = "cancelada"


class Facultad(StrEnum):
    """What a mandate lets somebody do for a unit. `ADMINISTRAR` implies every other one except `REGULAR`."""

    ADMINISTRAR = "ADMINISTRAR"
    VENDER = "VENDER"
    OFERTAR = "OFERTAR"
    COMPRAR = "COMPRAR"
    PAGAR = "PAGAR"
    TRAMITAR = "TRAMITAR"
    EVALUAR = "EVALUAR"
    DESPACHAR = "DESPACHAR"
    REGULAR = "REGULAR"

    @property
    def otorgada_por(self) -> tuple["Facultad", ...]:
        """The faculties any of which is enough to exercise this one."""
        if self in (Facultad.ADMINISTRAR, Facultad.REGULAR):
            return (self,)
        return (self, Facultad.ADMINISTRAR)


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


class Operacion(StrEnum):
    """What an entry (asiento) records."""

    CREAR = "crear"
    EDITAR = "editar"
    PRESENTAR = "presentar"
    OBSERVAR = "observar"
    INSCRIBIR = "inscribir"
    SUSPENDER = "suspender"
    REHABILITAR = "rehabilitar"
    CANCELAR = "cancelar"
    RESTAURAR = "restaurar"
    OTORGAR_MANDATO = "otorgar_mandato"
    REVOCAR_MANDATO = "revocar_mandato"
    SOLICITAR_HABILITACION = "solicitar_habilitacion"
    OTORGAR_HABILITACION = "otorgar_habilitacion"
    RECHAZAR_HABILITACION = "rechazar_habilitacion"
    SUSPENDER_HABILITACION = "suspender_habilitacion"


class TextoEnum(TypeDecorator[StrEnum]):
    """A `StrEnum` kept as TEXT; the CHECK of each table lists the values."""

    impl = Text
    cache_ok = True

    def __init__(self, enumeracion: type[StrEnum]) -> None:
        super().__init__()
        self.enumeracion = enumeracion

    def process_bind_param(self, value: StrEnum | str | None, dialect: Any) -> str | None:
        return None if value is None else self.enumeracion(value).value

    def process_result_value(self, value: str | None, dialect: Any) -> StrEnum | None:
        return None if value is None else self.enumeracion(value)


def valores(enumeracion: type[StrEnum]) -> str:
    """The values as a SQL list, for CHECK constraints: ``'a', 'b'``."""
    return ", ".join(f"'{miembro.value}'" for miembro in enumeracion)
