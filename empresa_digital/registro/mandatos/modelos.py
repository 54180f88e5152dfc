"""The mandates of units."""

from datetime import date, datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Identity,
    Index,
    SmallInteger,
    String,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from empresa_digital.registro.mandatos.tipos import Facultad
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, momento, momento_o_nada


@aplicacion(
    "SELECT, INSERT, UPDATE (revocado_en, revocado_motivo), UPDATE (aceptado_en, apoderado_persona_id)"
)
class Mandato(Tabla, table=True):
    """Who may act for a unit: a person, or another unit through its own representatives.

    It is offered until `ofrecido_hasta` and gives power from `aceptado_en` on; offered to an identity card,
    who holds it is known then. `otorgado_por` is the chain of mandates by which it was given, empty for the
    first of a unit and for acts of office: it never holds more than they (a trigger). `firmas_requeridas`
    (k) of the mandates that share `grupo_firma` (n) must sign together; only those with k = 1 give power
    alone. `monto_limite` (of each act), `limite_dia` and `limite_mes` null mean without limit of that kind.
    """

    __tablename__ = "registro_mandato"
    __table_args__ = (
        CheckConstraint(
            "(apoderado_unidad_id IS NULL) <> (apoderado_persona_id IS NULL AND apoderado_cedula IS NULL)",
            name="un_apoderado",
        ),
        CheckConstraint(
            "CASE WHEN aceptado_en IS NULL THEN ofrecido_hasta IS NOT NULL "
            "ELSE num_nonnulls(apoderado_persona_id, apoderado_unidad_id) = 1 "
            "AND coalesce(aceptado_en < ofrecido_hasta, true) END",
            name="aceptacion",
        ),
        CheckConstraint("apoderado_unidad_id <> unidad_id", name="otra_unidad"),
        CheckConstraint(
            f"cardinality(facultades) > 0 AND facultades <@ ARRAY[{valores(Facultad)}]", name="facultades"
        ),
        CheckConstraint("monto_limite > 0", name="monto_limite"),
        CheckConstraint(
            "limite_dia > 0 AND limite_mes > 0 AND monto_limite <= limite_dia "
            "AND monto_limite <= limite_mes AND limite_dia <= limite_mes",
            name="limites",
        ),
        CheckConstraint("firmas_requeridas >= 1", name="firmas"),
        CheckConstraint("firmas_requeridas = 1 OR grupo_firma IS NOT NULL", name="grupo_firma"),
        CheckConstraint("valido_hasta > valido_desde", name="vigencia"),
        CheckConstraint("(revocado_en IS NULL) = (revocado_motivo IS NULL)", name="revocacion"),
        Index("ix_registro_mandato_persona", "apoderado_persona_id", "unidad_id"),
        Index("ix_registro_mandato_unidad", "unidad_id"),
        Index("ix_registro_mandato_apoderada", "apoderado_unidad_id", "unidad_id"),
        Index("ix_registro_mandato_delegado_de", "delegado_de"),
        Index("ix_registro_mandato_cedula", "apoderado_cedula", postgresql_where=text("aceptado_en IS NULL")),
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
    aceptado_en: datetime | None = momento_o_nada()
    limite_dia: Money | None = dinero(default=None)
    limite_mes: Money | None = dinero(default=None)
    apoderado_cedula: str | None = Field(default=None, sa_type=Text)
    ofrecido_hasta: datetime | None = momento_o_nada()
    otorgado_por: list[UUID] = Field(default_factory=list, sa_type=ARRAY(Uuid), nullable=False)


@aplicacion("SELECT, INSERT, UPDATE (retirada_en, retirada_por)")
class Asignacion(Tabla, table=True):
    """A person of an office who serves one of its clients: the holder of `mandato_id` is the office."""

    __tablename__ = "registro_asignacion"
    __table_args__ = (
        CheckConstraint("retirada_en >= asignada_en", name="retiro"),
        Index(
            "uq_registro_asignacion_una",
            "mandato_id",
            "persona_id",
            unique=True,
            postgresql_where=text("retirada_en IS NULL"),
        ),
        Index("ix_registro_asignacion_persona", "persona_id", "mandato_id"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    mandato_id: UUID = Field(foreign_key="registro_mandato.id")
    persona_id: UUID = Field(foreign_key="ciudadania_persona.id")
    asignada_en: datetime = momento()
    asignada_por: UUID | None = None
    retirada_en: datetime | None = momento_o_nada()
    retirada_por: UUID | None = None


@aplicacion("SELECT")
class CasoDeUso(Tabla, table=True):
    """What counts toward the limits of mandates, with which amount, and what gives it back: data."""

    __tablename__ = "registro_caso_de_uso"
    __table_args__ = (CheckConstraint("vuelve IS NULL OR acumula", name="vuelve"),)

    caso: str = Field(primary_key=True, sa_type=String(20))
    facultad: str = Field(sa_type=String(12))
    por_acto: bool
    acumula: bool
    del_libro: bool
    monto: str = Field(sa_type=Text)
    vuelve: str | None = Field(default=None, sa_type=Text)


TOMA = text("monto > 0")
VUELVE = text("monto < 0")


@aplicacion("SELECT")
class Uso(Tabla, table=True):
    """What an act took of a mandate's limits by day and month, or gave back (negative). Only SQL functions
    write it.
    """

    __tablename__ = "registro_uso"
    __table_args__ = (
        CheckConstraint("monto <> 0", name="monto"),
        CheckConstraint(
            "CASE WHEN monto > 0 THEN num_nonnulls(tomado_dia, tomado_mes) = 2 "
            "AND monto <= tomado_dia AND tomado_dia <= tomado_mes "
            "ELSE num_nonnulls(tomado_dia, tomado_mes) = 0 END",
            name="tomado",
        ),
        Index("uq_registro_uso_acto", "acto", "mandato_id", unique=True, postgresql_where=TOMA),
        Index("ix_registro_uso_tomado", "mandato_id", "numero", postgresql_where=TOMA),
        Index("ix_registro_uso_devuelto", "mandato_id", "dia", postgresql_where=VUELVE),
        Index("ix_registro_uso_acto_devuelto", "acto", postgresql_where=VUELVE),
    )

    numero: int = Field(primary_key=True, sa_type=BigInteger, sa_column_args=(Identity(always=True),))
    mandato_id: UUID = Field(foreign_key="registro_mandato.id")
    acto: UUID
    creado_en: datetime = momento()
    dia: date
    monto: Money = dinero()
    tomado_dia: Money | None = dinero(default=None)
    tomado_mes: Money | None = dinero(default=None)
    caso: str = Field(sa_type=String(20), foreign_key="registro_caso_de_uso.caso")
