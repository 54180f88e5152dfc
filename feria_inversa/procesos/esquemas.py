"""What crosses the API and the forms of a call."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from feria_inversa.documentos import PEDIDOS_MAXIMOS, Clase
from feria_inversa.entidades import UnidadResumen
from feria_inversa.plan import Partida
from feria_inversa.precios import Cantidad, UnidadEscrita, UnidadMedida
from feria_inversa.procesos.estados import Cierre, Forma, Metodo
from feria_inversa.reglas import Categoria
from nucleo.dinero import Dinero
from nucleo.lectores import Entero, Entrada, Momento, PrecioUnitario, escrito

ITEMS_MAXIMOS = 500
LOTES_MAXIMOS = 100
PLAZO_MAXIMO_DIAS = 1095
NORMA = r"^[A-Z0-9-]{1,20}$"


def _unspsc_entero(codigo: str) -> str:
    """SICOES writes seven digits of the eight: the last one, a zero, was lost."""
    return codigo.ljust(8, "0")


Texto = Annotated[str, escrito(5000)]
Objeto = Annotated[str, escrito(1000, 5)]
"""What a process is for, its title: that of real ones runs to 918 letters."""
Titulo = Annotated[str, escrito(200, 3)]
"""Of a document."""
Cuce = Annotated[str, escrito(30)]
PlazoDias = Annotated[Entero, Field(ge=1, le=PLAZO_MAXIMO_DIAS)]
Unspsc = Annotated[str, Field(pattern=r"^[0-9]{7,8}$", examples=["53103000"]), AfterValidator(_unspsc_entero)]
Lotes = Annotated[
    list[Annotated[str, escrito(200, 3)]],
    Field(max_length=LOTES_MAXIMOS, description="El nombre de cada lote; su número es su lugar, desde 1."),
]


Puntos = Annotated[
    Entero, Field(ge=0, le=100, description="De 100, cuánto vale la propuesta técnica; 0 si gana el precio.")
]
Minimo = Annotated[Entero, Field(ge=0, le=100, description="Con menos puntos técnicos no pasa.")]


class ItemEntrada(Entrada):
    descripcion: Annotated[Texto, Field(min_length=3, max_length=500)]
    unspsc: Unspsc | None = None
    cantidad: Cantidad
    unidad_medida: UnidadMedida | None = None
    unidad_texto: UnidadEscrita | None = None
    precio_referencial: PrecioUnitario
    partida: Partida | None = None
    lote: Annotated[
        Entero | None, Field(ge=1, le=LOTES_MAXIMOS, description="El número de su lote, si hay lotes.")
    ] = None


class ConvocatoriaEntrada(Entrada):
    titulo: Objeto
    descripcion: Annotated[Texto, Field(max_length=5000)] = ""
    categoria: Categoria = "bienes"
    municipio_ine: Annotated[str, Field(pattern=r"^[0-9]{6}$", examples=["020101"])]
    lugar_entrega: Annotated[Texto, Field(max_length=300)] = ""
    plazo_entrega_dias: PlazoDias
    adjudica_por: Annotated[Forma, Field(description="Qué gana de una vez una oferta.")] = Forma.ITEM
    lotes: Lotes = Field([])
    metodo: Annotated[Metodo, Field(description="Por qué se comparan las ofertas.")] = Metodo.PRECIO
    puntos_tecnica: Puntos = 0
    minimo_tecnica: Minimo = 0
    subasta: Annotated[
        bool, Field(description="Si, abiertas las ofertas, sus precios bajan en una subasta electrónica.")
    ] = False
    subasta_por_rondas: Annotated[
        bool, Field(description="Si la subasta es en tres rondas, por turnos, y no en una continua.")
    ] = False
    dos_sobres: Annotated[
        bool,
        Field(
            description="Si se abre y califica primero la parte técnica, y en otro acto los precios de quien "
            "pasa. Se adjudica por el total, con un método que la puntúe, y la entidad tiene depositarios."
        ),
    ] = False
    cotizacion_rapida: Annotated[
        bool, Field(description="Si los nombres de quienes ofertan no se ven hasta la decisión.")
    ] = False


class ConvocatoriaNueva(ConvocatoriaEntrada):
    id: Annotated[
        UUID | None, Field(description="Identificador propuesto: repetir el envío no la duplica.")
    ] = None
    unidad_id: UUID
    items: list[ItemEntrada] = Field([], max_length=ITEMS_MAXIMOS)
    linea_de_plan: Annotated[
        UUID | None, Field(description="La línea del plan anual de la entidad con la que empieza.")
    ] = None


class ConvocatoriaCambio(Entrada):
    """Only what is present changes; `items` replaces the whole list."""

    titulo: Objeto | None = None
    descripcion: Annotated[Texto, Field(max_length=5000)] | None = None
    categoria: Categoria | None = None
    municipio_ine: Annotated[str, Field(pattern=r"^[0-9]{6}$")] | None = None
    lugar_entrega: Annotated[Texto, Field(max_length=300)] | None = None
    plazo_entrega_dias: PlazoDias | None = None
    adjudica_por: Forma | None = None
    lotes: Lotes | None = None
    metodo: Metodo | None = None
    puntos_tecnica: Puntos | None = None
    minimo_tecnica: Minimo | None = None
    subasta: bool | None = None
    subasta_por_rondas: bool | None = None
    dos_sobres: bool | None = None
    cotizacion_rapida: bool | None = None
    items: Annotated[list[ItemEntrada], Field(max_length=ITEMS_MAXIMOS)] | None = None
    linea_de_plan: Annotated[
        UUID | None, Field(description="La línea del plan anual de la entidad; null, ninguna.")
    ] = None


class PublicacionEntrada(Entrada):
    vence_en: Annotated[Momento, Field(description="Una oferta que llega en este instante ya es tardía.")]
    modalidad: Annotated[
        str | None, Field(max_length=10, description="Si falta, la que corresponde al monto.")
    ] = None
    norma: Annotated[
        str | None, Field(pattern=NORMA, description="De qué norma es la modalidad; si falta, NB-SABS antes.")
    ] = None
    ejecutora: Annotated[
        str | None,
        Field(pattern=r"^[0-9]{2}$", description="Una que la entidad declaró; si falta, la principal."),
    ] = None
    cuce: Annotated[
        Cuce | None, Field(description="El que el proceso ya tiene en SICOES; si falta, se le da uno.")
    ] = None


Motivo = Annotated[Texto, Field(min_length=10, max_length=1000, description="Será público.")]
CierreNuevo = Annotated[Momento, Field(description="Nunca antes del que tenía.")]


class EnmiendaEntrada(Entrada):
    """Only what is present changes; `items` are all as they will be, none fewer, and bids are made again."""

    motivo: Motivo
    titulo: Objeto | None = None
    descripcion: Annotated[Texto, Field(max_length=5000)] | None = None
    lugar_entrega: Annotated[Texto, Field(max_length=300)] | None = None
    plazo_entrega_dias: PlazoDias | None = None
    vence_en: CierreNuevo | None = None
    items: Annotated[list[ItemEntrada], Field(max_length=ITEMS_MAXIMOS)] | None = None


class CierreNuevoEntrada(Entrada):
    """A later deadline: of a reception that goes on, or is resumed."""

    vence_en: CierreNuevo
    motivo: Motivo


class SuspensionEntrada(Entrada):
    motivo: Motivo


class VersionSalida(BaseModel):
    """An act by which a published process changed: its bytes are those of the act of this number."""

    version: int
    clase: Literal["enmienda", "ampliacion", "suspension", "reanudacion"]
    motivo: str
    cambio: Annotated[list[str], Field(description="Qué datos de la convocatoria cambiaron.")]
    hecha_en: datetime
    hecha_por: str
    acta: Annotated[int, Field(description="El número del acta que la escribe.")]
    huella: Annotated[str, Field(description="SHA-256 del acta.")]


class VinculoSalida(BaseModel):
    """A process that another one follows, or that follows it."""

    id: UUID
    cuce: str | None
    ocid: str | None
    titulo: str
    relacion: Annotated[
        Literal["convocatoria", "publicacion"],
        Field(description="Por qué sigue: lo que quedó desierto, o la anulación del anterior."),
    ]


class VersionDeDocumento(BaseModel):
    """A version of a document: its bytes are those of `url`, with that SHA-256."""

    version: int
    desde_version: Annotated[int, Field(description="La versión de la convocatoria que lo trajo.")]
    titulo: str
    huella: Annotated[str, Field(description="SHA-256 del archivo que se publica.")]
    recibido: Annotated[
        str | None, Field(description="SHA-256 del archivo como lo subió la entidad; nulo si es el DBC.")
    ]
    bytes: int
    subido_en: datetime
    subido_por: str
    url: str


class DocumentoSalida(VersionDeDocumento):
    numero: int
    clase: Clase
    anteriores: list[VersionDeDocumento]


class PedidoEntrada(Entrada):
    """A document that who bids presents besides their bid."""

    nombre: Titulo
    subsanable: Annotated[
        bool,
        Field(description="Si quien no lo presenta puede traerlo después; si no, queda fuera."),
    ]


class PedidosEntrada(Entrada):
    pedidos: Annotated[list[PedidoEntrada], Field(max_length=PEDIDOS_MAXIMOS)]


class PedidoSalida(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    numero: int
    nombre: str
    subsanable: bool


class PreciosAdjudicadosSalida(BaseModel):
    """Quartiles are prices that were awarded; where they are few, or too far apart, there is no price."""

    veces: int
    suficientes: bool
    procesos: int | None = None
    entidades: int | None = None
    minimo: PrecioUnitario | None = None
    cuartil_1: PrecioUnitario | None = None
    mediana: PrecioUnitario | None = None
    cuartil_3: PrecioUnitario | None = None
    maximo: PrecioUnitario | None = None
    desde: Annotated[date | None, Field(description="El día de la más antigua que se cuenta.")] = None
    hasta: date | None = None


class CancelacionEntrada(Entrada):
    motivo: Annotated[Texto, Field(min_length=10, max_length=1000)]
    cierre: Annotated[
        Literal[Cierre.ANULA, Cierre.CANCELA],
        Field(description="Si se anula, que admite otra publicación (P+1), o se cancela para siempre."),
    ] = Cierre.CANCELA


class ModalidadSalida(BaseModel):
    codigo: str
    nombre: str
    norma: str
    confirmado: Annotated[bool, Field(description="Si el valor se cotejó con el texto de la norma.")]
    dias_habiles_minimos: int


class ConvocatoriaResumen(BaseModel):
    id: UUID
    cuce: str | None
    ocid: str | None
    titulo: str
    estado: str
    categoria: str
    entidad: UnidadResumen
    municipio_ine: str
    municipio: str
    modalidad: str | None
    monto_referencial: Dinero
    publicado_en: datetime | None
    vence_en: datetime | None
