"""Tables of people, their sessions and tokens, machine clients and the mailbox."""

from dataclasses import fields
from datetime import date, datetime
from enum import IntEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    Computed,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlmodel import Field, SQLModel

import nucleo.bd  # noqa: F401  (sets the naming convention before any table is declared)
from ciudadania.valores import Cliente, Persona
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.reloj import ahora
from nucleo.tablas import Tabla, momento, momento_o_nada


class NivelIdentidad(IntEnum):
    """How sure the platform is of who somebody is."""

    DECLARADA = 1
    VERIFICADA = 2  # signed in through Ciudadanía Digital, whose accounts are opened against the card
    FIRMA_DIGITAL = 3


@aplicacion(
    "SELECT, INSERT, UPDATE (emisor, sub, nombres, primer_apellido, segundo_apellido, nacimiento, celular, "
    "correo, nivel, actualizado_en)"
)
class Ciudadano(Tabla, table=True):
    """A citizen: one row per identity card (number and complement)."""

    __tablename__ = "ciudadania_persona"
    __table_args__ = (
        UniqueConstraint("ci", "complemento", postgresql_nulls_not_distinct=True),
        UniqueConstraint("emisor", "sub"),
        CheckConstraint("ci ~ '^[1-9][0-9]{3,11}$'", name="ci_valida"),
        CheckConstraint("complemento ~ '^[0-9A-Z]{2}$'", name="complemento_valido"),
        CheckConstraint("primer_apellido IS NOT NULL OR segundo_apellido IS NOT NULL", name="un_apellido"),
        CheckConstraint("(emisor IS NULL) = (sub IS NULL)", name="emisor_y_sub"),
        CheckConstraint("nivel BETWEEN 1 AND 3", name="nivel_valido"),
        CheckConstraint(r"celular ~ '^\+[1-9][0-9]{6,14}$'", name="celular_e164"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    emisor: str | None = Field(default=None, sa_type=Text)
    sub: str | None = Field(default=None, sa_type=Text)
    ci: str = Field(sa_type=Text)
    complemento: str | None = Field(default=None, sa_type=Text)
    nombres: str = Field(sa_type=Text)
    primer_apellido: str | None = Field(default=None, sa_type=Text)
    segundo_apellido: str | None = Field(default=None, sa_type=Text)
    nacimiento: date | None = None
    celular: str | None = Field(default=None, sa_type=Text)
    correo: str | None = Field(default=None, sa_type=Text)
    nivel: int = Field(default=NivelIdentidad.VERIFICADA, sa_column_kwargs={"server_default": "2"})
    creado_en: datetime = momento(default_factory=ahora)
    actualizado_en: datetime = momento(default_factory=ahora)

    def valor(self) -> Persona:
        """What leaves this room."""
        return Persona(**{campo.name: getattr(self, campo.name) for campo in fields(Persona)})


@aplicacion("SELECT, INSERT, UPDATE (vence_en), DELETE")
class InicioSesion(Tabla, table=True):
    """One attempt to sign in: what the return from the provider must match. Lives minutes, used once."""

    __tablename__ = "ciudadania_inicio_sesion"

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    huella_estado: bytes = Field(sa_type=LargeBinary, unique=True)
    huella_navegador: bytes = Field(sa_type=LargeBinary)
    nonce: str = Field(sa_type=Text)
    verificador: str = Field(sa_type=Text)
    volver: str = Field(sa_type=Text)
    max_age_s: int | None = None
    creado_en: datetime = momento()
    vence_en: datetime = momento(index=True)


@aplicacion("SELECT, INSERT, UPDATE (visto_en, cerrado_en, motivo_cierre), DELETE")
class SesionWeb(Tabla, table=True):
    """A signed-in browser. Only the hash of its secret is kept: a stolen copy of this table opens nothing."""

    __tablename__ = "ciudadania_sesion"
    __table_args__ = (
        CheckConstraint("octet_length(huella) = 32", name="huella_sha256"),
        CheckConstraint("vence_en > creado_en", name="vence_despues"),
        CheckConstraint("(cerrado_en IS NULL) = (motivo_cierre IS NULL)", name="cierre_completo"),
        Index(
            "ix_ciudadania_sesion_abierta",
            "persona_id",
            "vence_en",
            postgresql_where=text("cerrado_en IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    huella: bytes = Field(sa_type=LargeBinary, unique=True)
    persona_id: UUID = Field(foreign_key="ciudadania_persona.id")
    autenticado_en: datetime = momento()
    agente: str = Field(default="", sa_type=Text)
    id_token: str | None = Field(default=None, sa_type=Text)
    creado_en: datetime = momento()
    visto_en: datetime = momento()
    vence_en: datetime = momento()
    cerrado_en: datetime | None = momento_o_nada()
    motivo_cierre: str | None = Field(default=None, sa_type=Text)


@aplicacion(
    "SELECT, INSERT, UPDATE (huella_secreto, pista, secreto_desde, secreto_vence_en, huella_anterior, "
    "anterior_vence_en, avisado_de, usado_en, revocado_en, revocado_motivo)"
)
class ClienteMaquina(Tabla, table=True):
    """A program that signs in with OAuth 2 client credentials, on behalf of one economic unit.

    Name, unit and scopes never change: who needs others connects another program. The former secret lasts a
    few days at most, and a program that was disconnected never comes back (a trigger says so).
    """

    __tablename__ = "ciudadania_cliente"
    __table_args__ = (
        CheckConstraint("octet_length(huella_secreto) = 32", name="huella_sha256"),
        CheckConstraint("octet_length(huella_anterior) = 32", name="huella_anterior_sha256"),
        CheckConstraint("huella_anterior <> huella_secreto", name="dos_secretos_distintos"),
        CheckConstraint("(huella_anterior IS NULL) = (anterior_vence_en IS NULL)", name="anterior_completo"),
        CheckConstraint("anterior_vence_en <= secreto_desde + interval '7 days'", name="traslape_corto"),
        CheckConstraint(
            "secreto_vence_en > secreto_desde AND secreto_vence_en <= secreto_desde + interval '366 days'",
            name="vigencia_del_secreto",
        ),
        CheckConstraint("char_length(nombre) BETWEEN 1 AND 80", name="nombre_corto"),
        CheckConstraint("cardinality(alcances) > 0", name="algun_alcance"),
        CheckConstraint("(revocado_en IS NULL) = (revocado_motivo IS NULL)", name="revocacion"),
        Index(
            "uq_ciudadania_cliente_nombre",
            "unidad_id",
            "nombre",
            unique=True,
            postgresql_where=text("revocado_en IS NULL"),
        ),
        Index(
            "ix_ciudadania_cliente_vence", "secreto_vence_en", postgresql_where=text("revocado_en IS NULL")
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    nombre: str = Field(sa_type=Text)
    huella_secreto: bytes = Field(sa_type=LargeBinary)
    pista: str = Field(sa_type=Text)
    secreto_desde: datetime = momento()
    secreto_vence_en: datetime = momento()
    huella_anterior: bytes | None = Field(default=None, sa_type=LargeBinary)
    anterior_vence_en: datetime | None = momento_o_nada()
    # The end of the secret of which the unit was already told.
    avisado_de: datetime | None = momento_o_nada()
    # The registry of units is a room above this one: a plain id, no foreign key.
    unidad_id: UUID = Field(index=True)
    alcances: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
    creado_en: datetime = momento(default_factory=ahora)
    usado_en: datetime | None = momento_o_nada()
    revocado_en: datetime | None = momento_o_nada()
    revocado_motivo: str | None = Field(default=None, sa_type=Text)

    def valor(self) -> Cliente:
        """What leaves this room."""
        datos = {campo.name: getattr(self, campo.name) for campo in fields(Cliente)}
        return Cliente(**datos | {"alcances": tuple(self.alcances)})


@aplicacion("SELECT, INSERT, UPDATE (revocado_en), DELETE")
class Token(Tabla, table=True):
    """An opaque bearer token of a person or of a machine client; only its hash is kept."""

    __tablename__ = "ciudadania_token"
    __table_args__ = (
        CheckConstraint("num_nonnulls(persona_id, cliente_id) = 1", name="un_titular"),
        CheckConstraint("octet_length(huella) = 32", name="huella_sha256"),
        CheckConstraint("vence_en > creado_en", name="vence_despues"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    huella: bytes = Field(sa_type=LargeBinary, unique=True)
    persona_id: UUID | None = Field(default=None, foreign_key="ciudadania_persona.id", index=True)
    cliente_id: UUID | None = Field(default=None, foreign_key="ciudadania_cliente.id", index=True)
    alcances: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
    creado_en: datetime = momento()
    vence_en: datetime = momento(index=True)
    revocado_en: datetime | None = momento_o_nada()


@aplicacion("SELECT, INSERT, UPDATE (leido_en)")
class Notificacion(Tabla, table=True):
    """A message delivered to the mailbox of a person or of a unit; its text never changes.

    `destinatario_id` is whose mailbox it lies in; `grupo` is shared by what is shown as one line
    (`ciudadania.clases`).
    """

    __tablename__ = "ciudadania_notificacion"
    __table_args__ = (
        CheckConstraint("num_nonnulls(persona_id, unidad_id) >= 1", name="un_destinatario"),
        CheckConstraint("enlace ~ '^/([^/\\\\]|$)'", name="enlace_propio"),
        CheckConstraint("char_length(asunto) BETWEEN 1 AND 200", name="asunto_corto"),
        CheckConstraint("clase ~ '^[a-z_]+(\\.[a-z_]+)*$'", name="clase"),
        CheckConstraint("NOT legal OR grupo = id", name="legal_sola"),
        Index("ix_ciudadania_notificacion_destinatario", "destinatario_id", "creado_en", "id"),
        Index(
            "ix_ciudadania_notificacion_sin_leer",
            "destinatario_id",
            "grupo",
            postgresql_where=text("leido_en IS NULL"),
        ),
        Index("ix_ciudadania_notificacion_grupo", "grupo", "creado_en", "id"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    persona_id: UUID | None = Field(default=None, foreign_key="ciudadania_persona.id")
    unidad_id: UUID | None = None
    destinatario_id: UUID = Field(
        default=None, sa_column=Column(Uuid, Computed("coalesce(persona_id, unidad_id)", persisted=True))
    )
    clase: str = Field(sa_type=Text)
    legal: bool
    grupo: UUID
    asunto: str = Field(sa_type=Text)
    cuerpo: str = Field(sa_type=Text)
    enlace: str | None = Field(default=None, sa_type=Text)
    creado_en: datetime = momento()
    # The first reading by anybody entitled; every reader's own proof is a `Lectura`.
    leido_en: datetime | None = momento_o_nada()


# Words of subject and text; queried, never loaded.
tabla_notificacion = SQLModel.metadata.tables["ciudadania_notificacion"]
tabla_notificacion.append_column(
    Column(
        "busqueda",
        TSVECTOR,
        Computed("to_tsvector('ciudadania_es'::regconfig, (asunto || ' '::text) || cuerpo)", persisted=True),
    )
)
Index("ix_ciudadania_notificacion_busqueda", tabla_notificacion.c.busqueda, postgresql_using="gin")


@aplicacion("SELECT, INSERT")
class Lectura(Tabla, table=True):
    """Proof that a person read a notification, and when; append-only.

    `mandatos`: by which chain they read a unit's; the database takes no proof without a valid one.
    """

    __tablename__ = "ciudadania_lectura"
    __table_args__ = (UniqueConstraint("notificacion_id", "persona_id"),)

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    notificacion_id: UUID = Field(foreign_key="ciudadania_notificacion.id")
    persona_id: UUID = Field(foreign_key="ciudadania_persona.id", index=True)
    mandatos: list[UUID] = Field(
        default_factory=list,
        sa_type=ARRAY(Uuid),
        sa_column_kwargs={"server_default": "{}"},
    )
    leido_en: datetime = momento()


@aplicacion("SELECT, INSERT, UPDATE (resumen_diario)")
class PreferenciaDeBuzon(Tabla, table=True):
    """How a person wants to be told; without a row, every notice by itself."""

    __tablename__ = "ciudadania_preferencia"

    persona_id: UUID = Field(primary_key=True, foreign_key="ciudadania_persona.id")
    resumen_diario: bool = False


@aplicacion("SELECT, INSERT")
class Resumen(Tabla, table=True):
    """What came to a person's mailboxes in one day, told once: a person and a day have one."""

    __tablename__ = "ciudadania_resumen"

    persona_id: UUID = Field(primary_key=True, foreign_key="ciudadania_persona.id")
    dia: date = Field(primary_key=True)
    # [{"clase": code, "cuantas": n, "asunto": the newest}], legal ones first
    lineas: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB)
    creado_en: datetime = momento()


@aplicacion("SELECT, INSERT, UPDATE (revocado_en)")
class CanalDeBuzon(Tabla, table=True):
    """An address that tells a person's news to a feed reader; who has it reads subjects, opens nothing."""

    __tablename__ = "ciudadania_canal"
    __table_args__ = (
        CheckConstraint("octet_length(huella) = 32", name="huella_sha256"),
        Index(
            "uq_ciudadania_canal_vigente",
            "persona_id",
            unique=True,
            postgresql_where=text("revocado_en IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    persona_id: UUID = Field(foreign_key="ciudadania_persona.id")
    huella: bytes = Field(sa_type=LargeBinary, unique=True)
    creado_en: datetime = momento()
    revocado_en: datetime | None = momento_o_nada()
