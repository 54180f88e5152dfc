"""Parcels of orders and what of an order was cancelled. What must always hold is in the migrations too."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Numeric, UniqueConstraint, text
from sqlmodel import Field

from comercio.compra import Quien
from comercio.formas import FormaDeEntrega
from comercio.pedidos.estados import SALDAN, TONOS, EstadoPaquete
from envios import codigo_dicho
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, instante, momento_o_nada

CANTIDAD = Numeric(14, 4)
_SALDAN = ", ".join(f"'{e}'" for e in SALDAN)


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, saldado, despachado_en, entregado_en, vence_en, incidencia,"
    " codigo_version, codigo_fallos)"
)
class Paquete(Tabla, table=True):
    """A part of an order that goes together, as the order was sold. `despachado_en`: since when it is out of
    the seller's hands, or waits for who bought it, and its units out of stock. `vence_en`: when it is given
    up for lost. What goes from hand to hand has no shipment and a delivery code of its own. `saldado`:
    what it held was given back, or is free to be sent otherwise, whatever becomes of it later.
    """

    __tablename__: ClassVar[str] = "comercio_paquete"
    __table_args__ = (
        UniqueConstraint("pedido_id", "numero"),
        UniqueConstraint("id", "pedido_id"),
        UniqueConstraint("envio_id"),
        ForeignKeyConstraint(["pedido_id", "forma"], ["comercio_pedido.id", "comercio_pedido.forma"]),
        ForeignKeyConstraint(["envio_id"], ["envios_envio.id"]),
        CheckConstraint(f"estado IN ({valores(EstadoPaquete)})", name="estado"),
        CheckConstraint("numero BETWEEN 1 AND 99", name="numero"),
        CheckConstraint("estado <> 'entregado' OR entregado_en IS NOT NULL", name="entregado"),
        CheckConstraint("estado <> 'despachado' OR despachado_en IS NOT NULL", name="despachado"),
        CheckConstraint(f"saldado OR estado NOT IN ({_SALDAN})", name="saldado"),
        CheckConstraint(
            "CASE forma"
            " WHEN 'correo' THEN num_nonnulls(envio_id, envio_numero) = 2 AND codigo_version IS NULL"
            " ELSE num_nonnulls(envio_id, envio_numero) = 0 AND coalesce(codigo_version, 0) >= 1 END",
            name="de_su_forma",
        ),
        CheckConstraint("codigo_fallos BETWEEN 0 AND 5", name="codigo_fallos"),
        Index(
            "uq_comercio_paquete_en_mano",
            "pedido_id",
            unique=True,
            postgresql_where=text("forma <> 'correo' AND estado IN ('anunciado', 'despachado')"),
        ),
        Index(None, "vence_en", "id", postgresql_where=text("estado = 'despachado'")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    pedido_id: UUID
    numero: int
    forma: str = Field(max_length=8)
    envio_id: UUID | None = None
    envio_numero: str | None = Field(default=None, max_length=20)
    codigo_version: int | None = None
    codigo_fallos: int = 0
    estado: str = Field(default=str(EstadoPaquete.ANUNCIADO), max_length=12)
    saldado: bool = False
    despachado_en: datetime | None = momento_o_nada()
    entregado_en: datetime | None = momento_o_nada()
    vence_en: datetime | None = momento_o_nada()
    incidencia: str = Field(default="", max_length=300)
    creado_en: datetime = instante()

    @property
    def texto(self) -> str:
        return EstadoPaquete(self.estado).en(FormaDeEntrega(self.forma))

    @property
    def en_mano(self) -> bool:
        """Whether it goes from the seller to who bought it without a shipment."""
        return self.forma != FormaDeEntrega.CORREO

    @property
    def codigo_entrega(self) -> str:
        """What who bought it shows to the seller; of what goes by post, the shipment has it."""
        assert self.codigo_version is not None
        return codigo_dicho(self.id, self.codigo_version)

    @property
    def tono(self) -> str:
        return TONOS[EstadoPaquete(self.estado)]


@aplicacion("SELECT, INSERT")
class PaqueteLinea(Tabla, table=True):
    """How much of a line of the order goes in a parcel; append-only."""

    __tablename__: ClassVar[str] = "comercio_paquete_linea"
    __table_args__ = (
        ForeignKeyConstraint(
            ["paquete_id", "pedido_id"], ["comercio_paquete.id", "comercio_paquete.pedido_id"]
        ),
        ForeignKeyConstraint(
            ["linea_id", "pedido_id"], ["comercio_pedido_linea.id", "comercio_pedido_linea.pedido_id"]
        ),
        CheckConstraint("cantidad > 0", name="cantidad"),
        Index(None, "linea_id"),
    )

    paquete_id: UUID = Field(primary_key=True)
    linea_id: UUID = Field(primary_key=True)
    pedido_id: UUID
    cantidad: Decimal = Field(sa_type=CANTIDAD)


@aplicacion("SELECT")
class ApartadoDeLinea(Tabla, table=True):
    """How much of a line its order keeps reserved of its stock; no row of what keeps nothing. The database
    alone writes it, when the order, its parcels or its lines change, and compares it with the stock.
    """

    __tablename__: ClassVar[str] = "comercio_apartado"
    __table_args__ = (
        ForeignKeyConstraint(["linea_id"], ["comercio_pedido_linea.id"]),
        ForeignKeyConstraint(["existencia_id"], ["comercio_existencia.id"]),
        CheckConstraint("cantidad > 0", name="cantidad"),
        Index(None, "existencia_id"),
    )

    linea_id: UUID = Field(primary_key=True)
    existencia_id: UUID
    cantidad: Decimal = Field(sa_type=CANTIDAD)


@aplicacion("SELECT, INSERT")
class CancelacionDeLinea(Tabla, table=True):
    """How much of a line of an order was cancelled, and what was given back for it; append-only. All that
    was cancelled for one cause was given back in one transfer. `de_acuerdo`: both sides wanted it, whoever
    of them said so last.
    """

    __tablename__: ClassVar[str] = "comercio_pedido_cancelacion"
    __table_args__ = (
        UniqueConstraint("causa", "linea_id"),
        ForeignKeyConstraint(
            ["linea_id", "pedido_id"], ["comercio_pedido_linea.id", "comercio_pedido_linea.pedido_id"]
        ),
        CheckConstraint("cantidad > 0 AND importe >= 0", name="montos"),
        CheckConstraint(f"quien IN ({valores(Quien)})", name="quien"),
        Index(None, "pedido_id"),
        Index(None, "linea_id"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    pedido_id: UUID
    linea_id: UUID
    causa: UUID
    cantidad: Decimal = Field(sa_type=CANTIDAD)
    importe: Money = dinero()
    actor: str = Field(max_length=200)
    quien: str | None = Field(default=None, max_length=10)
    de_acuerdo: bool = False
    motivo: str = Field(max_length=300)
    ocurrio_en: datetime = instante()


@aplicacion("SELECT, INSERT")
class DevolucionDeLinea(Tabla, table=True):
    """What a claim (`causa`) gave back of a line without cancelling it; append-only. With what was cancelled
    of the line it is never more than that cost.
    """

    __tablename__: ClassVar[str] = "comercio_pedido_devolucion"
    __table_args__ = (
        ForeignKeyConstraint(
            ["linea_id", "pedido_id"], ["comercio_pedido_linea.id", "comercio_pedido_linea.pedido_id"]
        ),
        CheckConstraint("importe > 0", name="importe"),
        Index(None, "pedido_id"),
        Index(None, "linea_id"),
    )

    causa: UUID = Field(primary_key=True)
    linea_id: UUID = Field(primary_key=True)
    pedido_id: UUID
    importe: Money = dinero()
    ocurrio_en: datetime = instante()
