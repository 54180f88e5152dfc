"""Tables of the market. What must always hold is a constraint here, not a hope in the code."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field, SQLModel

from comercio.estados import EstadoPedido, EstadoProducto, Modalidad
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, instante, momento

PRECIO_MAXIMO_CENTAVOS = 100_000_000  # Bs 1.000.000
EXISTENCIA_MAXIMA = 1_000_000
CANTIDAD_MAXIMA = 999
LINEAS_MAXIMAS = 100
FOTOS_MAXIMAS = 6
PESO_MAXIMO_PEDIDO_G = 50_000  # what one parcel may weigh


def _lista(clase: type[StrEnum]) -> str:
    return ", ".join(f"'{valor}'" for valor in clase)


class UnidadMedida(StrEnum):
    UNIDAD = "unidad"
    PAR = "par"
    DOCENA = "docena"
    JUEGO = "juego"
    KILO = "kg"
    GRAMO = "g"
    ARROBA = "arroba"
    QUINTAL = "quintal"
    LITRO = "litro"
    METRO = "metro"
    METRO_CUADRADO = "m2"
    CAJA = "caja"
    PAQUETE = "paquete"
    SERVICIO = "servicio"
    HORA = "hora"


@aplicacion("SELECT")
class Categoria(Tabla, table=True):
    """A two-level tree; the code of a branch is its address in the shop."""

    __tablename__: ClassVar[str] = "comercio_categoria"
    __table_args__ = (
        ForeignKeyConstraint(["padre_codigo"], ["comercio_categoria.codigo"]),
        CheckConstraint("padre_codigo IS DISTINCT FROM codigo", name="sin_ciclo"),
    )

    codigo: str = Field(primary_key=True, max_length=40)
    padre_codigo: str | None = Field(default=None, max_length=40)
    nombre: str = Field(max_length=80)
    icono: str = Field(max_length=40)
    es_servicio: bool = False
    orden: int = Field(sa_type=SmallInteger)


@aplicacion("SELECT, INSERT, UPDATE")
class Producto(Tabla, table=True):
    """Something a unit sells.

    Seller's name and place are copied here so that a list reads one table (kept by the registry's events).
    The column `busqueda` (tsvector) is filled by a trigger and not mapped: nobody needs it in Python.
    """

    __tablename__: ClassVar[str] = "comercio_producto"
    __table_args__ = (
        UniqueConstraint("vendedor_id", "sku"),
        ForeignKeyConstraint(["vendedor_id"], ["registro_unidad.id"]),
        ForeignKeyConstraint(["categoria_codigo"], ["comercio_categoria.codigo"]),
        ForeignKeyConstraint(["raiz_codigo"], ["comercio_categoria.codigo"]),
        CheckConstraint("reservado BETWEEN 0 AND existencia", name="reservado"),
        CheckConstraint(f"existencia <= {EXISTENCIA_MAXIMA}", name="existencia"),
        CheckConstraint(f"precio BETWEEN 1 AND {PRECIO_MAXIMO_CENTAVOS}", name="precio"),
        CheckConstraint("peso_g BETWEEN 0 AND 1000000", name="peso"),
        CheckConstraint(f"estado IN ({_lista(EstadoProducto)})", name="estado"),
        CheckConstraint(f"modalidad IN ({_lista(Modalidad)})", name="modalidad"),
        CheckConstraint(f"unidad_medida IN ({_lista(UnidadMedida)})", name="unidad_medida"),
        CheckConstraint("estado <> 'publicado' OR publicado_en IS NOT NULL", name="publicado_con_fecha"),
        CheckConstraint("version >= 1", name="version"),
        ForeignKeyConstraint(["foto", "id"], ["nucleo_archivo.id", "nucleo_archivo.duenio_id"]),
        Index(None, "foto"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    vendedor_id: UUID
    vendedor_nombre: str = Field(max_length=200)
    vendedor_numero: str = Field(max_length=40)
    vendedor_habilitado: bool = True
    departamento: str = Field(max_length=2)
    lugar: str = Field(max_length=120)
    sku: str = Field(max_length=40)
    titulo: str = Field(max_length=120)
    descripcion: str = Field(max_length=4000)
    categoria_codigo: str = Field(max_length=40)
    raiz_codigo: str = Field(max_length=40)
    modalidad: str = Field(default=str(Modalidad.ENVIO), max_length=10)
    precio: Money = dinero()
    unidad_medida: str = Field(max_length=12)
    existencia: int
    reservado: int = 0
    peso_g: int = 0
    estado: str = Field(default=str(EstadoProducto.BORRADOR), max_length=12)
    foto: UUID | None = None
    version: int = 1
    creado_en: datetime = instante()
    actualizado_en: datetime = instante()
    publicado_en: datetime | None = momento(default=None)

    @property
    def disponible(self) -> int:
        return self.existencia - self.reservado

    @property
    def a_la_venta(self) -> bool:
        return self.estado == EstadoProducto.PUBLICADO and self.vendedor_habilitado


tabla_producto = SQLModel.metadata.tables["comercio_producto"]
tabla_producto.append_column(
    Column("busqueda", TSVECTOR, nullable=False, server_default=text("''::tsvector"))
)
_A_LA_VENTA = text("estado = 'publicado' AND vendedor_habilitado")
Index(
    "ix_comercio_producto_busqueda",
    tabla_producto.c.busqueda,
    postgresql_using="gin",
    postgresql_with={"fastupdate": False},
    postgresql_where=_A_LA_VENTA,
)
for _columnas in (
    ("publicado_en", "id"),
    ("precio", "id"),
    ("raiz_codigo", "publicado_en", "id"),
    ("categoria_codigo", "publicado_en", "id"),
    ("departamento", "publicado_en", "id"),
    ("vendedor_id", "publicado_en", "id"),
):
    Index(None, *(tabla_producto.c[c] for c in _columnas), postgresql_where=_A_LA_VENTA)


@aplicacion("SELECT, INSERT, UPDATE, DELETE")
class ProductoFoto(Tabla, table=True):
    """A picture of a product; the first in order is also `Producto.foto`."""

    __tablename__: ClassVar[str] = "comercio_producto_foto"
    __table_args__ = (
        UniqueConstraint("producto_id", "orden"),
        UniqueConstraint("archivo_id"),
        ForeignKeyConstraint(["producto_id"], ["comercio_producto.id"]),
        ForeignKeyConstraint(
            ["archivo_id", "producto_id"], ["nucleo_archivo.id", "nucleo_archivo.duenio_id"]
        ),
        CheckConstraint(f"orden BETWEEN 1 AND {FOTOS_MAXIMAS}", name="orden"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    producto_id: UUID
    archivo_id: UUID
    descripcion: str = Field(max_length=200)
    orden: int = Field(sa_type=SmallInteger)


@aplicacion("SELECT, INSERT")
class Vocablo(Tabla, table=True):
    """Every word of a published title, without accents: what a mistyped word may have meant."""

    __tablename__: ClassVar[str] = "comercio_vocablo"
    __table_args__ = (
        Index(None, "palabra", postgresql_using="gin", postgresql_ops={"palabra": "gin_trgm_ops"}),
    )

    palabra: str = Field(primary_key=True, max_length=120)


@aplicacion("SELECT, INSERT, UPDATE, DELETE")
class Carrito(Tabla, table=True):
    """Of a person, or of whoever holds the token in their cookie (only its SHA-256 is kept)."""

    __tablename__: ClassVar[str] = "comercio_carrito"
    __table_args__ = (
        UniqueConstraint("persona_id"),
        UniqueConstraint("ficha_sha256"),
        ForeignKeyConstraint(["persona_id"], ["ciudadania_persona.id"]),
        CheckConstraint("(persona_id IS NULL) <> (ficha_sha256 IS NULL)", name="un_titular"),
        Index(None, "actualizado_en", postgresql_where=text("persona_id IS NULL")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    persona_id: UUID | None = None
    ficha_sha256: bytes | None = Field(default=None, sa_type=LargeBinary)
    creado_en: datetime = instante()
    actualizado_en: datetime = instante()


@aplicacion("SELECT, INSERT, UPDATE, DELETE")
class CarritoLinea(Tabla, table=True):
    """One line per product: adding again sums. `precio_visto` is the price when it was put in."""

    __tablename__: ClassVar[str] = "comercio_carrito_linea"
    __table_args__ = (
        ForeignKeyConstraint(["carrito_id"], ["comercio_carrito.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["producto_id"], ["comercio_producto.id"]),
        CheckConstraint(f"cantidad BETWEEN 1 AND {CANTIDAD_MAXIMA}", name="cantidad"),
        Index(None, "producto_id"),
    )

    carrito_id: UUID = Field(primary_key=True)
    producto_id: UUID = Field(primary_key=True)
    cantidad: int
    precio_visto: Money = dinero()
    agregado_en: datetime = instante()


@aplicacion("SELECT, INSERT")
class Compra(Tabla, table=True):
    """What a buyer paid in one go, over one or several sellers. Its id is given by the client."""

    __tablename__: ClassVar[str] = "comercio_compra"
    __table_args__ = (
        ForeignKeyConstraint(["comprador_id"], ["ciudadania_persona.id"]),
        CheckConstraint("total > 0", name="total"),
        CheckConstraint(r"telefono ~ '^\+?[0-9]{5,20}$'", name="telefono"),
        Index(None, "comprador_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    comprador_id: UUID
    total: Money = dinero()
    huella: str = Field(max_length=64)
    destinatario: str = Field(max_length=120)
    telefono: str = Field(max_length=20)
    municipio_ine: str = Field(max_length=6)
    lugar: str = Field(max_length=120)
    referencia: str = Field(max_length=300)
    creado_en: datetime = instante()


@aplicacion("SELECT, INSERT, UPDATE")
class Pedido(Tabla, table=True):
    """The part of a purchase that one seller fulfils. Amounts never change after the sale."""

    __tablename__: ClassVar[str] = "comercio_pedido"
    __table_args__ = (
        UniqueConstraint("numero"),
        UniqueConstraint("compra_id", "vendedor_id", "modalidad"),
        UniqueConstraint("custodia_id"),
        UniqueConstraint("envio_id"),
        ForeignKeyConstraint(["compra_id"], ["comercio_compra.id"]),
        ForeignKeyConstraint(["vendedor_id"], ["registro_unidad.id"]),
        ForeignKeyConstraint(["comprador_id"], ["ciudadania_persona.id"]),
        CheckConstraint(f"estado IN ({_lista(EstadoPedido)})", name="estado"),
        CheckConstraint(f"modalidad IN ({_lista(Modalidad)})", name="modalidad"),
        CheckConstraint("total > 0", name="total"),
        CheckConstraint("(estado = 'liberado') = (confirmacion_id IS NOT NULL)", name="liberado"),
        CheckConstraint("(estado = 'cancelado') = (anulacion_id IS NOT NULL)", name="cancelado"),
        CheckConstraint(
            "modalidad <> 'envio' OR estado NOT IN ('despachado', 'entregado', 'liberado')"
            " OR envio_id IS NOT NULL",
            name="con_envio",
        ),
        CheckConstraint("envio_id IS NULL OR estado NOT IN ('pagado', 'en_preparacion')", name="sin_envio"),
        CheckConstraint("peso_g >= 0", name="peso"),
        Index(None, "comprador_id", "id"),
        Index(None, "vendedor_id", "id"),
        Index(None, "despachar_hasta", postgresql_where=text("estado IN ('pagado', 'en_preparacion')")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    numero: str = Field(max_length=20)
    compra_id: UUID
    vendedor_id: UUID
    vendedor_nombre: str = Field(max_length=200)
    vendedor_numero: str = Field(max_length=40)
    comprador_id: UUID
    modalidad: str = Field(max_length=10)
    estado: str = Field(default=str(EstadoPedido.PAGADO), max_length=16)
    total: Money = dinero()
    peso_g: int = 0
    custodia_id: UUID
    confirmacion_id: UUID | None = None
    comision_transferencia_id: UUID | None = None
    anulacion_id: UUID | None = None
    envio_id: UUID | None = None
    envio_numero: str | None = Field(default=None, max_length=20)
    despachar_hasta: datetime = momento()
    version: int = 1
    creado_en: datetime = instante()
    actualizado_en: datetime = instante()


@aplicacion("SELECT, INSERT")
class PedidoLinea(Tabla, table=True):
    """A product as it was sold: name, price and quantity frozen."""

    __tablename__: ClassVar[str] = "comercio_pedido_linea"
    __table_args__ = (
        UniqueConstraint("pedido_id", "producto_id"),
        ForeignKeyConstraint(["pedido_id"], ["comercio_pedido.id"]),
        ForeignKeyConstraint(["producto_id"], ["comercio_producto.id"]),
        ForeignKeyConstraint(["foto", "producto_id"], ["nucleo_archivo.id", "nucleo_archivo.duenio_id"]),
        CheckConstraint("importe = precio * cantidad AND precio > 0 AND cantidad > 0", name="importe"),
        Index(None, "producto_id"),
        Index(None, "foto"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    pedido_id: UUID
    producto_id: UUID
    sku: str = Field(max_length=40)
    titulo: str = Field(max_length=120)
    foto: UUID | None = None
    unidad_medida: str = Field(max_length=12)
    precio: Money = dinero()
    cantidad: int
    importe: Money = dinero()


@aplicacion("SELECT, INSERT")
class ComisionPedido(Tabla, table=True):
    """The market's commission, frozen at the sale with the rate it came from; never recomputed on read."""

    __tablename__: ClassVar[str] = "comercio_pedido_comision"
    __table_args__ = (
        ForeignKeyConstraint(["pedido_id"], ["comercio_pedido.id"]),
        ForeignKeyConstraint(["tasa_id"], ["pagos_comision.id"]),
        CheckConstraint("impuesto >= 0 AND monto >= impuesto", name="impuesto"),
    )

    pedido_id: UUID = Field(primary_key=True)
    tasa_id: UUID
    tasa_pb: int
    monto: Money = dinero()
    impuesto_pb: int
    impuesto: Money = dinero()


@aplicacion("SELECT, INSERT")
class PedidoPaso(Tabla, table=True):
    """One step in the life of an order; append-only."""

    __tablename__: ClassVar[str] = "comercio_pedido_paso"
    __table_args__ = (
        ForeignKeyConstraint(["pedido_id"], ["comercio_pedido.id"]),
        CheckConstraint(f"estado IN ({_lista(EstadoPedido)})", name="estado"),
        UniqueConstraint("pedido_id", "estado"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    pedido_id: UUID
    estado: str = Field(max_length=16)
    actor: str = Field(max_length=200)
    detalle: str = Field(default="", max_length=300)
    ocurrio_en: datetime = instante()


__all__ = [
    "Carrito",
    "CarritoLinea",
    "Categoria",
    "ComisionPedido",
    "Compra",
    "Pedido",
    "PedidoLinea",
    "PedidoPaso",
    "Producto",
    "ProductoFoto",
    "UnidadMedida",
    "Vocablo",
]
