"""Tables of questions. What must always hold is in the migrations too."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlmodel import Field

from comercio.mensajes.estados import EstadoPregunta
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE (estado, terminada_en)")
class Pregunta(Tabla, table=True):
    """What somebody asks about a product before buying; until it is answered only they and who sells read it.
    `vence_en`: until when it may be answered.
    """

    __tablename__: ClassVar[str] = "comercio_pregunta"
    __table_args__ = (
        ForeignKeyConstraint(["producto_id"], ["comercio_producto.id"]),
        ForeignKeyConstraint(["vendedor_id"], ["registro_unidad.id"]),
        ForeignKeyConstraint(["persona_id"], ["ciudadania_persona.id"]),
        CheckConstraint(f"estado IN ({valores(EstadoPregunta)})", name="estado"),
        CheckConstraint("(terminada_en IS NULL) = (estado = 'abierta')", name="fin"),
        CheckConstraint("vence_en > hecha_en", name="plazo"),
        Index(None, "producto_id", "id"),
        Index(None, "vendedor_id", "id"),
        Index(None, "persona_id", "id"),
        Index(None, "vence_en", "id", postgresql_where=text("estado = 'abierta'")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    producto_id: UUID
    vendedor_id: UUID
    persona_id: UUID
    texto: str = Field(max_length=500)
    estado: str = Field(default=str(EstadoPregunta.ABIERTA), max_length=10)
    hecha_en: datetime = momento()
    vence_en: datetime = momento()
    terminada_en: datetime | None = momento_o_nada()


@aplicacion("SELECT, INSERT")
class RespuestaDePregunta(Tabla, table=True):
    """What who sells answered, once; append-only."""

    __tablename__: ClassVar[str] = "comercio_pregunta_respuesta"
    __table_args__ = (ForeignKeyConstraint(["pregunta_id"], ["comercio_pregunta.id"]),)

    pregunta_id: UUID = Field(primary_key=True)
    texto: str = Field(max_length=1000)
    actor: str = Field(max_length=200)
    ocurrio_en: datetime = instante()
