"""Tables of an auction: when it is held, what is auctioned at once, who takes part, and every bid."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    Numeric,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from feria_inversa.precios import CANTIDAD
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, momento, momento_o_nada


@aplicacion("SELECT, INSERT")
class Subasta(Tabla, table=True):
    """The auction of a process, continuous or by rounds, with the minutes of the rules it was born with.

    Prepared in the act of opening (trigger); it ends when its process leaves it.
    """

    __tablename__ = "feria_subasta"
    __table_args__ = (
        CheckConstraint("duracion_min > 0 AND extension_min >= 0", name="minutos"),
        CheckConstraint(
            "CASE WHEN rondas = 0 THEN turno_min = 0 AND pausa_min = 0"
            " ELSE rondas > 0 AND turno_min > 0 AND pausa_min > 0 AND extension_min = 0 END",
            name="rondas",
        ),
    )

    convocatoria_id: UUID = Field(primary_key=True, foreign_key="feria_convocatoria.id")
    duracion_min: int = Field(sa_type=SmallInteger)
    extension_min: int = Field(sa_type=SmallInteger)
    empieza_en: datetime = momento()
    terminada_en: datetime | None = momento_o_nada()
    rondas: int = Field(default=0, sa_type=SmallInteger)
    turno_min: int = Field(default=0, sa_type=SmallInteger)
    pausa_min: int = Field(default=0, sa_type=SmallInteger)


@aplicacion("SELECT, INSERT")
class GrupoSubastado(Tabla, table=True):
    """What is auctioned at once, by the number of its first item: the step, how much of each item, in their
    order, and an end that only moves on.
    """

    __tablename__ = "feria_subasta_grupo"
    __table_args__ = (
        CheckConstraint("paso > 0", name="paso"),
        CheckConstraint("extensiones >= 0", name="extensiones"),
    )

    convocatoria_id: UUID = Field(primary_key=True, foreign_key="feria_subasta.convocatoria_id")
    numero: int = Field(primary_key=True, sa_type=SmallInteger)
    lote: int | None = Field(default=None, sa_type=SmallInteger)
    paso: Money = dinero()
    cantidades: list[Decimal] = Field(sa_type=ARRAY(CANTIDAD))
    termina_en: datetime = momento()
    extensiones: int = 0


@aplicacion("SELECT, INSERT")
class Participante(Tabla, table=True):
    """A bid that competes for something: «Proponente n» until the end, the same in all it bids for."""

    __tablename__ = "feria_subasta_participante"
    __table_args__ = (
        UniqueConstraint("convocatoria_id", "grupo", "oferta_id"),
        UniqueConstraint("convocatoria_id", "grupo", "proponente"),
        ForeignKeyConstraint(
            ["convocatoria_id", "grupo"],
            ["feria_subasta_grupo.convocatoria_id", "feria_subasta_grupo.numero"],
        ),
        ForeignKeyConstraint(
            ["oferta_id", "convocatoria_id"], ["feria_oferta.id", "feria_oferta.convocatoria_id"]
        ),
        CheckConstraint("proponente > 0", name="proponente"),
    )

    id: UUID = Field(primary_key=True)
    convocatoria_id: UUID
    grupo: int = Field(sa_type=SmallInteger)
    proponente: int = Field(sa_type=SmallInteger)
    oferta_id: UUID


@aplicacion("SELECT")
class Turno(Tabla, table=True):
    """When somebody may bid in a round; whose it is, what was bid before that round says.

    Made when the auction is prepared (trigger); only a notice of an interruption moves it.
    """

    __tablename__ = "feria_subasta_turno"
    __table_args__ = (
        ForeignKeyConstraint(
            ["convocatoria_id", "grupo"],
            ["feria_subasta_grupo.convocatoria_id", "feria_subasta_grupo.numero"],
        ),
        CheckConstraint("ronda > 0 AND orden > 0 AND desde < hasta", name="dura"),
    )

    convocatoria_id: UUID = Field(primary_key=True)
    grupo: int = Field(primary_key=True, sa_type=SmallInteger)
    ronda: int = Field(primary_key=True, sa_type=SmallInteger)
    orden: int = Field(primary_key=True, sa_type=SmallInteger)
    desde: datetime = momento()
    hasta: datetime = momento()


@aplicacion("SELECT")
class Puja(Tabla, table=True):
    """A bid, written by `feria_pujar` alone: each says the one before it, and is lower by the step at least.

    Number 0 is what the envelope said. `precios` are those of a unit, in the order of the items.
    """

    __tablename__ = "feria_puja"
    __table_args__ = (
        UniqueConstraint("participante_id", "numero", "monto"),
        UniqueConstraint("participante_id", "numero"),
        Index(
            "uq_feria_puja_participante_id_ronda",
            "participante_id",
            "ronda",
            unique=True,
            postgresql_where=text("ronda IS NOT NULL"),
        ),
        CheckConstraint("ronda IS NULL OR (ronda > 0 AND numero > 0)", name="ronda"),
        ForeignKeyConstraint(
            ["participante_id", "numero_anterior", "anterior"],
            ["feria_puja.participante_id", "feria_puja.numero", "feria_puja.monto"],
        ),
        CheckConstraint("monto > 0 AND paso > 0", name="monto"),
        CheckConstraint(
            "CASE WHEN numero = 0 THEN numero_anterior IS NULL AND anterior IS NULL"
            " ELSE coalesce(numero > 0 AND numero_anterior = numero - 1 AND monto <= anterior - paso, false)"
            " END",
            name="baja",
        ),
    )

    id: int = Field(default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    participante_id: UUID = Field(foreign_key="feria_subasta_participante.id")
    numero: int
    cliente_id: UUID = Field(unique=True)
    precios: list[Decimal] = Field(sa_type=ARRAY(Numeric(18, 4)))
    monto: Money = dinero()
    numero_anterior: int | None = None
    anterior: Money | None = dinero(default=None)
    paso: Money = dinero()
    hecha_en: datetime = momento()
    hecha_por: str = Field(max_length=200)
    ronda: int | None = Field(default=None, sa_type=SmallInteger)
