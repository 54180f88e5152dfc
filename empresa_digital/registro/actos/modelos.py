"""Joint acts and their signatures. What must always hold is enforced by the revision that makes them."""

from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy import Uuid as ColumnaUuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from empresa_digital.registro.actos.estados import EstadoActo
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, momento, momento_o_nada

PENDIENTE = text("estado = 'pendiente'")


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, resuelto_en, resuelto_por, motivo, mandatos, limite, negado_en, "
    "negado_motivo)"
)
class ActoPendiente(Tabla, table=True):
    """What somebody asked for in the name of a unit, waiting for `firmas_requeridas` signatures.

    `documento` is what is signed: canonical JSON of `codigo`, `unidad` and `cuerpo`; `huella` its SHA-256.
    `grupo_firma` is the group of the mandate that proposed it; without one it was proposed by who may alone.
    Done, `mandatos` are those by which it was (of who signed last, first), `limite` the smallest of theirs
    and `transaccion` the one that did it. `negado_*`: why the last signature could not do it.
    """

    __tablename__ = "registro_acto"
    __table_args__ = (
        CheckConstraint("firmas_requeridas >= 2", name="firmas"),
        CheckConstraint("monto > 0", name="monto"),
        CheckConstraint("huella = sha256(convert_to(documento, 'UTF8'))", name="huella"),
        CheckConstraint(
            "documento::jsonb ->> 'codigo' = codigo AND documento::jsonb ->> 'unidad' = unidad_id::text "
            "AND jsonb_typeof(documento::jsonb -> 'cuerpo') = 'object'",
            name="documento",
        ),
        CheckConstraint("vence_en > creado_en AND vence_en <= creado_en + interval '15 days'", name="plazo"),
        CheckConstraint("(estado = 'pendiente') = (resuelto_en IS NULL)", name="resuelto"),
        CheckConstraint("(estado IN ('pendiente', 'vencido')) = (resuelto_por IS NULL)", name="resuelto_por"),
        CheckConstraint("(estado = 'rechazado') = (motivo IS NOT NULL)", name="motivo"),
        CheckConstraint(
            "(estado = 'ejecutado') = (mandatos IS NOT NULL) "
            "AND (estado = 'ejecutado') = (transaccion IS NOT NULL) "
            "AND (limite IS NULL OR mandatos IS NOT NULL) AND cardinality(mandatos) > 0",
            name="ejecutado",
        ),
        CheckConstraint("(negado_en IS NULL) = (negado_motivo IS NULL)", name="negado"),
        UniqueConstraint("id", "huella"),
        Index("ix_registro_acto_unidad", "unidad_id", "creado_en", "id"),
        Index("ix_registro_acto_pendiente", "vence_en", postgresql_where=PENDIENTE),
        Index("ix_registro_acto_transaccion", "transaccion"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    codigo: str = Field(sa_type=String(40))
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    facultad: str = Field(sa_type=String(20))
    documento: str = Field(sa_type=Text)
    huella: bytes = Field(sa_type=LargeBinary)
    monto: Money | None = dinero(default=None)
    grupo_firma: UUID | None = None
    firmas_requeridas: int = Field(sa_type=SmallInteger)
    propuesto_por: UUID = Field(foreign_key="ciudadania_persona.id")
    creado_en: datetime = momento()
    vence_en: datetime = momento()
    estado: str = Field(default=EstadoActo.PENDIENTE.value, sa_type=String(10))
    resuelto_en: datetime | None = momento_o_nada()
    resuelto_por: UUID | None = Field(default=None, foreign_key="ciudadania_persona.id")
    motivo: str | None = Field(default=None, sa_type=String(300))
    mandatos: list[UUID] | None = Field(default=None, sa_type=ARRAY(ColumnaUuid))
    limite: Money | None = dinero(default=None)
    transaccion: int | None = Field(default=None, sa_type=BigInteger)
    negado_en: datetime | None = momento_o_nada()
    negado_motivo: str | None = Field(default=None, sa_type=String(500))


@aplicacion("SELECT, INSERT")
class FirmaDeActo(Tabla, table=True):
    """One person's signature of an act: the hash they signed, and by which mandate.

    `mandato_id` is the unit's; `mandato_propio_id`, theirs in the office to which the unit gave it.
    """

    __tablename__ = "registro_acto_firma"
    __table_args__ = (
        ForeignKeyConstraint(["acto_id", "huella"], ["registro_acto.id", "registro_acto.huella"]),
    )

    acto_id: UUID = Field(primary_key=True)
    persona_id: UUID = Field(primary_key=True, foreign_key="ciudadania_persona.id")
    huella: bytes = Field(sa_type=LargeBinary)
    mandato_id: UUID = Field(foreign_key="registro_mandato.id")
    mandato_propio_id: UUID | None = Field(default=None, foreign_key="registro_mandato.id")
    firmado_en: datetime = momento()
