"""What crosses the API of the market."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from comercio.estados import EstadoPedido, EstadoProducto, Modalidad
from comercio.modelos import CANTIDAD_MAXIMA, EXISTENCIA_MAXIMA, LINEAS_MAXIMAS, UnidadMedida
from nucleo.dinero import Dinero
from nucleo.ids import IdElegido
from nucleo.lectores import ES_NOMBRE, Entero, Telefono, escrito

Titulo = Annotated[str, escrito(120, 3)]
Descripcion = Annotated[str, escrito(4000)]
Sku = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^([A-Za-z0-9][A-Za-z0-9._/-]{0,39})?$"),
    Field(description="Código propio del vendedor; vacío, se asigna uno."),
]
CodigoCategoria = Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,40}$")]
Existencia = Annotated[Entero, Field(ge=0, le=EXISTENCIA_MAXIMA)]
Peso = Annotated[Entero, Field(ge=0, le=1_000_000, description="Gramos, con su empaque.")]
Cantidad = Annotated[Entero, Field(ge=1, le=CANTIDAD_MAXIMA)]
Nombre = Annotated[str, escrito(120, 2), ES_NOMBRE]
Motivo = Annotated[str, escrito(300, 3)]


class _Entrada(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ProductoNuevo(_Entrada):
    unidad_id: UUID = Field(description="Unidad que vende; usted necesita la facultad VENDER.")
    sku: Sku = ""
    titulo: Titulo
    descripcion: Descripcion = ""
    categoria: CodigoCategoria
    precio: Dinero
    unidad_medida: UnidadMedida = UnidadMedida.UNIDAD
    existencia: Existencia
    peso_g: Peso = 0
    publicar: bool = False


class ProductoCambios(_Entrada):
    """Only what is sent changes."""

    sku: Sku | None = None
    titulo: Titulo | None = None
    descripcion: Descripcion | None = None
    categoria: CodigoCategoria | None = None
    precio: Dinero | None = None
    unidad_medida: UnidadMedida | None = None
    existencia: Existencia | None = Field(None, description="El recuento: reemplaza al anterior.")
    movimiento: (
        Annotated[
            Entero,
            Field(
                ge=-EXISTENCIA_MAXIMA,
                le=EXISTENCIA_MAXIMA,
                description="Unidades que se suman a la existencia, o se restan; en lugar de `existencia`.",
            ),
        ]
        | None
    ) = None
    peso_g: Peso | None = None
    estado: EstadoProducto | None = None


class VendedorDePedido(BaseModel):
    unidad_id: UUID
    numero: str
    nombre: str


class VendedorFicha(VendedorDePedido):
    lugar: str


class ProductoBreve(BaseModel):
    id: UUID
    titulo: str
    precio: Dinero
    unidad_medida: str
    disponible: int
    categoria: str
    modalidad: Modalidad
    foto: str | None = Field(description="Dirección de la foto principal.")
    vendedor: VendedorFicha


class FotoFicha(BaseModel):
    url: str
    descripcion: str


class ProductoFicha(ProductoBreve):
    sku: str
    descripcion: str
    estado: EstadoProducto
    peso_g: int
    existencia: int | None = Field(description="Unidades físicas; solo para quien vende.")
    reservado: int | None = Field(description="Vendidas y no despachadas; solo para quien vende.")
    fotos: list[FotoFicha]
    version: int
    creado_en: datetime
    publicado_en: datetime | None


class FacetasFicha(BaseModel):
    total: int
    hay_mas: bool = Field(description="El recuento se detuvo en `total`.")
    categorias: dict[str, int]
    departamentos: dict[str, int]


class PaginaProductos(BaseModel):
    datos: list[ProductoBreve]
    siguiente: str | None
    facetas: FacetasFicha
    entendido: str | None = Field(description="Lo que se buscó cuando no es lo que se escribió.")


class LineaPedida(_Entrada):
    producto_id: UUID
    cantidad: Cantidad


class LineaCambiada(_Entrada):
    cantidad: Annotated[Entero, Field(ge=0, le=CANTIDAD_MAXIMA, description="0 quita la línea.")]


class LineaCarritoFicha(BaseModel):
    producto_id: UUID
    titulo: str
    cantidad: int
    precio: Dinero
    precio_visto: Dinero
    importe: Dinero
    disponible: int
    problema: Literal["no_disponible", "sin_existencia"] | None


class CarritoFicha(BaseModel):
    lineas: list[LineaCarritoFicha]
    total: Dinero
    huella: str = Field(description="Resumen de productos, cantidades y precios que se muestran.")


class Entrega(_Entrada):
    destinatario: Nombre
    telefono: Telefono
    municipio_ine: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
    referencia: Annotated[str, escrito(300, 5)]


class CompraNueva(_Entrada):
    """Buy the cart, or the given lines (then the cart is not touched)."""

    id: IdElegido | None = Field(
        None, description="Identificador de la compra elegido por quien compra (UUID)."
    )
    lineas: Annotated[list[LineaPedida], Field(min_length=1, max_length=LINEAS_MAXIMAS)] | None = None
    entrega: Entrega
    total: Dinero | None = Field(None, description="Lo que usted espera pagar; si ya no es ese, 409.")
    huella: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None


class LineaPedidoFicha(BaseModel):
    producto_id: UUID
    sku: str
    titulo: str
    cantidad: int
    unidad_medida: str
    precio: Dinero
    importe: Dinero


class PasoFicha(BaseModel):
    estado: EstadoPedido
    ocurrio_en: datetime
    detalle: str


class ComisionFicha(BaseModel):
    tasa_pb: int = Field(description="Centésimas de uno por ciento.")
    monto: Dinero
    impuesto: Dinero = Field(description="IVA contenido en la comisión.")
    neto: Dinero = Field(description="Lo que recibe quien vende.")


class PedidoFicha(BaseModel):
    id: UUID
    numero: str
    compra_id: UUID
    estado: EstadoPedido
    modalidad: Modalidad
    vendedor: VendedorDePedido
    total: Dinero
    lineas: list[LineaPedidoFicha]
    envio_numero: str | None
    entrega: Entrega | None
    comision: ComisionFicha | None = Field(description="Solo para quien vende.")
    despachar_hasta: datetime
    pasos: list[PasoFicha]
    version: int
    creado_en: datetime


class PedidoBreve(BaseModel):
    id: UUID
    numero: str
    compra_id: UUID
    estado: EstadoPedido
    modalidad: Modalidad
    vendedor: VendedorDePedido
    total: Dinero
    envio_numero: str | None
    creado_en: datetime


class CompraFicha(BaseModel):
    id: UUID
    total: Dinero
    pedidos: list[PedidoBreve]


class DespachoNuevo(_Entrada):
    operador_id: UUID = Field(description="Unidad con habilitación OPERADOR_POSTAL.")


class Cancelacion(_Entrada):
    motivo: Motivo
