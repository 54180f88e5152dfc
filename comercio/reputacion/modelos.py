"""Tables of reputation. The database counts; the application tells it what happened, and when to count."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from comercio.reputacion.clases import Clase, Falta
from nucleo.enumeraciones import valores
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento


@aplicacion("SELECT, INSERT")
class FaltaDePedido(Tabla, table=True):
    """Something that went wrong with an order by its seller; append-only."""

    __tablename__: ClassVar[str] = "comercio_falta"
    __table_args__ = (
        ForeignKeyConstraint(["pedido_id"], ["comercio_pedido.id"]),
        CheckConstraint(f"falta IN ({valores(Falta)})", name="falta"),
    )

    pedido_id: UUID = Field(primary_key=True)
    falta: str = Field(primary_key=True, max_length=10)
    ocurrio_en: datetime = instante()


@aplicacion("SELECT")
class ReglaDeReputacion(Tabla, table=True):
    """How it is counted from a date on: over the last `dias` if they have `ventas_minimas`, else over
    `dias_si_pocas`; of each fault, up to its part of the sales (basis points), or `tolerancia`, is well.
    """

    __tablename__: ClassVar[str] = "comercio_regla_reputacion"
    __table_args__ = (
        UniqueConstraint("vigente_desde"),
        CheckConstraint("0 < dias AND dias < dias_si_pocas AND dias_si_pocas <= 3660", name="dias"),
        CheckConstraint("ventas_minimas > 0 AND tolerancia >= 0", name="minimos"),
        CheckConstraint(
            "reclamo_pb BETWEEN 0 AND 10000 AND tarde_pb BETWEEN 0 AND 10000"
            " AND cancelada_pb BETWEEN 0 AND 10000",
            name="partes",
        ),
    )

    id: UUID = Field(primary_key=True)
    vigente_desde: date
    dias: int
    dias_si_pocas: int
    ventas_minimas: int
    tolerancia: int
    reclamo_pb: int
    tarde_pb: int
    cancelada_pb: int
    norma: str = Field(max_length=200)


@aplicacion("SELECT")
class ReputacionDeUnidad(Tabla, table=True):
    """What the database counted of a unit until `hasta`: `comercio_recalificar` alone writes it."""

    __tablename__: ClassVar[str] = "comercio_reputacion"
    __table_args__ = (
        ForeignKeyConstraint(["unidad_id"], ["registro_unidad.id"]),
        ForeignKeyConstraint(["regla_id"], ["comercio_regla_reputacion.id"]),
        CheckConstraint(f"clase IN ({valores(Clase)})", name="clase"),
        Index(None, "regla_id"),
        Index(None, "hasta", "unidad_id"),
    )

    unidad_id: UUID = Field(primary_key=True)
    regla_id: UUID
    hasta: datetime = momento()
    dias: int
    ventas: int
    reclamos: int
    tardes: int
    canceladas: int
    clase: str = Field(max_length=12)
