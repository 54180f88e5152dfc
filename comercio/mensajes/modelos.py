"""Tables of questions and of messages. What must always hold is in the migrations too."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from comercio.mensajes.estados import EstadoPregunta
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento, momento_o_nada

MENSAJES_MAXIMO = 500  # of an order


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


@aplicacion("SELECT, UPDATE (leido_comprador, leido_vendedor)")
class Hilo(Tabla, table=True):
    """How far the messages of an order go and how far each side has read; kept by the database itself."""

    __tablename__: ClassVar[str] = "comercio_hilo"
    __table_args__ = (
        ForeignKeyConstraint(["pedido_id"], ["comercio_pedido.id"]),
        ForeignKeyConstraint(["vendedor_id"], ["registro_unidad.id"]),
        ForeignKeyConstraint(["comprador_parte_id"], ["registro_parte.id"]),
        CheckConstraint(f"numero BETWEEN 1 AND {MENSAJES_MAXIMO}", name="numero"),
        CheckConstraint(
            "numero = greatest(ultimo_comprador, ultimo_vendedor)"
            " AND least(ultimo_comprador, ultimo_vendedor) >= 0",
            name="ultimos",
        ),
        CheckConstraint(
            "leido_comprador BETWEEN 0 AND numero AND leido_vendedor BETWEEN 0 AND numero", name="leidos"
        ),
        Index(None, "vendedor_id", postgresql_where=text("ultimo_comprador > leido_vendedor")),
        Index(None, "comprador_parte_id", postgresql_where=text("ultimo_vendedor > leido_comprador")),
    )

    pedido_id: UUID = Field(primary_key=True)
    vendedor_id: UUID
    comprador_parte_id: UUID
    numero: int
    ultimo_comprador: int
    ultimo_vendedor: int
    leido_comprador: int
    leido_vendedor: int


@aplicacion("SELECT, INSERT")
class Mensaje(Tabla, table=True):
    """What one side of an order wrote to the other, with a file or without; append-only. `persona_id` is
    nobody when a program of the unit wrote it."""

    __tablename__: ClassVar[str] = "comercio_mensaje"
    __table_args__ = (
        UniqueConstraint("pedido_id", "numero"),
        ForeignKeyConstraint(["pedido_id"], ["comercio_pedido.id"]),
        ForeignKeyConstraint(["persona_id"], ["ciudadania_persona.id"]),
        ForeignKeyConstraint(
            ["archivo_id", "id"],
            ["nucleo_archivo.id", "nucleo_archivo.duenio_id"],
            name="fk_comercio_mensaje_archivo",
        ),
        CheckConstraint("lado IN ('comprador', 'vendedor')", name="lado"),
        CheckConstraint(f"numero BETWEEN 1 AND {MENSAJES_MAXIMO}", name="numero"),
        CheckConstraint("texto <> ''", name="texto"),
        Index(None, "archivo_id"),
        Index(None, "persona_id"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    pedido_id: UUID
    numero: int
    lado: str = Field(max_length=10)
    persona_id: UUID | None = None
    actor: str = Field(max_length=200)
    texto: str = Field(max_length=1000)
    archivo_id: UUID | None = None
    escrito_en: datetime = instante()
