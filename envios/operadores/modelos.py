"""Tables of postal operators: agencies and their hours, and who works in each."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, SmallInteger, Text, UniqueConstraint
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.operadores.tipos import ClaseAgencia, EstadoAgencia
from nucleo.enumeraciones import TextoEnum, valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, momento, momento_o_nada


@aplicacion(
    "SELECT, INSERT, UPDATE (nombre, clase, municipio_ine, direccion, latitud, longitud, telefono, estado, "
    "cerrada_en, cerrada_motivo, version, cambiada_en)"
)
class FilaDeAgencia(Tabla, table=True):
    """A place of an operator. `codigo` is what its people call it, one for each operator, open or closed."""

    __tablename__ = "envios_agencia"
    __table_args__ = (
        UniqueConstraint("operador_unidad_id", "codigo"),
        UniqueConstraint("id", "operador_unidad_id", name="uq_envios_agencia_id"),
        CheckConstraint("codigo ~ '^[A-Z0-9][A-Z0-9-]{1,11}$'", name="codigo"),
        CheckConstraint("nombre = btrim(nombre) AND length(nombre) BETWEEN 2 AND 80", name="nombre"),
        CheckConstraint(f"clase IN ({valores(ClaseAgencia)})", name="clase"),
        CheckConstraint("length(direccion) BETWEEN 3 AND 300", name="direccion"),
        CheckConstraint("(latitud IS NULL) = (longitud IS NULL)", name="coordenadas"),
        CheckConstraint(
            "latitud BETWEEN -23 AND -9 AND longitud BETWEEN -70 AND -57", name="coordenadas_de_bolivia"
        ),
        CheckConstraint(r"telefono ~ '^\+[1-9][0-9]{4,14}$'", name="telefono"),
        CheckConstraint(
            "(estado = 'cerrada') = (cerrada_en IS NOT NULL) "
            "AND (cerrada_en IS NULL) = (cerrada_motivo IS NULL)",
            name="cierre",
        ),
        CheckConstraint("version >= 1", name="version"),
        Index("ix_envios_agencia_lugar", "municipio_ine", "id"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    codigo: str = Field(sa_type=Text)
    nombre: str = Field(sa_type=Text)
    clase: ClaseAgencia = Field(sa_type=TextoEnum(ClaseAgencia))
    municipio_ine: str = Field(sa_type=Text, foreign_key="registro_municipio.ine")
    direccion: str = Field(sa_type=Text)
    latitud: Decimal | None = Field(default=None, sa_type=Numeric(9, 6))
    longitud: Decimal | None = Field(default=None, sa_type=Numeric(9, 6))
    telefono: str | None = Field(default=None, sa_type=Text)
    estado: EstadoAgencia = Field(default=EstadoAgencia.ABIERTA, sa_type=TextoEnum(EstadoAgencia))
    cerrada_en: datetime | None = momento_o_nada()
    cerrada_motivo: str | None = Field(default=None, sa_type=Text)
    version: int = 1
    creada_en: datetime = momento()
    cambiada_en: datetime = momento()


@aplicacion("SELECT, INSERT, DELETE")
class FilaDeHorario(Tabla, table=True):
    """An opening of one weekday (1 is Monday, 7 Sunday), in minutes after midnight; none overlaps another."""

    __tablename__ = "envios_agencia_horario"
    __table_args__ = (
        CheckConstraint("dia BETWEEN 1 AND 7", name="dia"),
        CheckConstraint("abre_min >= 0 AND abre_min < cierra_min AND cierra_min <= 1440", name="horas"),
    )

    agencia_id: UUID = Field(foreign_key="envios_agencia.id", primary_key=True)
    dia: int = Field(sa_type=SmallInteger, primary_key=True)
    abre_min: int = Field(sa_type=SmallInteger, primary_key=True)
    cierra_min: int = Field(sa_type=SmallInteger)


@aplicacion("SELECT, INSERT, UPDATE (retirada_en, retirada_por)")
class FilaDeTrabajo(Tabla, table=True):
    """A person who works in an agency, by a mandate of its operator, from one day to another (both count).

    It dies with the mandate, although nobody withdraws it.
    """

    __tablename__ = "envios_agencia_trabajo"
    __table_args__ = (
        CheckConstraint("hasta >= desde", name="fechas"),
        CheckConstraint("retirada_en >= asignada_en", name="retiro"),
        Index("ix_envios_agencia_trabajo_persona", "persona_id", "agencia_id"),
        Index("ix_envios_agencia_trabajo_agencia", "agencia_id"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    agencia_id: UUID = Field(foreign_key="envios_agencia.id")
    persona_id: UUID = Field(foreign_key="ciudadania_persona.id")
    mandato_id: UUID = Field(foreign_key="registro_mandato.id")
    desde: date
    hasta: date | None = None
    asignada_en: datetime = momento()
    asignada_por: UUID | None = None
    retirada_en: datetime | None = momento_o_nada()
    retirada_por: UUID | None = None
