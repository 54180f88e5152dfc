"""Tables of the registry.

`registro_asiento` is the truth: an append-only entry for every change. `registro_unidad` and its children are
the record that derives from the entries (see `asientos.py`); triggers refuse to change or remove an entry.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Index,
    Numeric,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from empresa_digital.registro.tipos import (
    EstadoHabilitacion,
    EstadoUnidad,
    Facultad,
    Habilitacion,
    Operacion,
    TextoEnum,
    TipoUnidad,
    valores,
)
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, momento, momento_o_nada


def _referencia(destino: str, **opciones: Any) -> Any:
    """A foreign key to a UUID or code column of this room."""
    return Field(sa_type=Text, foreign_key=destino, **opciones)


# --- Reference tables (data/*.csv, loaded by the migration) -------------------------------------------


@aplicacion("SELECT")
class Departamento(Tabla, table=True):
    """One of the nine departments, by INE code."""

    __tablename__ = "registro_departamento"

    ine: str = Field(primary_key=True, sa_type=Text)
    iso_3166_2: str = Field(sa_type=Text)
    ci_expedido: str = Field(sa_type=Text)
    nombre: str = Field(sa_type=Text)
    capital_ine: str = Field(sa_type=Text)
    vigente_desde: date
    vigente_hasta: date | None = None


@aplicacion("SELECT")
class Provincia(Tabla, table=True):
    __tablename__ = "registro_provincia"

    ine: str = Field(primary_key=True, sa_type=Text)
    departamento_ine: str = _referencia("registro_departamento.ine")
    nombre: str = Field(sa_type=Text)
    vigente_desde: date
    vigente_hasta: date | None = None


@aplicacion("SELECT")
class Municipio(Tabla, table=True):
    """A municipality, by INE code DDPPMM."""

    __tablename__ = "registro_municipio"

    ine: str = Field(primary_key=True, sa_type=Text)
    provincia_ine: str = _referencia("registro_provincia.ine")
    departamento_ine: str = _referencia("registro_departamento.ine")
    nombre: str = Field(sa_type=Text)
    otro_nombre: str | None = Field(default=None, sa_type=Text)
    vigente_desde: date
    vigente_hasta: date | None = None


@aplicacion("SELECT")
class Actividad(Tabla, table=True):
    """A section, division or class of CIIU Rev. 4."""

    __tablename__ = "registro_actividad"
    __table_args__ = (CheckConstraint("nivel IN ('seccion', 'division', 'clase')", name="nivel"),)

    codigo: str = Field(primary_key=True, sa_type=Text)
    nivel: str = Field(sa_type=Text)
    padre: str | None = _referencia("registro_actividad.codigo", default=None)
    seccion: str = Field(sa_type=Text)
    nombre: str = Field(sa_type=Text)
    vigente_desde: date
    vigente_hasta: date | None = None


@aplicacion("SELECT")
class FormaLegal(Tabla, table=True):
    """A legal form: ISO 20275 code, or one of our own (`BO-…`) where ISO has none."""

    __tablename__ = "registro_forma_legal"

    codigo: str = Field(primary_key=True, sa_type=Text)
    nombre: str = Field(sa_type=Text)
    abreviatura: str | None = Field(default=None, sa_type=Text)
    origen: str = Field(sa_type=Text)
    orden: int
    tipos: list[str] = Field(sa_type=ARRAY(Text))
    vigente_desde: date
    vigente_hasta: date | None = None


# --- Entries ----------------------------------------------------------------------------------------


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


# --- The record -------------------------------------------------------------------------------------


@aplicacion("SELECT, INSERT, UPDATE")
class UnidadEconomica(Tabla, table=True):
    """An economic unit of any kind: company, cooperative, community, individual, public entity, operator."""

    __tablename__ = "registro_unidad"
    __table_args__ = (
        CheckConstraint("numero ~ '^UE-[0-9]{7,12}-[0-9]$'", name="numero"),
        CheckConstraint(f"tipo IN ({valores(TipoUnidad)})", name="tipo"),
        CheckConstraint(f"estado IN ({valores(EstadoUnidad)})", name="estado"),
        CheckConstraint("denominacion = btrim(denominacion) AND denominacion <> ''", name="denominacion"),
        CheckConstraint(
            "estado IN ('borrador', 'cancelada') OR (forma_legal IS NOT NULL AND municipio_ine IS NOT NULL "
            "AND actividad_ciiu IS NOT NULL AND direccion IS NOT NULL)",
            name="completa",
        ),
        CheckConstraint(
            "estado NOT IN ('inscrita', 'suspendida') OR inscrita_en IS NOT NULL", name="inscripcion"
        ),
        CheckConstraint("(latitud IS NULL) = (longitud IS NULL)", name="coordenadas"),
        CheckConstraint(
            "latitud BETWEEN -23 AND -9 AND longitud BETWEEN -70 AND -57", name="coordenadas_de_bolivia"
        ),
        CheckConstraint("version >= 1 AND secuencia >= 1", name="version"),
        Index("ix_registro_unidad_estado", "estado", "actualizado_en", "id"),
        Index(
            "ix_registro_unidad_lugar",
            "municipio_ine",
            "id",
            postgresql_ops={"municipio_ine": "text_pattern_ops"},
        ),
        Index("ix_registro_unidad_actividad_ciiu", "actividad_ciiu", "id"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    numero: str = Field(sa_type=Text, unique=True)
    tipo: TipoUnidad = Field(sa_type=TextoEnum(TipoUnidad))
    estado: EstadoUnidad = Field(default=EstadoUnidad.BORRADOR, sa_type=TextoEnum(EstadoUnidad))
    denominacion: str = Field(sa_type=Text)
    nombre_comercial: str | None = Field(default=None, sa_type=Text)
    forma_legal: str | None = _referencia("registro_forma_legal.codigo", default=None)
    municipio_ine: str | None = _referencia("registro_municipio.ine", default=None)
    actividad_ciiu: str | None = _referencia("registro_actividad.codigo", default=None)
    direccion: str | None = Field(default=None, sa_type=Text)
    latitud: Decimal | None = Field(default=None, sa_type=Numeric(9, 6))
    longitud: Decimal | None = Field(default=None, sa_type=Numeric(9, 6))
    telefono: str | None = Field(default=None, sa_type=Text)
    correo: str | None = Field(default=None, sa_type=Text)
    sitio_web: str | None = Field(default=None, sa_type=Text)
    descripcion: str | None = Field(default=None, sa_type=Text)
    motivo: str | None = Field(default=None, sa_type=Text)
    version: int = 1
    secuencia: int = 1
    huella: str = Field(sa_type=Text)
    inscrita_en: datetime | None = momento_o_nada()
    creado_en: datetime = momento()
    actualizado_en: datetime = momento()

    @property
    def nombre(self) -> str:
        """What people call it: the trade name, or the legal one."""
        return self.nombre_comercial or self.denominacion

    @property
    def esta_activa(self) -> bool:
        return self.estado == EstadoUnidad.INSCRITA


@aplicacion("SELECT, INSERT, UPDATE (vivo), DELETE")
class Identificador(Tabla, table=True):
    """An identifier by scheme. Unique in its scheme among live units (`vivo`)."""

    __tablename__ = "registro_identificador"
    __table_args__ = (
        Index(
            "uq_registro_identificador_vivo", "esquema", "valor", unique=True, postgresql_where=text("vivo")
        ),
        Index("ix_registro_identificador_valor", "valor"),
    )

    unidad_id: UUID = Field(foreign_key="registro_unidad.id", primary_key=True)
    esquema: str = Field(primary_key=True, sa_type=Text)
    valor: str = Field(sa_type=Text)
    vivo: bool = False


@aplicacion("SELECT, INSERT, DELETE")
class ActividadSecundaria(Tabla, table=True):
    __tablename__ = "registro_unidad_actividad"
    __table_args__ = (Index("ix_registro_unidad_actividad_actividad", "actividad", "unidad_id"),)

    unidad_id: UUID = Field(foreign_key="registro_unidad.id", primary_key=True)
    actividad: str = _referencia("registro_actividad.codigo", primary_key=True)


@aplicacion("SELECT, INSERT, UPDATE (revocado_en, revocado_motivo)")
class Mandato(Tabla, table=True):
    """Who may act for a unit: a person, or another unit through its own representatives.

    `firmas_requeridas` (k) of the mandates that share `grupo_firma` (n) must sign together; until joint
    signature exists, only mandates with k = 1 give power. `monto_limite` null means without limit.
    """

    __tablename__ = "registro_mandato"
    __table_args__ = (
        CheckConstraint("num_nonnulls(apoderado_persona_id, apoderado_unidad_id) = 1", name="un_apoderado"),
        CheckConstraint("apoderado_unidad_id <> unidad_id", name="otra_unidad"),
        CheckConstraint(
            f"cardinality(facultades) > 0 AND facultades <@ ARRAY[{valores(Facultad)}]", name="facultades"
        ),
        CheckConstraint("monto_limite > 0", name="monto_limite"),
        CheckConstraint("firmas_requeridas >= 1", name="firmas"),
        CheckConstraint("firmas_requeridas = 1 OR grupo_firma IS NOT NULL", name="grupo_firma"),
        CheckConstraint("valido_hasta > valido_desde", name="vigencia"),
        CheckConstraint("(revocado_en IS NULL) = (revocado_motivo IS NULL)", name="revocacion"),
        Index("ix_registro_mandato_persona", "apoderado_persona_id", "unidad_id"),
        Index("ix_registro_mandato_unidad", "unidad_id"),
        Index("ix_registro_mandato_apoderada", "apoderado_unidad_id", "unidad_id"),
        Index("ix_registro_mandato_delegado_de", "delegado_de"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    apoderado_persona_id: UUID | None = Field(default=None, foreign_key="ciudadania_persona.id")
    apoderado_unidad_id: UUID | None = Field(default=None, foreign_key="registro_unidad.id")
    facultades: list[str] = Field(sa_type=ARRAY(Text))
    monto_limite: Money | None = dinero(default=None)
    valido_desde: datetime = momento()
    valido_hasta: datetime | None = momento_o_nada()
    firmas_requeridas: int = Field(default=1, sa_type=SmallInteger)
    grupo_firma: UUID | None = None
    subdelegable: bool = False
    delegado_de: UUID | None = Field(default=None, foreign_key="registro_mandato.id")
    documento: str | None = Field(default=None, sa_type=Text)
    revocado_en: datetime | None = momento_o_nada()
    revocado_motivo: str | None = Field(default=None, sa_type=Text)
    creado_en: datetime = momento()


@aplicacion("SELECT, INSERT, UPDATE")
class HabilitacionUnidad(Tabla, table=True):
    """A quality of a unit: requested, granted by the regulator with norm and dates, suspended with reason."""

    __tablename__ = "registro_habilitacion"
    __table_args__ = (
        CheckConstraint(f"habilitacion IN ({valores(Habilitacion)})", name="habilitacion"),
        CheckConstraint(f"estado IN ({valores(EstadoHabilitacion)})", name="estado"),
        CheckConstraint(
            "estado NOT IN ('otorgada', 'suspendida') OR (norma IS NOT NULL AND vigente_desde IS NOT NULL)",
            name="otorgamiento",
        ),
        CheckConstraint("vigente_hasta >= vigente_desde", name="vigencia"),
        CheckConstraint("estado NOT IN ('rechazada', 'suspendida') OR motivo IS NOT NULL", name="motivo"),
        Index("ix_registro_habilitacion_estado", "estado", "solicitada_en"),
    )

    unidad_id: UUID = Field(foreign_key="registro_unidad.id", primary_key=True)
    habilitacion: Habilitacion = Field(sa_type=TextoEnum(Habilitacion), primary_key=True)
    estado: EstadoHabilitacion = Field(sa_type=TextoEnum(EstadoHabilitacion))
    norma: str | None = Field(default=None, sa_type=Text)
    vigente_desde: date | None = None
    vigente_hasta: date | None = None
    motivo: str | None = Field(default=None, sa_type=Text)
    solicitada_en: datetime = momento()
    resuelta_en: datetime | None = momento_o_nada()


@aplicacion("SELECT")
class IndiceBusqueda(Tabla, table=True):
    """What the search reads, kept by a trigger on `registro_unidad`: not part of the record."""

    __tablename__ = "registro_busqueda"
    __table_args__ = (
        Index("ix_registro_busqueda_texto", "texto", postgresql_using="gin"),
        Index(
            "ix_registro_busqueda_nombre",
            "nombre",
            postgresql_using="gin",
            postgresql_ops={"nombre": "gin_trgm_ops"},
        ),
    )

    unidad_id: UUID = Field(foreign_key="registro_unidad.id", primary_key=True)
    estado: EstadoUnidad = Field(sa_type=TextoEnum(EstadoUnidad))
    tipo: TipoUnidad = Field(sa_type=TextoEnum(TipoUnidad))
    municipio_ine: str | None = Field(default=None, sa_type=Text)
    nombre: str = Field(sa_type=Text)
    texto: str = Field(sa_type=TSVECTOR)
