"""What one side of an order asked of the other. What must always hold is in the migrations too."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlmodel import Field

from comercio.acuerdos.estados import TONOS, ClaseDeAcuerdo, EstadoAcuerdo
from comercio.agenda import Lado
from comercio.catalogo import Cantidad
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE (estado, terminado_en)")
class Acuerdo(Tabla, table=True):
    """One thing asked: until when it would be dispatched, or how much less of a line there would be. One at a
    time of an order; it is granted before `responder_hasta` or not at all.
    """

    __tablename__: ClassVar[str] = "comercio_acuerdo"
    __table_args__ = (
        ForeignKeyConstraint(
            ["linea_id", "pedido_id"], ["comercio_pedido_linea.id", "comercio_pedido_linea.pedido_id"]
        ),
        CheckConstraint(f"clase IN ({valores(ClaseDeAcuerdo)})", name="clase"),
        CheckConstraint(f"estado IN ({valores(EstadoAcuerdo)})", name="estado"),
        CheckConstraint(f"propuso IN ({valores(Lado)})", name="propuso"),
        CheckConstraint("motivo <> ''", name="motivo"),
        CheckConstraint("cantidad > 0", name="cantidad"),
        CheckConstraint(
            "CASE clase WHEN 'plazo' THEN propuso = 'vendedor' AND despachar_hasta IS NOT NULL"
            " AND num_nonnulls(linea_id, cantidad) = 0"
            " ELSE despachar_hasta IS NULL AND num_nonnulls(linea_id, cantidad) = 2 END",
            name="de_su_clase",
        ),
        CheckConstraint("(estado = 'propuesto') = (terminado_en IS NULL)", name="fin"),
        CheckConstraint("estado <> 'aceptado' OR terminado_en <= responder_hasta", name="a_tiempo"),
        CheckConstraint(
            "terminado_en >= creado_en AND (estado <> 'vencido' OR terminado_en >= responder_hasta)",
            name="cuando",
        ),
        Index(
            "uq_comercio_acuerdo_propuesto",
            "pedido_id",
            unique=True,
            postgresql_where=text("estado = 'propuesto'"),
        ),
        Index(None, "pedido_id", "id"),
        Index(None, "linea_id", "pedido_id"),
        Index(None, "responder_hasta", postgresql_where=text("estado = 'propuesto'")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    pedido_id: UUID = Field(foreign_key="comercio_pedido.id")
    clase: str = Field(max_length=8)
    propuso: str = Field(max_length=9)
    motivo: str = Field(max_length=300)
    despachar_hasta: datetime | None = momento_o_nada()
    linea_id: UUID | None = None
    cantidad: Decimal | None = Field(default=None, sa_type=Cantidad)
    estado: str = Field(default=str(EstadoAcuerdo.PROPUESTO), max_length=12)
    responder_hasta: datetime = momento()
    creado_en: datetime = instante()
    terminado_en: datetime | None = momento_o_nada()

    @property
    def texto(self) -> str:
        return EstadoAcuerdo(self.estado).texto

    @property
    def tono(self) -> str:
        return TONOS[EstadoAcuerdo(self.estado)]
