"""Tables of the kernel: outbox, deliveries (inbox), audit, idempotency keys, files."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table exists
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE (repartido_en)")
class Evento(Tabla, table=True):
    """A domain event, written in the transaction of the fact it tells (transactional outbox)."""

    __tablename__ = "nucleo_evento"
    __table_args__ = (
        Index("ix_nucleo_evento_por_repartir", "numero", postgresql_where=text("repartido_en IS NULL")),
        Index("ix_nucleo_evento_objeto", "objeto_id"),
    )

    numero: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    id: UUID = Field(unique=True)
    tipo: str = Field(max_length=80)
    objeto_id: UUID
    datos: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    actor: str = Field(max_length=120)
    creado_en: datetime = instante()
    repartido_en: datetime | None = momento_o_nada()


@aplicacion("SELECT, INSERT, UPDATE (intentos, proximo_en, hecha_en, error)")
class Entrega(Tabla, table=True):
    """One event for one consumer: done when the consumer's own transaction commits (inbox)."""

    __tablename__ = "nucleo_entrega"
    __table_args__ = (
        UniqueConstraint("evento_numero", "consumidor"),
        CheckConstraint("intentos >= 0", name="intentos"),
        Index("ix_nucleo_entrega_pendiente", "proximo_en", postgresql_where=text("hecha_en IS NULL")),
    )

    id: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    evento_numero: int = Field(
        sa_column=Column(BigInteger, ForeignKey("nucleo_evento.numero"), nullable=False)
    )
    consumidor: str = Field(max_length=120)
    intentos: int = 0
    proximo_en: datetime = instante()
    hecha_en: datetime | None = momento_o_nada()
    error: str | None = None


@aplicacion("SELECT, INSERT")
class Auditoria(Tabla, table=True):
    """Who did what, for whom, by which mandate. Append-only."""

    __tablename__ = "nucleo_auditoria"
    __table_args__ = (
        Index("ix_nucleo_auditoria_objeto", "objeto_tipo", "objeto_id"),
        Index("ix_nucleo_auditoria_unidad", "unidad_id", "numero"),
        Index("ix_nucleo_auditoria_actor", "actor_id", "numero"),
    )

    numero: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    creado_en: datetime = instante()
    actor_tipo: str = Field(max_length=10)
    actor_id: UUID | None = None
    actor_nombre: str
    unidad_id: UUID | None = None
    mandato_id: UUID | None = None
    accion: str = Field(max_length=80)
    objeto_tipo: str = Field(max_length=60)
    objeto_id: str = Field(max_length=60)
    datos: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    solicitud: str | None = Field(default=None, max_length=64)


@aplicacion("SELECT, INSERT, DELETE")
class ClaveIdempotencia(Tabla, table=True):
    """The stored answer of a request that carried `Idempotency-Key`; a key belongs to its caller."""

    __tablename__ = "nucleo_clave_idempotencia"

    actor: str = Field(primary_key=True, max_length=120)
    clave: str = Field(primary_key=True, max_length=255)
    huella: bytes = Field(sa_type=LargeBinary)
    estado: int
    cabeceras: dict[str, str] = Field(default_factory=dict, sa_type=JSONB)
    cuerpo: bytes = Field(sa_type=LargeBinary)
    creado_en: datetime = instante(index=True)


@aplicacion(
    "SELECT, INSERT, UPDATE (activo, secreto_cifrado, secreto_anterior_cifrado, anterior_hasta, "
    "fallando_desde, baja_en, motivo_baja)"
)
class Webhook(Tabla, table=True):
    """A subscription of a unit to messages about what is its own; no `tipos` means all."""

    __tablename__ = "nucleo_webhook"
    __table_args__ = (
        CheckConstraint("url LIKE 'https://%'", name="url"),
        CheckConstraint("activo = (baja_en IS NULL) AND activo = (motivo_baja IS NULL)", name="baja"),
        CheckConstraint("motivo_baja IN ('pedida', 'fallas', '410')", name="motivo_baja"),
        CheckConstraint("(secreto_anterior_cifrado IS NULL) = (anterior_hasta IS NULL)", name="anterior"),
    )

    id: UUID = Field(primary_key=True)
    duenio_id: UUID = Field(index=True)
    url: str = Field(max_length=500)
    tipos: list[str] = Field(default_factory=list, sa_type=ARRAY(String))
    secreto_cifrado: bytes = Field(sa_type=LargeBinary)
    # The one before a rotation, and until when it signs too.
    secreto_anterior_cifrado: bytes | None = Field(default=None, sa_type=LargeBinary)
    anterior_hasta: datetime | None = momento_o_nada()
    activo: bool = True
    creado_en: datetime = instante()
    fallando_desde: datetime | None = momento_o_nada()
    baja_en: datetime | None = momento_o_nada()
    motivo_baja: str | None = Field(default=None, sa_type=Text)


@aplicacion(
    "SELECT, INSERT, UPDATE (intentos, proximo_en, entregado_en, abandonado_en, ultimo_estado, "
    "ultimo_error), DELETE"
)
class MensajeWebhook(Tabla, table=True):
    """A message on its way: its exact bytes, how often it was tried and when it is due again."""

    __tablename__ = "nucleo_webhook_mensaje"
    __table_args__ = (
        CheckConstraint("intentos >= 0", name="intentos"),
        CheckConstraint("entregado_en IS NULL OR abandonado_en IS NULL", name="un_final"),
        Index(
            "ix_nucleo_webhook_mensaje_pendiente",
            "proximo_en",
            postgresql_where=text("entregado_en IS NULL AND abandonado_en IS NULL"),
        ),
        Index("ix_nucleo_webhook_mensaje_webhook", "webhook_id", "creado_en"),
        Index(
            "ix_nucleo_webhook_mensaje_terminado",
            text("coalesce(entregado_en, abandonado_en)"),
            postgresql_where=text("coalesce(entregado_en, abandonado_en) IS NOT NULL"),
        ),
    )

    id: str = Field(primary_key=True, max_length=40)
    webhook_id: UUID = Field(foreign_key="nucleo_webhook.id")
    tipo: str = Field(max_length=80)
    cuerpo: bytes = Field(sa_type=LargeBinary)
    creado_en: datetime = instante()
    intentos: int = 0
    proximo_en: datetime = instante()
    entregado_en: datetime | None = momento_o_nada()
    abandonado_en: datetime | None = momento_o_nada()
    ultimo_estado: int | None = None
    ultimo_error: str | None = None


@aplicacion("SELECT, INSERT")
class IntentoWebhook(Tabla, table=True):
    """One try of a message: what the receiver answered, how soon, with which first bytes."""

    __tablename__ = "nucleo_webhook_intento"
    __table_args__ = (
        CheckConstraint("char_length(respuesta) <= 500", name="respuesta"),
        Index("ix_nucleo_webhook_intento_mensaje_id", "mensaje_id", "numero"),
    )

    numero: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    mensaje_id: str = Field(
        sa_column=Column(
            String(40), ForeignKey("nucleo_webhook_mensaje.id", ondelete="CASCADE"), nullable=False
        )
    )
    momento: datetime = momento()
    estado: int | None = Field(default=None, sa_type=SmallInteger)
    latencia_ms: int
    respuesta: str = Field(sa_type=Text)
    error: str | None = Field(default=None, sa_type=Text)


@aplicacion("SELECT")
class Reloj(Tabla, table=True):
    """Its one row lets the clock be moved (`nucleo.reloj`); `qhatu migrate` writes it, not in production."""

    __tablename__ = "nucleo_reloj"
    __table_args__ = (CheckConstraint("se_mueve", name="se_mueve"),)

    se_mueve: bool = Field(primary_key=True)
