"""Tables of the catalogue. What must always hold is a constraint here, not a hope in the code."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlmodel import Field, SQLModel

from comercio.catalogo.estados import ClaseDeRegla, EstadoProducto, EstadoVariante, Modalidad, Motivo
from comercio.catalogo.medidas import Cantidad, UnidadMedida, en_su_medida
from nucleo.dinero import Centavos
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, instante, momento, momento_o_nada

PRECIO_MAXIMO_CENTAVOS = 100_000_000  # Bs 1.000.000
EXISTENCIA_MAXIMA = 1_000_000
FOTOS_MAXIMAS = 6
VARIANTES_MAXIMAS = 60
ESCALONES_MAXIMOS = 5
DIAS_DE_ELABORACION_MAXIMOS = 180


@aplicacion("SELECT")
class Categoria(Tabla, table=True):
    """A two-level tree; the code of a branch is its address in the shop. `unspsc` is the family of the United
    Nations' classification that public buyers use; a branch has none: its categories are of several."""

    __tablename__: ClassVar[str] = "comercio_categoria"
    __table_args__ = (
        ForeignKeyConstraint(["padre_codigo"], ["comercio_categoria.codigo"]),
        CheckConstraint("padre_codigo IS DISTINCT FROM codigo", name="sin_ciclo"),
        CheckConstraint(
            "(unspsc IS NULL) = (padre_codigo IS NULL) AND unspsc ~ '^[0-9]{4}0000$'", name="unspsc"
        ),
    )

    codigo: str = Field(primary_key=True, max_length=40)
    padre_codigo: str | None = Field(default=None, max_length=40)
    nombre: str = Field(max_length=80)
    icono: str = Field(max_length=40)
    es_servicio: bool = False
    orden: int = Field(sa_type=SmallInteger)
    unspsc: str | None = Field(default=None, max_length=8)


@aplicacion("SELECT")
class Atributo(Tabla, table=True):
    """What may tell variants apart in a category, or in all those of a branch: size, colour."""

    __tablename__: ClassVar[str] = "comercio_atributo"
    __table_args__ = (
        ForeignKeyConstraint(["categoria_codigo"], ["comercio_categoria.codigo"]),
        CheckConstraint("nombre ~ '^[a-záéíóúñü]+( [a-záéíóúñü]+)*$'", name="nombre"),
    )

    categoria_codigo: str = Field(primary_key=True, max_length=40)
    nombre: str = Field(primary_key=True, max_length=40)
    orden: int = Field(sa_type=SmallInteger)


def _cantidad(**opciones: Any) -> Any:
    return Field(sa_type=Cantidad, **opciones)


def _de_la_base(tipo: Any, inicial: str) -> Any:
    """A column that the database alone writes, after it was born with `inicial`."""
    return Field(default=None, sa_type=tipo, nullable=False, sa_column_kwargs={"server_default": inicial})


@aplicacion(
    "SELECT, INSERT, UPDATE (vendedor_nombre, vendedor_numero, vendedor_habilitado, departamento, lugar,"
    " titulo, descripcion, categoria_codigo, raiz_codigo, modalidad, dias_de_elaboracion, estado, foto,"
    " version, actualizado_en, publicado_en, origen)"
)
class Producto(Tabla, table=True):
    """The ficha: what a unit offers, in one or several variants.

    A list reads this table alone: the seller's name and place are copied by the registry's events; from
    `precio` (the lowest of its variants) to `disponible`, by triggers of variants and stock, which the
    application cannot write (`comercio_producto_resumen` says what they must hold). `rebajado` is the lowest
    with the promotions in force, as of some seconds ago: for filters and orders, for what is shown is asked.
    `origen` is the country where who sells declares that it was made; empty, not declared.
    The column `busqueda` (tsvector) is filled by a trigger and not mapped: nobody needs it in Python.
    """

    __tablename__: ClassVar[str] = "comercio_producto"
    __table_args__ = (
        UniqueConstraint("id", "vendedor_id"),
        ForeignKeyConstraint(["vendedor_id"], ["registro_unidad.id"]),
        ForeignKeyConstraint(["categoria_codigo"], ["comercio_categoria.codigo"]),
        ForeignKeyConstraint(["raiz_codigo"], ["comercio_categoria.codigo"]),
        CheckConstraint("disponible >= 0", name="disponible"),
        CheckConstraint("jsonb_typeof(opciones) = 'array'", name="opciones"),
        CheckConstraint(
            f"precio BETWEEN 1 AND precio_maximo AND precio_maximo <= {PRECIO_MAXIMO_CENTAVOS}", name="precio"
        ),
        CheckConstraint(
            "rebajado BETWEEN 0 AND precio AND rebajado_maximo BETWEEN rebajado AND precio_maximo",
            name="rebajado",
        ),
        CheckConstraint(
            f"dias_de_elaboracion BETWEEN 0 AND {DIAS_DE_ELABORACION_MAXIMOS}", name="dias_de_elaboracion"
        ),
        CheckConstraint(f"estado IN ({valores(EstadoProducto)})", name="estado"),
        CheckConstraint(f"modalidad IN ({valores(Modalidad)})", name="modalidad"),
        CheckConstraint(f"unidad_medida IN ({valores(UnidadMedida)})", name="unidad_medida"),
        CheckConstraint("estado <> 'publicado' OR publicado_en IS NOT NULL", name="publicado_con_fecha"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("origen ~ '^([A-Z]{2})?$'", name="origen"),
        CheckConstraint("origen = '' OR modalidad = 'envio'", name="origen_de_un_bien"),
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
    titulo: str = Field(max_length=120)
    descripcion: str = Field(max_length=4000)
    categoria_codigo: str = Field(max_length=40)
    raiz_codigo: str = Field(max_length=40)
    modalidad: str = Field(default=str(Modalidad.ENVIO), max_length=10)
    precio: Money = dinero()
    precio_maximo: Money = dinero()
    rebajado: Money = _de_la_base(Centavos, "0")
    rebajado_maximo: Money = _de_la_base(Centavos, "0")
    unidad_medida: str = Field(max_length=12)
    disponible: Decimal = _de_la_base(Cantidad, "0")
    opciones: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=JSONB, sa_column_kwargs={"server_default": "[]"}
    )
    dias_de_elaboracion: int = Field(default=0, sa_type=SmallInteger)
    estado: str = Field(default=str(EstadoProducto.BORRADOR), max_length=12)
    foto: UUID | None = None
    version: int = 1
    creado_en: datetime = instante()
    actualizado_en: datetime = instante()
    publicado_en: datetime | None = momento(default=None)
    origen: str = Field(default="", max_length=2, sa_column_kwargs={"server_default": ""})

    @property
    def a_la_venta(self) -> bool:
        return self.estado == EstadoProducto.PUBLICADO and self.vendedor_habilitado

    @property
    def varios_precios(self) -> bool:
        return self.precio != self.precio_maximo


tabla_producto = SQLModel.metadata.tables["comercio_producto"]
_A_LA_VENTA = text("estado = 'publicado' AND vendedor_habilitado")
tabla_producto.append_column(
    Column("busqueda", TSVECTOR, nullable=False, server_default=text("''::tsvector"))
)
Index(
    "ix_comercio_producto_busqueda",
    tabla_producto.c.busqueda,
    postgresql_using="gin",
    postgresql_with={"fastupdate": False},
    postgresql_where=_A_LA_VENTA,
)
Index(
    "ix_comercio_producto_opciones",
    tabla_producto.c.opciones,
    postgresql_using="gin",
    postgresql_ops={"opciones": "jsonb_path_ops"},
    postgresql_where=_A_LA_VENTA,
)
for _columnas in (
    ("publicado_en", "id"),
    ("rebajado", "id"),
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
        UniqueConstraint("producto_id", "orden", deferrable=True, initially="IMMEDIATE"),
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


@aplicacion("SELECT, INSERT, UPDATE (sku, atributos, precio, unidad_medida, peso_g, estado, orden)")
class Variante(Tabla, table=True):
    """What is bought: one size and colour of a ficha, at a price by a unit of measure.

    The seller stands here so that several sellers of one ficha are later data. The code is the seller's own
    and unique among what they have not withdrawn.
    """

    __tablename__: ClassVar[str] = "comercio_variante"
    __table_args__ = (
        UniqueConstraint("id", "producto_id"),
        UniqueConstraint("id", "vendedor_id"),
        UniqueConstraint("id", "vendedor_id", "unidad_medida"),
        ForeignKeyConstraint(
            ["producto_id", "vendedor_id"], ["comercio_producto.id", "comercio_producto.vendedor_id"]
        ),
        CheckConstraint(f"precio BETWEEN 1 AND {PRECIO_MAXIMO_CENTAVOS}", name="precio"),
        CheckConstraint("peso_g BETWEEN 0 AND 1000000", name="peso"),
        CheckConstraint(f"unidad_medida IN ({valores(UnidadMedida)})", name="unidad_medida"),
        CheckConstraint(f"estado IN ({valores(EstadoVariante)})", name="estado"),
        CheckConstraint(f"orden BETWEEN 1 AND {VARIANTES_MAXIMAS}", name="orden"),
        CheckConstraint("jsonb_typeof(atributos) = 'object'", name="atributos"),
        Index(
            "uq_comercio_variante_sku",
            "vendedor_id",
            "sku",
            unique=True,
            postgresql_where=text("estado = 'activa'"),
        ),
        Index(
            "uq_comercio_variante_atributos",
            "producto_id",
            "atributos",
            unique=True,
            postgresql_where=text("estado = 'activa'"),
        ),
        Index(None, "producto_id", "orden"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    producto_id: UUID
    vendedor_id: UUID
    sku: str = Field(max_length=40)
    atributos: dict[str, str] = Field(default_factory=dict, sa_type=JSONB)
    precio: Money = dinero()
    unidad_medida: str = Field(max_length=12)
    peso_g: int = 0
    estado: str = Field(default=str(EstadoVariante.ACTIVA), max_length=12)
    orden: int = Field(default=1, sa_type=SmallInteger)
    creado_en: datetime = instante()


@aplicacion("SELECT, INSERT, DELETE")
class PrecioPorCantidad(Tabla, table=True):
    """From so much on, each costs this. A trigger keeps the prices of a variant falling, from its own on."""

    __tablename__: ClassVar[str] = "comercio_precio_por_cantidad"
    __table_args__ = (
        ForeignKeyConstraint(["variante_id"], ["comercio_variante.id"]),
        CheckConstraint("desde > 0", name="desde"),
        CheckConstraint("precio > 0", name="precio"),
    )

    variante_id: UUID = Field(primary_key=True)
    desde: Decimal = _cantidad(primary_key=True)
    precio: Money = dinero()


@aplicacion("SELECT")
class PrecioDeVariante(Tabla, table=True):
    """What a variant costs since when; append-only, written by a trigger whoever changes the price."""

    __tablename__: ClassVar[str] = "comercio_precio_de_variante"
    __table_args__ = (
        ForeignKeyConstraint(["variante_id"], ["comercio_variante.id"]),
        CheckConstraint("precio > 0", name="precio"),
        Index(None, "variante_id", "id"),
    )

    id: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    variante_id: UUID
    precio: Money = dinero()
    desde: datetime = instante()


@aplicacion("SELECT")
class EnVenta(Tabla, table=True):
    """From when until when a product was on sale, written by a trigger whoever publishes or pauses it."""

    __tablename__: ClassVar[str] = "comercio_en_venta"
    __table_args__ = (
        ForeignKeyConstraint(["producto_id"], ["comercio_producto.id"]),
        CheckConstraint("hasta >= desde", name="orden"),
        Index(None, "producto_id", "id"),
        Index(
            "uq_comercio_en_venta_ahora", "producto_id", unique=True, postgresql_where=text("hasta IS NULL")
        ),
    )

    id: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    producto_id: UUID
    desde: datetime = instante()
    hasta: datetime | None = momento_o_nada()


@aplicacion("SELECT, INSERT, UPDATE (nombre, municipio_ine, referencia, cerrado_en)")
class LugarDeDespacho(Tabla, table=True):
    """From where a seller sends; the principal one is made from the registry's place and never closes.

    All of a seller's are in one municipality: postage is that from the seller's. One that is closed takes
    nothing in but what comes back from a sale (triggers say so).
    """

    __tablename__: ClassVar[str] = "comercio_lugar_de_despacho"
    __table_args__ = (
        UniqueConstraint("id", "vendedor_id"),
        UniqueConstraint("vendedor_id", "nombre"),
        ForeignKeyConstraint(["vendedor_id"], ["registro_unidad.id"]),
        CheckConstraint("NOT principal OR cerrado_en IS NULL", name="principal_abierto"),
        Index(
            "uq_comercio_lugar_de_despacho_principal",
            "vendedor_id",
            unique=True,
            postgresql_where=text("principal"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    vendedor_id: UUID
    nombre: str = Field(max_length=80)
    municipio_ine: str | None = Field(default=None, max_length=6)
    referencia: str = Field(default="", max_length=300)
    principal: bool = False
    creado_en: datetime = instante()
    cerrado_en: datetime | None = momento_o_nada()

    @property
    def abierto(self) -> bool:
        return self.cerrado_en is None


@aplicacion("SELECT, INSERT (id, variante_id, lugar_id, vendedor_id, unidad_medida), UPDATE (reservado)")
class Existencia(Tabla, table=True):
    """How much of a variant there is in a place, and how much of it is sold and waits.

    `existencia` is the sum of its movements: a trigger adds each, and the application cannot write it.
    """

    __tablename__: ClassVar[str] = "comercio_existencia"
    __table_args__ = (
        UniqueConstraint("variante_id", "lugar_id"),
        UniqueConstraint("id", "variante_id"),
        ForeignKeyConstraint(
            ["variante_id", "vendedor_id", "unidad_medida"],
            ["comercio_variante.id", "comercio_variante.vendedor_id", "comercio_variante.unidad_medida"],
            onupdate="CASCADE",
        ),
        ForeignKeyConstraint(
            ["lugar_id", "vendedor_id"],
            ["comercio_lugar_de_despacho.id", "comercio_lugar_de_despacho.vendedor_id"],
        ),
        CheckConstraint("reservado BETWEEN 0 AND existencia", name="reservado"),
        Index(None, "lugar_id"),
        CheckConstraint(f"existencia <= {EXISTENCIA_MAXIMA}", name="existencia"),
        CheckConstraint(f"{en_su_medida('existencia')} AND {en_su_medida('reservado')}", name="en_su_medida"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    variante_id: UUID
    lugar_id: UUID
    vendedor_id: UUID
    unidad_medida: str = Field(max_length=12)
    existencia: Decimal = _de_la_base(Cantidad, "0")
    reservado: Decimal = _de_la_base(Cantidad, "0")


@aplicacion("SELECT, INSERT")
class MovimientoDeExistencia(Tabla, table=True):
    """Why there is more or less than before; append-only: who, for whom, by which mandate.

    A transfer is two of one `referencia_id`: what leaves a place is what another one gets.
    """

    __tablename__: ClassVar[str] = "comercio_movimiento_de_existencia"
    __table_args__ = (
        ForeignKeyConstraint(["existencia_id"], ["comercio_existencia.id"]),
        CheckConstraint(f"motivo IN ({valores(Motivo)})", name="motivo"),
        CheckConstraint(
            "CASE WHEN motivo IN ('apertura', 'ingreso', 'devolucion') THEN cantidad > 0"
            " WHEN motivo IN ('merma', 'venta') THEN cantidad < 0 ELSE cantidad <> 0 END",
            name="cantidad",
        ),
        CheckConstraint(
            "(motivo IN ('venta', 'devolucion', 'traslado')) = (referencia_id IS NOT NULL)", name="referencia"
        ),
        Index(None, "existencia_id", "id"),
        Index(
            "ix_comercio_movimiento_de_existencia_referencia",
            "referencia_id",
            "existencia_id",
            postgresql_where=text("referencia_id IS NOT NULL"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    existencia_id: UUID
    cantidad: Decimal = _cantidad()
    motivo: str = Field(max_length=12)
    detalle: str = Field(default="", max_length=200)
    referencia_id: UUID | None = None
    actor_tipo: str = Field(max_length=12)
    actor_id: UUID | None = None
    actor_nombre: str = Field(max_length=200)
    unidad_id: UUID | None = None
    mandato_id: UUID | None = None
    ocurrio_en: datetime = instante()


@aplicacion("SELECT")
class ReglaDeVenta(Tabla, table=True):
    """What may not be sold, or asks something of its seller. `frases`: a product whose title has all the
    words of one of them is looked at by the authority. Not `confirmado`: shown, never blocking.
    """

    __tablename__: ClassVar[str] = "comercio_regla_de_venta"
    __table_args__ = (
        CheckConstraint(f"clase IN ({valores(ClaseDeRegla)})", name="clase"),
        CheckConstraint("cardinality(frases) > 0", name="frases"),
        CheckConstraint("vigente_hasta > vigente_desde", name="vigencia"),
    )

    codigo: str = Field(primary_key=True, max_length=40)
    clase: str = Field(max_length=12)
    nombre: str = Field(max_length=120)
    frases: list[str] = Field(sa_type=ARRAY(Text))
    que_se_pide: str = Field(max_length=300)
    norma: str = Field(max_length=200)
    confirmado: bool = False
    vigente_desde: date
    vigente_hasta: date | None = None
