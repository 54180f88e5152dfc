"""What crosses the API."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from comercio.catalogo.estados import EstadoProducto, EstadoVariante, Modalidad
from comercio.catalogo.medidas import UnidadMedida
from comercio.catalogo.modelos import (
    DIAS_DE_ELABORACION_MAXIMOS,
    ESCALONES_MAXIMOS,
    EXISTENCIA_MAXIMA,
    FOTOS_MAXIMAS,
    VARIANTES_MAXIMAS,
)
from comercio.catalogo.palabras import paises
from nucleo.dinero import Dinero
from nucleo.lectores import DecimalPlano, Entero, Entrada, escrito
from nucleo.textos import gettext as _

Titulo = Annotated[str, escrito(120, 3)]
Descripcion = Annotated[str, escrito(4000)]
Sku = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^([A-Za-z0-9][A-Za-z0-9._/-]{0,39})?$"),
    Field(description="Código propio del vendedor; vacío, se asigna uno."),
]
CodigoCategoria = Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,40}$")]
Existencia = Annotated[DecimalPlano, Field(ge=0, le=EXISTENCIA_MAXIMA, decimal_places=4)]
Dias = Annotated[
    Entero,
    Field(
        ge=0,
        le=DIAS_DE_ELABORACION_MAXIMOS,
        description="Días de trabajo antes de despachar; 0 si ya está hecho.",
    ),
]


def _de_un_pais(origen: str) -> str:
    if origen and origen not in paises():
        raise ValueError(_("Elija un país de la lista."))
    return origen


Origen = Annotated[
    str,
    AfterValidator(_de_un_pais),
    Field(
        max_length=2,
        description="De un bien, el país donde se hizo (ISO 3166), que declara quien vende; o vacío.",
    ),
]
Peso = Annotated[Entero, Field(ge=0, le=1_000_000, description="Gramos, con su empaque.")]


class ProductoNuevo(Entrada):
    unidad_id: UUID = Field(description="Unidad que vende; usted necesita la facultad VENDER.")
    sku: Sku = ""
    titulo: Titulo
    descripcion: Descripcion = ""
    categoria: CodigoCategoria
    precio: Dinero
    unidad_medida: UnidadMedida = UnidadMedida.UNIDAD
    existencia: Existencia
    peso_g: Peso = 0
    dias_de_elaboracion: Dias = 0
    origen: Origen = ""
    publicar: bool = False


class ProductoCambios(Entrada):
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
            DecimalPlano,
            Field(
                ge=-EXISTENCIA_MAXIMA,
                le=EXISTENCIA_MAXIMA,
                decimal_places=4,
                description="Cantidad que se suma a la existencia, o se resta; en lugar de `existencia`.",
            ),
        ]
        | None
    ) = None
    peso_g: Peso | None = None
    dias_de_elaboracion: Dias | None = None
    origen: Origen | None = None
    estado: EstadoProducto | None = None


ValorDeAtributo = Annotated[str, escrito(60, 1)]
Atributos = Annotated[
    dict[str, ValorDeAtributo],
    Field(description="Lo que la distingue: los atributos de su categoría, por nombre.", max_length=6),
]


class Escalon(Entrada):
    desde: Annotated[DecimalPlano, Field(gt=0, le=EXISTENCIA_MAXIMA, decimal_places=4)]
    precio: Dinero


Escala = Annotated[list[Escalon], Field(max_length=ESCALONES_MAXIMOS)]


class VarianteNueva(Entrada):
    sku: Sku = ""
    atributos: Atributos
    precio: Dinero
    precios_por_cantidad: Escala = Field(default_factory=list)
    unidad_medida: UnidadMedida = UnidadMedida.UNIDAD
    peso_g: Peso = 0
    existencia: Existencia = Decimal(0)


class VarianteCambios(Entrada):
    """Only what is sent changes."""

    sku: Sku | None = None
    atributos: Atributos | None = None
    precio: Dinero | None = None
    precios_por_cantidad: Escala | None = None
    unidad_medida: UnidadMedida | None = None
    peso_g: Peso | None = None
    orden: Annotated[Entero, Field(ge=1, le=VARIANTES_MAXIMAS)] | None = None
    a_la_venta: bool | None = Field(
        None, description="`false` la retira y libera su código; `true` la trae de vuelta."
    )


class MotivoDeAjuste(StrEnum):
    """Why a seller changes their stock; sales move it by themselves."""

    INGRESO = "ingreso"
    MERMA = "merma"
    RECUENTO = "recuento"


class MovimientoNuevo(Entrada):
    """`cantidad` comes or goes by its reason; of a count, it is what there is."""

    motivo: MotivoDeAjuste
    cantidad: Existencia
    detalle: Annotated[str, escrito(200)] = ""
    lugar_id: UUID | None = Field(None, description="Lugar de despacho; sin decirlo, el principal.")


class TrasladoNuevo(Entrada):
    """So much of a variant from a place of dispatch to another of the same seller."""

    desde_id: UUID = Field(description="Lugar de despacho del que sale.")
    hasta_id: UUID = Field(description="Lugar de despacho al que llega.")
    cantidad: Annotated[DecimalPlano, Field(gt=0, le=EXISTENCIA_MAXIMA, decimal_places=4)]
    detalle: Annotated[str, escrito(200)] = ""


class ExistenciaLeida(BaseModel):
    """What there is of a variant in a place of dispatch."""

    lugar_id: UUID
    nombre: str
    principal: bool
    abierto: bool
    existencia: DecimalPlano
    reservado: DecimalPlano = Field(description="Lo vendido por despachar o apartado.")


class ExistenciasLeidas(BaseModel):
    datos: list[ExistenciaLeida]


class FotoCambios(Entrada):
    """Only what is sent changes. The first in `orden` is the one of the lists."""

    descripcion: Annotated[str, escrito(200, 1), Field(description="Texto alternativo.")] | None = None
    orden: Annotated[Entero, Field(ge=1, le=FOTOS_MAXIMAS)] | None = None


class VendedorDePedido(BaseModel):
    unidad_id: UUID
    numero: str
    nombre: str


class VendedorFicha(VendedorDePedido):
    lugar: str


class RebajaFicha(BaseModel):
    """What a promotion leaves of a price."""

    precio: Dinero = Field(description="Lo que se paga por uno.")
    antes: Dinero | None = Field(
        description="El menor precio al que se vendió en los días antes de la promoción, si fue mayor."
    )


class ProductoBreve(BaseModel):
    id: UUID
    titulo: str
    precio: Dinero = Field(description="El menor de sus variantes.")
    precio_maximo: Dinero
    rebaja: RebajaFicha | None = Field(description="De su variante que menos cuesta, si está en promoción.")
    unidad_medida: str
    disponible: DecimalPlano
    categoria: str
    modalidad: Modalidad
    origen: str = Field(description="País donde se hizo (ISO 3166), según declara quien vende; o vacío.")
    foto: str | None = Field(description="Dirección de la foto principal.")
    vendedor: VendedorFicha


class FotoFicha(BaseModel):
    id: UUID
    url: str
    descripcion: str


class EscalonFicha(BaseModel):
    desde: DecimalPlano
    precio: Dinero


class VarianteFicha(BaseModel):
    """What is bought: its `id` goes in the cart."""

    id: UUID
    sku: str
    atributos: dict[str, str]
    precio: Dinero
    rebaja: RebajaFicha | None = Field(description="Si está en promoción.")
    precios_por_cantidad: list[EscalonFicha] = Field(description="Sin la promoción, que también los rebaja.")
    unidad_medida: str
    peso_g: int
    estado: EstadoVariante
    disponible: DecimalPlano = Field(description="Lo más que hay en un lugar de despacho.")
    existencia: DecimalPlano | None = Field(description="Lo que hay; solo para quien vende.")
    reservado: DecimalPlano | None = Field(description="Lo vendido y no despachado; solo para quien vende.")


class ProductoFicha(ProductoBreve):
    sku: str = Field(description="De su primera variante.")
    descripcion: str
    estado: EstadoProducto
    peso_g: int
    dias_de_elaboracion: int
    unspsc: str = Field(description="Familia UNSPSC de su categoría.")
    existencia: DecimalPlano | None = Field(description="Lo que hay; solo para quien vende.")
    reservado: DecimalPlano | None = Field(description="Lo vendido y no despachado; solo para quien vende.")
    variantes: list[VarianteFicha]
    fotos: list[FotoFicha]
    vuelve: date | None = Field(
        description="Quien vende está de vacaciones: desde cuándo se podrá comprar. Sin él, se puede ahora."
    )
    version: int
    creado_en: datetime
    publicado_en: datetime | None


class PrecioQueCosto(BaseModel):
    desde: datetime
    precio: Dinero


class VarianteQueCosto(BaseModel):
    variante_id: UUID
    precios: list[PrecioQueCosto]


class HistorialDePrecios(BaseModel):
    """The oldest first."""

    desde_cuanto: list[PrecioQueCosto] = Field(description="El precio más bajo entre las variantes.")
    menor_de_30_dias: Dinero | None
    variantes: list[VarianteQueCosto]
