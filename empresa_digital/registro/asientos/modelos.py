"""The entries: `registro_asiento` is the truth, append-only; triggers refuse to change or remove a row."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from empresa_digital.registro.asientos.tipos import Operacion
from nucleo.enumeraciones import TextoEnum, valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, momento


@aplicacion("SELECT, INSERT")
class Asiento(Tabla, table=True):
    """An entry: what was done to one unit, by whom, chained to the unit's previous entry.

    `huellas` holds a salted hash of each value in `datos`; `huella` covers those hashes, not the values. A
    value can therefore be redacted (replaced by its hash, its salt forgotten) and every proof still holds.
    """

    __tablename__ = "registro_asiento"
    __table_args__ = (
        UniqueConstraint("unidad_id", "secuencia"),
        CheckConstraint("secuencia >= 1", name="secuencia"),
        CheckConstraint(f"operacion IN ({valores(Operacion)})", name="operacion"),
        CheckConstraint("actor_tipo IN ('persona', 'cliente', 'sistema')", name="actor_tipo"),
        CheckConstraint("huella ~ '^[0-9a-f]{64}$'", name="huella"),
        CheckConstraint("(secuencia = 1) = (huella_anterior IS NULL)", name="cadena"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    secuencia: int
    instante: datetime = momento()
    operacion: Operacion = Field(sa_type=TextoEnum(Operacion))
    actor_tipo: str = Field(sa_type=Text)
    actor_id: UUID | None = None
    actor_nombre: str | None = Field(default=None, sa_type=Text)
    por_unidad_id: UUID | None = Field(default=None, foreign_key="registro_unidad.id")
    mandato_id: UUID | None = None
    datos: dict[str, Any] = Field(sa_type=JSONB)
    sales: dict[str, str] = Field(sa_type=JSONB)
    huellas: dict[str, str] = Field(sa_type=JSONB)
    huella_anterior: str | None = Field(default=None, sa_type=Text)
    huella: str = Field(sa_type=Text)


@aplicacion("SELECT")
class Cambio(Tabla, table=True):
    """The place of an entry in the one public sequence.

    A deferred trigger writes it while its transaction commits, under a lock: numbers have no gaps and their
    order is the order of commits, so a reader who has seen N has seen everything up to N.
    """

    __tablename__ = "registro_cambio"

    numero: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    asiento_id: UUID = Field(foreign_key="registro_asiento.id", unique=True)
