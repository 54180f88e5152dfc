"""Tables of purchases and orders. What must always hold is a constraint here, not a hope in the code."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from comercio.catalogo import Cantidad, Modalidad, en_su_medida
from comercio.compra.estados import ClaseDeCargo, EstadoPedido, EstadoServicio, Paga, Quien, Recibe
from comercio.formas import FormaDeEntrega
from nucleo.dinero import Centavos
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, instante, momento, momento_o_nada, suma

PESO_MAXIMO_PEDIDO_G = 50_000  # what one parcel may weigh
PESO_MAXIMO_EN_MANO_G = 1_000_000_000  # what is picked up, or its seller takes there


@aplicacion("SELECT, INSERT")
class Compra(Tabla, table=True):
    """What a party (a citizen or a unit) paid in one go, over one or several sellers. Its id is given by the
    client. `factura_*`: in whose name the sellers bill it, when somebody asked for it. Of a gift, no prices
    go with it, and `mensaje` does.
    """

    __tablename__: ClassVar[str] = "comercio_compra"
    __table_args__ = (
        UniqueConstraint("id", "comprador_parte_id"),
        ForeignKeyConstraint(["comprador_parte_id"], ["registro_parte.id"]),
        CheckConstraint("total > 0", name="total"),
        CheckConstraint("num_nonnulls(municipio_ine, lugar, referencia) IN (0, 3)", name="donde"),
        CheckConstraint("(factura_nombre IS NULL) = (factura_nit IS NULL)", name="factura"),
        CheckConstraint("regalo OR mensaje = ''", name="mensaje"),
        CheckConstraint("factura_nit ~ '^[0-9]{4,13}$'", name="factura_nit"),
        CheckConstraint(r"telefono ~ '^\+?[0-9]{5,20}$'", name="telefono"),
        Index(None, "comprador_parte_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    comprador_parte_id: UUID
    total: Money = dinero()
    huella: str = Field(max_length=64)
    destinatario: str = Field(max_length=120)
    telefono: str = Field(max_length=20)
    municipio_ine: str | None = Field(default=None, max_length=6)
    lugar: str | None = Field(default=None, max_length=120)
    referencia: str | None = Field(default=None, max_length=300)
    factura_nombre: str | None = Field(default=None, max_length=200)
    factura_nit: str | None = Field(default=None, max_length=13)
    regalo: bool = False
    mensaje: str = Field(default="", max_length=300)
    creado_en: datetime = instante()


@aplicacion("SELECT, INSERT, UPDATE")
class Pedido(Tabla, table=True):
    """The part of a purchase that one seller fulfils. Amounts never change after the sale, nor how it gets to
    who bought it (`forma`; a service has none), what they were told of that (`indicaciones`), from how much
    in goods on it was for nothing, when that is why it was (`gratis_desde`), and what its seller was then
    (`reputacion`, written by a trigger). `conforme_en`: when who bought goods said that what
    came is well.
    """

    __tablename__: ClassVar[str] = "comercio_pedido"
    __table_args__ = (
        UniqueConstraint("numero"),
        UniqueConstraint("compra_id", "vendedor_id", "modalidad"),
        UniqueConstraint("id", "forma"),
        ForeignKeyConstraint(
            ["compra_id", "comprador_parte_id"], ["comercio_compra.id", "comercio_compra.comprador_parte_id"]
        ),
        ForeignKeyConstraint(["vendedor_id"], ["registro_unidad.id"]),
        CheckConstraint(f"estado IN ({valores(EstadoPedido)})", name="estado"),
        CheckConstraint(f"modalidad IN ({valores(Modalidad)})", name="modalidad"),
        CheckConstraint("total > 0", name="total"),
        CheckConstraint("peso_g >= 0", name="peso"),
        CheckConstraint(
            "CASE modalidad WHEN 'servicio' THEN forma IS NULL"
            f" ELSE coalesce(forma, '') IN ({valores(FormaDeEntrega)}) END",
            name="forma",
        ),
        CheckConstraint(
            "gratis_desde IS NULL OR gratis_desde > 0 AND forma IS NOT NULL", name="gratis_desde"
        ),
        CheckConstraint("dias_de_elaboracion BETWEEN 0 AND 365", name="dias_de_elaboracion"),
        CheckConstraint("reputacion IN ('buena', 'sin_historia', 'mala')", name="reputacion"),
        Index(None, "comprador_parte_id", "id"),
        Index(None, "vendedor_id", "id"),
        Index(None, "vendedor_id", "creado_en"),
        Index(
            None,
            "despachar_hasta",
            postgresql_where=text("estado IN ('confirmado', 'pagado', 'en_preparacion')"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    numero: str = Field(max_length=20)
    compra_id: UUID
    vendedor_id: UUID
    vendedor_nombre: str = Field(max_length=200)
    vendedor_numero: str = Field(max_length=40)
    comprador_parte_id: UUID
    modalidad: str = Field(max_length=10)
    forma: str | None = Field(default=None, max_length=8)
    indicaciones: str = Field(default="", max_length=300)
    estado: str = Field(default=str(EstadoPedido.PAGADO), max_length=16)
    total: Money = dinero()
    gratis_desde: Money | None = Field(default=None, sa_type=Centavos)
    peso_g: int = 0
    dias_de_elaboracion: int = Field(default=0, sa_type=SmallInteger)
    despachar_hasta: datetime = momento()
    reputacion: str = Field(default="sin_historia", max_length=12)
    version: int = 1
    creado_en: datetime = instante()
    actualizado_en: datetime = instante()
    conforme_en: datetime | None = momento_o_nada()


@aplicacion("SELECT, INSERT")
class PedidoLinea(Tabla, table=True):
    """A variant as it was sold: name, price, quantity and weight of one frozen, and its stock. `descuento`:
    what the charges of its promotion and its coupon took off; it cost the rest. `precio_desde`: from how many
    on that is its price, when it is one by quantity.
    """

    __tablename__: ClassVar[str] = "comercio_pedido_linea"
    __table_args__ = (
        UniqueConstraint("pedido_id", "variante_id"),
        UniqueConstraint("id", "pedido_id"),
        ForeignKeyConstraint(["pedido_id"], ["comercio_pedido.id"]),
        ForeignKeyConstraint(
            ["variante_id", "producto_id"], ["comercio_variante.id", "comercio_variante.producto_id"]
        ),
        ForeignKeyConstraint(
            ["existencia_id", "variante_id"], ["comercio_existencia.id", "comercio_existencia.variante_id"]
        ),
        ForeignKeyConstraint(["foto", "producto_id"], ["nucleo_archivo.id", "nucleo_archivo.duenio_id"]),
        CheckConstraint(
            "importe = round(precio * cantidad) AND importe > 0 AND precio > 0 AND cantidad > 0",
            name="importe",
        ),
        CheckConstraint("descuento >= 0 AND descuento < importe", name="descuento"),
        CheckConstraint("precio_desde > 0 AND precio_desde <= cantidad", name="precio_desde"),
        CheckConstraint(en_su_medida("cantidad"), name="en_su_medida"),
        CheckConstraint("peso_g BETWEEN 0 AND 1000000", name="peso"),
        Index(None, "producto_id"),
        Index(None, "variante_id"),
        Index(None, "existencia_id"),
        Index(None, "foto"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    pedido_id: UUID
    producto_id: UUID
    variante_id: UUID
    existencia_id: UUID
    sku: str = Field(max_length=40)
    titulo: str = Field(max_length=120)
    opcion: str = Field(default="", max_length=200)
    foto: UUID | None = None
    unidad_medida: str = Field(max_length=12)
    precio: Money = dinero()
    precio_desde: Decimal | None = Field(default=None, sa_type=Cantidad)
    cantidad: Decimal = Field(sa_type=Cantidad)
    importe: Money = dinero()
    descuento: Money = suma()
    peso_g: int

    @property
    def costo(self) -> Money:
        """What was paid for it."""
        return self.importe - self.descuento


@aplicacion("SELECT, INSERT")
class Cargo(Tabla, table=True):
    """What somebody pays of an order, line by line, frozen at the sale: what its buyer pays adds up to its
    total, which its account received (a discount is below zero, of a line, and says by which promotion or
    coupon, and how it was called). The commission keeps the rate that it came from, and its tax.
    """

    __tablename__: ClassVar[str] = "comercio_pedido_cargo"
    __table_args__ = (
        ForeignKeyConstraint(["pedido_id"], ["comercio_pedido.id"]),
        ForeignKeyConstraint(
            ["linea_id", "pedido_id"], ["comercio_pedido_linea.id", "comercio_pedido_linea.pedido_id"]
        ),
        ForeignKeyConstraint(["tasa_id"], ["pagos_comision.id"]),
        ForeignKeyConstraint(["promocion_id"], ["comercio_promocion.id"]),
        ForeignKeyConstraint(["cupon_id"], ["comercio_cupon.id"]),
        CheckConstraint(f"clase IN ({valores(ClaseDeCargo)})", name="clase"),
        CheckConstraint(f"paga IN ({valores(Paga)})", name="paga"),
        CheckConstraint(f"recibe IN ({valores(Recibe)})", name="recibe"),
        CheckConstraint(
            "CASE clase WHEN 'bienes' THEN paga = 'comprador' AND recibe = 'vendedor'"
            " AND linea_id IS NOT NULL AND monto > 0"
            " WHEN 'comision' THEN paga = 'vendedor' AND recibe = 'plataforma' AND monto >= impuesto"
            " WHEN 'porte' THEN recibe <> 'plataforma' AND monto >= 0"
            " WHEN 'descuento' THEN paga = 'comprador' AND recibe = 'vendedor'"
            " AND linea_id IS NOT NULL AND monto < 0 ELSE monto <> 0 END",
            name="de_su_clase",
        ),
        CheckConstraint(
            "num_nonnulls(promocion_id, cupon_id) = CASE clase WHEN 'descuento' THEN 1 ELSE 0 END",
            name="por_que",
        ),
        CheckConstraint("impuesto >= 0", name="impuesto"),
        CheckConstraint(
            "num_nonnulls(tasa_id, tasa_pb, impuesto_pb) = CASE clase WHEN 'comision' THEN 3 ELSE 0 END",
            name="tasa",
        ),
        Index(None, "pedido_id", "id"),
        Index(
            "uq_comercio_pedido_cargo_bienes",
            "linea_id",
            unique=True,
            postgresql_where=text("clase = 'bienes'"),
        ),
        Index(
            "uq_comercio_pedido_cargo_promocion",
            "linea_id",
            unique=True,
            postgresql_where=text("promocion_id IS NOT NULL"),
        ),
        Index(
            "uq_comercio_pedido_cargo_cupon",
            "linea_id",
            unique=True,
            postgresql_where=text("cupon_id IS NOT NULL"),
        ),
        Index(
            "uq_comercio_pedido_cargo_comision",
            "pedido_id",
            unique=True,
            postgresql_where=text("clase = 'comision'"),
        ),
        Index(
            "uq_comercio_pedido_cargo_porte",
            "pedido_id",
            unique=True,
            postgresql_where=text("clase = 'porte'"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    pedido_id: UUID
    clase: str = Field(max_length=10)
    paga: str = Field(max_length=10)
    recibe: str = Field(max_length=10)
    monto: Money = dinero()
    linea_id: UUID | None = None
    detalle: str = Field(default="", max_length=120)
    promocion_id: UUID | None = None
    cupon_id: UUID | None = None
    tasa_id: UUID | None = None
    tasa_pb: int | None = None
    impuesto_pb: int | None = None
    impuesto: Money = suma()
    creado_en: datetime = instante()

    @property
    def texto(self) -> str:
        return self.detalle or ClaseDeCargo(self.clase).texto


@aplicacion("SELECT, INSERT")
class PorteCotizado(Tabla, table=True):
    """By whose rate the postage of an order was charged: the operator, the service and the working days that
    who bought was shown, and what the parcel weighed."""

    __tablename__: ClassVar[str] = "comercio_pedido_porte"
    __table_args__ = (
        ForeignKeyConstraint(["pedido_id"], ["comercio_pedido.id"]),
        ForeignKeyConstraint(["operador_unidad_id"], ["registro_unidad.id"]),
        CheckConstraint("dias >= 0", name="dias"),
        CheckConstraint("peso_g >= 0", name="peso"),
        Index(None, "operador_unidad_id"),
    )

    pedido_id: UUID = Field(primary_key=True)
    operador_unidad_id: UUID
    operador: str = Field(max_length=200)
    servicio: str = Field(max_length=120)
    dias: int = Field(sa_type=SmallInteger)
    peso_g: int


@aplicacion("SELECT, INSERT")
class PedidoPaso(Tabla, table=True):
    """One step in the life of an order, and which side took it; append-only. Nobody said whose the first ones
    were."""

    __tablename__: ClassVar[str] = "comercio_pedido_paso"
    __table_args__ = (
        ForeignKeyConstraint(["pedido_id"], ["comercio_pedido.id"]),
        CheckConstraint(f"estado IN ({valores(EstadoPedido)})", name="estado"),
        CheckConstraint(f"quien IN ({valores(Quien)})", name="quien"),
        Index(None, "pedido_id", "ocurrio_en"),
        Index(
            "uq_comercio_pedido_paso_fin",
            "pedido_id",
            unique=True,
            postgresql_where=text("estado IN ('concluido', 'cancelado')"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    pedido_id: UUID
    estado: str = Field(max_length=16)
    actor: str = Field(max_length=200)
    quien: str | None = Field(default=None, max_length=10)
    detalle: str = Field(default="", max_length=300)
    ocurrio_en: datetime = instante()


@aplicacion("SELECT")
class ReglaContraEntrega(Tabla, table=True):
    """When cash on delivery is offered, dated: up to how much each order costs (`tope`), and to whom no more
    than `vueltas` of theirs came back without being paid for in the last `dias`, and who have no more than
    `abiertos` to be paid so at once.
    """

    __tablename__: ClassVar[str] = "comercio_regla_contra_entrega"
    __table_args__ = (
        CheckConstraint("tope > 0 AND vueltas >= 0 AND dias > 0", name="montos"),
        CheckConstraint("abiertos > 0", name="abiertos"),
        CheckConstraint("vigente_hasta > vigente_desde", name="vigencia"),
        ExcludeConstraint(
            (text("daterange(vigente_desde, vigente_hasta)"), "&&"),
            name="ex_comercio_regla_contra_entrega_una",
        ),
    )

    vigente_desde: date = Field(primary_key=True)
    vigente_hasta: date | None = None
    tope: Money = dinero()
    vueltas: int = Field(sa_type=SmallInteger)
    dias: int = Field(sa_type=SmallInteger)
    norma: str = Field(max_length=200)
    confirmado: bool
    abiertos: int = Field(sa_type=SmallInteger)


@aplicacion("SELECT, INSERT, UPDATE (estado, prestado_en, evidencia, conforme_hasta, terminado_en)")
class Servicio(Tabla, table=True):
    """What an order of a service promises to do: a life beside the order's, as a parcel's is. With an agenda,
    at an appointment of so many minutes in it, as it was sold, and in `lugar`; empty: where who bought it
    said."""

    __tablename__: ClassVar[str] = "comercio_servicio"
    __table_args__ = (
        ForeignKeyConstraint(["pedido_id"], ["comercio_pedido.id"]),
        UniqueConstraint("pedido_id", "agenda_id"),
        ForeignKeyConstraint(["agenda_id"], ["comercio_agenda.id"]),
        CheckConstraint("(agenda_id IS NULL) = (duracion_min IS NULL)", name="con_cita"),
        CheckConstraint(f"estado IN ({valores(EstadoServicio)})", name="estado"),
        CheckConstraint("(prestado_en IS NULL) = (conforme_hasta IS NULL)", name="prestado"),
        CheckConstraint("estado <> 'prestado' OR prestado_en IS NOT NULL", name="con_fecha"),
        Index(None, "agenda_id"),
        Index(None, "conforme_hasta", "pedido_id", postgresql_where=text("estado = 'prestado'")),
    )

    pedido_id: UUID = Field(primary_key=True)
    estado: str = Field(default=str(EstadoServicio.AGENDADO), max_length=10)
    agenda_id: UUID | None = None
    duracion_min: int | None = Field(default=None, sa_type=SmallInteger)
    lugar: str = Field(default="", max_length=200)
    prestado_en: datetime | None = momento_o_nada()
    evidencia: str = Field(default="", max_length=1000)
    conforme_hasta: datetime | None = momento_o_nada()
    terminado_en: datetime | None = momento_o_nada()
