"""What the other rooms know of an operator's places and people: frozen values, never the rows."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from envios.operadores.tipos import ClaseAgencia, EstadoAgencia
from envios.tarifas import Llegada


@dataclass(frozen=True, slots=True)
class Agencia:
    id: UUID
    operador_unidad_id: UUID
    codigo: str
    nombre: str
    clase: ClaseAgencia
    municipio_ine: str
    direccion: str
    latitud: Decimal | None
    longitud: Decimal | None
    telefono: str | None
    estado: EstadoAgencia
    cerrada_en: datetime | None
    cerrada_motivo: str | None
    version: int
    creada_en: datetime

    @property
    def abierta(self) -> bool:
        """Whether it works, whatever the hour."""
        return self.estado is EstadoAgencia.ABIERTA


@dataclass(frozen=True, slots=True)
class Trabajo:
    """A person who works in an agency. `hasta` is the last day, of the assignment or of the mandate."""

    id: UUID
    agencia_id: UUID
    persona_id: UUID
    desde: date
    hasta: date | None


@dataclass(frozen=True, slots=True)
class Cobertura:
    """How a service of an operator arrives at a municipality, and whether there is an agency of it there."""

    llegada: Llegada
    municipio_ine: str
    con_agencia: bool
