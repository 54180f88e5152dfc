"""Tables of the keys: who holds them, and their parts. All these rows together open no envelope."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field

from feria_inversa.llaves.estados import EstadoResguardo
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento_o_nada

_ESTADOS = ", ".join(f"'{estado}'" for estado in EstadoResguardo)


@aplicacion("SELECT, INSERT, UPDATE (estado, vigente_desde, terminado_en, motivo_fin)")
class Resguardo(Tabla, table=True):
    """The people who hold the keys of an entity's processes: `umbral` of them open, fewer never do."""

    __tablename__ = "feria_resguardo"
    __table_args__ = (
        CheckConstraint(f"estado IN ({_ESTADOS})", name="estado"),
        CheckConstraint("umbral >= 2", name="umbral"),
        CheckConstraint("estado <> 'vigente' OR vigente_desde IS NOT NULL", name="vigente_desde"),
        CheckConstraint("(estado = 'terminado') = (terminado_en IS NOT NULL)", name="terminado_en"),
        CheckConstraint("motivo_fin IS NULL OR estado = 'terminado'", name="motivo_fin"),
        Index(
            "uq_feria_resguardo_vigente",
            "unidad_id",
            unique=True,
            postgresql_where=text("estado = 'vigente'"),
        ),
        Index(
            "uq_feria_resguardo_preparacion",
            "unidad_id",
            unique=True,
            postgresql_where=text("estado IN ('inscripcion', 'ensayo')"),
        ),
        Index("ix_feria_resguardo_unidad", "unidad_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    umbral: int = Field(sa_type=SmallInteger)
    estado: str = Field(default=EstadoResguardo.INSCRIPCION, max_length=12)
    creado_en: datetime = instante()
    creado_por: str = Field(max_length=200)
    vigente_desde: datetime | None = momento_o_nada()
    terminado_en: datetime | None = momento_o_nada()
    motivo_fin: str | None = Field(default=None, sa_type=Text)


@aplicacion("SELECT, INSERT, UPDATE (publica, inscrito_en, perdida_en)")
class Depositario(Tabla, table=True):
    """A person who holds a part of each key. The platform knows only their public key; to bring it is to
    accept, and it changes until it opened its part of a rehearsal. `perdida_en`: they said that it is lost.
    """

    __tablename__ = "feria_depositario"
    __table_args__ = (
        UniqueConstraint("resguardo_id", "persona_id"),
        UniqueConstraint("resguardo_id", "publica"),
        CheckConstraint("numero BETWEEN 1 AND 7", name="numero"),
        CheckConstraint("octet_length(publica) = 32", name="publica"),
        CheckConstraint("(publica IS NULL) = (inscrito_en IS NULL)", name="inscrito_en"),
        CheckConstraint("perdida_en IS NULL OR publica IS NOT NULL", name="perdida_en"),
        Index("ix_feria_depositario_persona", "persona_id"),
    )

    resguardo_id: UUID = Field(primary_key=True, foreign_key="feria_resguardo.id")
    numero: int = Field(primary_key=True, sa_type=SmallInteger)
    persona_id: UUID = Field(foreign_key="ciudadania_persona.id")
    publica: bytes | None = Field(default=None, sa_type=LargeBinary)
    inscrito_en: datetime | None = momento_o_nada()
    perdida_en: datetime | None = momento_o_nada()


@aplicacion("SELECT, INSERT")
class Llave(Tabla, table=True):
    """The public key to which the bids of a process are sealed; without a process, that of a rehearsal. One
    with two envelopes has another for the technical part (`tecnica`).
    """

    __tablename__ = "feria_llave"
    __table_args__ = (
        UniqueConstraint("id", "resguardo_id"),
        UniqueConstraint("convocatoria_id", "tecnica"),
        CheckConstraint("NOT tecnica OR convocatoria_id IS NOT NULL", name="tecnica"),
        CheckConstraint("octet_length(publica) = 32", name="publica"),
        Index(
            "ix_feria_llave_ensayo",
            "resguardo_id",
            "creada_en",
            postgresql_where=text("convocatoria_id IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    resguardo_id: UUID = Field(foreign_key="feria_resguardo.id")
    convocatoria_id: UUID | None = Field(default=None, foreign_key="feria_convocatoria.id")
    tecnica: bool = False
    publica: bytes = Field(sa_type=LargeBinary, unique=True)
    creada_en: datetime = instante()


@aplicacion("SELECT, INSERT, UPDATE (entregada, entregada_en, entregada_por)")
class Parte(Tabla, table=True):
    """A part of a key, sealed to its holder, and the digest of its words.

    `entregada` are the words, from when their holder gives them after the deadline until the process is
    opened or cancelled: one less than what opens are ever written down, and then none.
    """

    __tablename__ = "feria_parte"
    __table_args__ = (
        ForeignKeyConstraint(["llave_id", "resguardo_id"], ["feria_llave.id", "feria_llave.resguardo_id"]),
        ForeignKeyConstraint(
            ["resguardo_id", "numero"], ["feria_depositario.resguardo_id", "feria_depositario.numero"]
        ),
        CheckConstraint("huella ~ '^[0-9a-f]{64}$'", name="huella"),
        CheckConstraint(
            "entregada IS NULL OR encode(sha256(convert_to(entregada, 'UTF8')), 'hex') = huella",
            name="entregada",
        ),
        CheckConstraint(
            "(entregada_en IS NULL) = (entregada_por IS NULL) "
            "AND (entregada IS NULL OR entregada_en IS NOT NULL)",
            name="entregada_en",
        ),
    )

    llave_id: UUID = Field(primary_key=True)
    numero: int = Field(primary_key=True, sa_type=SmallInteger)
    resguardo_id: UUID
    cifrada: bytes = Field(sa_type=LargeBinary)
    huella: str = Field(max_length=64)
    entregada: str | None = Field(default=None, sa_type=Text)
    entregada_en: datetime | None = momento_o_nada()
    entregada_por: str | None = Field(default=None, max_length=200)
