"""Tables of wallets: requests for money, codes to be paid by."""

from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, entero, instante, momento, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE")
class Solicitud(Tabla, table=True):
    """Somebody asks a person for money; its row moves once, from pendiente to one of the four ends."""

    __tablename__ = "pagos_solicitud"
    __table_args__ = (
        UniqueConstraint("transferencia_id"),
        Index("ix_pagos_solicitud_solicitante", "solicitante_id", "creada_en", "id"),
        Index("ix_pagos_solicitud_pagador", "pagador_id", "creada_en", "id"),
        Index("ix_pagos_solicitud_vence_en", "vence_en", postgresql_where=text("estado = 'pendiente'")),
    )

    id: UUID = Field(primary_key=True)
    solicitante_id: UUID = Field(foreign_key="ciudadania_persona.id")
    cuenta_id: int = entero(foreign_key="pagos_cuenta.id")
    pagador_id: UUID = Field(foreign_key="ciudadania_persona.id")
    pagador_nombre: str | None = Field(default=None, sa_type=String(200))  # as who asks may read it
    monto: Money = dinero()
    motivo: str = Field(sa_type=String(140))
    estado: str = Field(
        default="pendiente", sa_type=String(10), sa_column_kwargs={"server_default": "pendiente"}
    )
    creada_en: datetime = instante()
    vence_en: datetime = momento()
    resuelta_en: datetime | None = momento_o_nada()
    transferencia_id: UUID | None = None


@aplicacion("SELECT, INSERT, UPDATE (anulado_en)")
class CodigoDePersona(Tabla, table=True):
    """A QR under which a person is paid. Never changed (a trigger): it expires, or is voided once."""

    __tablename__ = "pagos_codigo_de_persona"
    __table_args__ = (
        UniqueConstraint("codigo"),
        Index("ix_pagos_codigo_de_persona_persona", "persona_id", "creado_en"),
        CheckConstraint("codigo ~ '^[A-Z2-7]{16}$'", name="codigo_bien_escrito"),
        CheckConstraint("monto > 0", name="monto_positivo"),
        CheckConstraint("nota <> '' AND nota = btrim(nota)", name="nota_escrita"),
        CheckConstraint("vence_en > creado_en", name="vence_despues"),
    )

    id: UUID = Field(primary_key=True)
    codigo: str = Field(sa_type=String(16))  # what is printed: random, and of no account
    persona_id: UUID = Field(foreign_key="ciudadania_persona.id")
    monto: Money | None = dinero(default=None)  # None: who pays writes it
    nota: str | None = Field(default=None, sa_type=String(140))
    creado_en: datetime = instante()
    vence_en: datetime | None = momento_o_nada()
    anulado_en: datetime | None = momento_o_nada()


@aplicacion("SELECT, INSERT, UPDATE (hasta_numero)")
class DestinatarioOlvidado(Tabla, table=True):
    """Whom a person took off the list of those they send to, until they send to them again."""

    __tablename__ = "pagos_destinatario_olvidado"

    persona_id: UUID = Field(primary_key=True, foreign_key="ciudadania_persona.id")
    olvidado_id: UUID = Field(primary_key=True, foreign_key="ciudadania_persona.id")
    hasta_numero: int = entero()
