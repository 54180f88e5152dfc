"""Tables of reviews. What must always hold is in the migrations too."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, UniqueConstraint, text
from sqlmodel import Field

from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento


@aplicacion("SELECT, INSERT")
class Opinion(Tabla, table=True):
    """What who bought says of a line of their order, once. `estrellas` and `version` are those of its last
    version and `oculta` is what its last moderation says: triggers alone write them.
    """

    __tablename__: ClassVar[str] = "comercio_opinion"
    __table_args__ = (
        UniqueConstraint("linea_id"),
        ForeignKeyConstraint(
            ["linea_id", "pedido_id"], ["comercio_pedido_linea.id", "comercio_pedido_linea.pedido_id"]
        ),
        ForeignKeyConstraint(["producto_id"], ["comercio_producto.id"]),
        ForeignKeyConstraint(["vendedor_id"], ["registro_unidad.id"]),
        CheckConstraint("estrellas BETWEEN 1 AND 5", name="estrellas"),
        CheckConstraint("editable_hasta > publicada_en", name="editable"),
        Index(None, "pedido_id"),
        Index(None, "producto_id", "id"),
        Index(None, "vendedor_id", "id"),
        Index("ix_comercio_opinion_oculta", "id", postgresql_where=text("oculta")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    pedido_id: UUID
    linea_id: UUID
    producto_id: UUID
    vendedor_id: UUID
    autor: str = Field(max_length=120)
    estrellas: int = Field(sa_type=SmallInteger)
    version: int = 1
    oculta: bool = False
    publicada_en: datetime = momento()
    editable_hasta: datetime = momento()


@aplicacion("SELECT, INSERT")
class OpinionVersion(Tabla, table=True):
    """What a review said, each time it was written; append-only."""

    __tablename__: ClassVar[str] = "comercio_opinion_version"
    __table_args__ = (
        ForeignKeyConstraint(["opinion_id"], ["comercio_opinion.id"]),
        ForeignKeyConstraint(["persona_id"], ["ciudadania_persona.id"]),
        CheckConstraint("estrellas BETWEEN 1 AND 5", name="estrellas"),
        CheckConstraint("numero BETWEEN 1 AND 99", name="numero"),
        Index(None, "persona_id"),
    )

    opinion_id: UUID = Field(primary_key=True)
    numero: int = Field(primary_key=True)
    estrellas: int = Field(sa_type=SmallInteger)
    texto: str = Field(max_length=2000)
    persona_id: UUID
    actor: str = Field(max_length=200)
    ocurrio_en: datetime = instante()


@aplicacion("SELECT, INSERT")
class OpinionRespuesta(Tabla, table=True):
    """What who sold answered, once, to one version of a review; append-only."""

    __tablename__: ClassVar[str] = "comercio_opinion_respuesta"
    __table_args__ = (
        ForeignKeyConstraint(
            ["opinion_id", "version"],
            ["comercio_opinion_version.opinion_id", "comercio_opinion_version.numero"],
        ),
    )

    opinion_id: UUID = Field(primary_key=True)
    version: int
    texto: str = Field(max_length=1000)
    actor: str = Field(max_length=200)
    ocurrio_en: datetime = instante()


@aplicacion("SELECT, INSERT")
class OpinionModeracion(Tabla, table=True):
    """A decision of the authority on a review: who, when, why; append-only. The text stays."""

    __tablename__: ClassVar[str] = "comercio_opinion_moderacion"
    __table_args__ = (
        ForeignKeyConstraint(["opinion_id"], ["comercio_opinion.id"]),
        Index(None, "opinion_id", "id"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    opinion_id: UUID
    oculta: bool
    motivo: str = Field(max_length=500)
    actor: str = Field(max_length=200)
    ocurrio_en: datetime = instante()
