"""The table of frozen searches. What must always hold is a constraint here, not a hope in the code."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, momento

DOCUMENTO_MAXIMO = 200_000


@aplicacion("SELECT, INSERT")
class Congelada(Tabla, table=True):
    """What the shop answered to a search, at an instant, for an entity; append-only.

    `documento` is canonical JSON (sorted keys, no spaces, UTF-8); `huella`, its SHA-256, is the database's to
    check. `producto_id`: the result that the search led to, if it led to one.
    """

    __tablename__: ClassVar[str] = "comercio_busqueda_congelada"
    __table_args__ = (
        UniqueConstraint("numero"),
        UniqueConstraint("huella"),
        UniqueConstraint("id", "entidad_id"),
        ForeignKeyConstraint(["entidad_id"], ["registro_unidad.id"]),
        ForeignKeyConstraint(["persona_id"], ["ciudadania_persona.id"]),
        ForeignKeyConstraint(["mandato_id"], ["registro_mandato.id"]),
        ForeignKeyConstraint(["producto_id"], ["comercio_producto.id"]),
        CheckConstraint("huella = encode(sha256(convert_to(documento, 'UTF8')), 'hex')", name="huella"),
        CheckConstraint(f"length(documento) BETWEEN 2 AND {DOCUMENTO_MAXIMO}", name="documento"),
        CheckConstraint("para_que <> ''", name="para_que"),
        Index(None, "entidad_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    numero: str = Field(max_length=20)
    entidad_id: UUID
    persona_id: UUID
    mandato_id: UUID
    producto_id: UUID | None = None
    para_que: str = Field(max_length=300)
    documento: str = Field(sa_type=Text)
    huella: str = Field(max_length=64)
    congelada_en: datetime = momento()
