"""What crosses the API of the bids."""

import base64
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from feria_inversa.documentos import PEDIDOS_MAXIMOS
from feria_inversa.entidades import UnidadResumen
from feria_inversa.llaves import BYTES_DE_MAS, tamano_para
from feria_inversa.procesos import ITEMS_MAXIMOS, PlazoDias, Texto
from nucleo.dinero import Dinero
from nucleo.lectores import Entero, Entrada, PrecioUnitario
from nucleo.textos import gettext as _

SOBRE_MAXIMO = -(-(tamano_para(ITEMS_MAXIMOS, PEDIDOS_MAXIMOS) + BYTES_DE_MAS) // 3) * 4
"""The longest one, in base64."""


EJEMPLO_DE_INFO = (
    "qhatu-sobre-v2|01900000-0000-7000-8000-00000000000a|01900000-0000-7000-8000-00000000000b"
    "|01900000-0000-7000-8000-00000000000c|1"
)
"""A process, a unit, a bid and the version that was read, as whoever seals writes them."""


def _en_base64(texto: str) -> str:
    try:
        base64.b64decode(texto, validate=True)
    except ValueError:
        raise ValueError(_("Mande el sobre en base64.")) from None
    return texto


def _canonico(escrito: Any) -> bool:
    """Whether an identifier is written as the platform writes it; of what is none, its field says so."""
    try:
        return not isinstance(escrito, str) or str(UUID(escrito)) == escrito
    except ValueError:
        return True


EnBase64 = Annotated[str, Field(min_length=4, max_length=SOBRE_MAXIMO), AfterValidator(_en_base64)]


class LineaEntrada(Entrada):
    item_id: UUID
    precio_unitario: PrecioUnitario
    marca: Annotated[
        Texto, Field(min_length=1, max_length=120, description="Marca, procedencia o «artesanal».")
    ]
    detalle: Annotated[Texto, Field(max_length=1000)] = ""
    plazo_dias: PlazoDias


class LineaTecnica(Entrada):
    """The same without its price: what the technical part of a bid in two envelopes says."""

    item_id: UUID
    marca: Annotated[Texto, Field(min_length=1, max_length=120)]
    detalle: Annotated[Texto, Field(max_length=1000)] = ""
    plazo_dias: PlazoDias


Digesto = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
NumeroDePedido = Annotated[Entero, Field(ge=1, le=PEDIDOS_MAXIMOS)]


class ArchivoDicho(Entrada):
    """A file as the text of a bid names it."""

    numero: Annotated[NumeroDePedido, Field(description="Qué documento de los que se piden.")]
    huella: Annotated[Digesto, Field(description="SHA-256 del archivo.")]
    cifrado: Annotated[Digesto, Field(description="SHA-256 del archivo cifrado, tal como se subió.")]


class ArchivoQueVa(Entrada):
    """A file that was uploaded for a bid, as who presents it says it in the open."""

    numero: NumeroDePedido
    cifrado: Annotated[Digesto, Field(description="SHA-256 del archivo cifrado, tal como se subió.")]
    huella: Annotated[Digesto | None, Field(description="SHA-256 del archivo; con líneas, no con sobre.")] = (
        None
    )


class OfertaEntrada(Entrada):
    id: Annotated[
        UUID | None,
        Field(
            description="Identificador propuesto: repetir el envío no la duplica. Con sobre hace falta: se "
            "sella para él."
        ),
    ] = None
    version: Annotated[
        Entero | None, Field(ge=1, le=32767, description="La que leyó: si ya es otra, no se presenta.")
    ] = None
    declaracion: Annotated[
        Entero | None,
        Field(ge=1, le=32767, description="La versión de lo que se declara que leyó: si ya es otra, no."),
    ] = None
    lineas: Annotated[
        list[LineaEntrada] | None,
        Field(min_length=1, max_length=ITEMS_MAXIMOS, description="Solo donde no hay llave."),
    ] = None
    sobre: Annotated[
        EnBase64 | None,
        Field(
            description="Donde hay llave: las líneas en un sobre HPKE (RFC 9180), en base64. Su `info` se "
            f"escribe así: `{EJEMPLO_DE_INFO}`."
        ),
    ] = None
    huella: Annotated[
        str | None, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 de lo que dice el sobre sellado.")
    ] = None

    sobre_tecnico: Annotated[
        EnBase64 | None,
        Field(
            description="Con dos sobres: la parte técnica, sellada a `llave_tecnica` y con otra `sal`; su "
            "`info` empieza con `qhatu-sobre-tecnico-v1` y sigue igual."
        ),
    ] = None
    huella_tecnica: Annotated[
        str | None, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 de lo que dice el sobre técnico.")
    ] = None
    archivos: list[ArchivoQueVa] = Field(
        [], max_length=PEDIDOS_MAXIMOS, description="Los que se subieron para esta oferta, con este `id`."
    )
    clave: Annotated[
        Digesto | None,
        Field(description="Con líneas y archivos, la clave con que se cifraron: va en el sobre cerrado."),
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _como_se_sello(cls, dicho: Any) -> Any:
        """An envelope is sealed for what is written: who writes it otherwise learns it before the opening."""
        if isinstance(dicho, dict) and dicho.get("sobre") is not None:
            for campo in ("id", "unidad_id"):
                if not _canonico(dicho.get(campo)):
                    raise ValueError(_("Con sobre, escriba los identificadores en minúsculas y con guiones."))
        return dicho

    @model_validator(mode="after")
    def _lineas_o_sobre(self) -> Self:
        if (self.lineas is None) == (self.sobre is None) or (self.sobre is None) != (self.huella is None):
            raise ValueError(_("Mande las líneas, o el sobre con su huella."))
        if (self.sobre_tecnico is None) != (self.huella_tecnica is None) or (
            self.sobre_tecnico is not None and self.sobre is None
        ):
            raise ValueError(_("Mande los dos sobres, cada uno con su huella."))
        if self.sobre is not None and (self.id is None or self.version is None):
            raise ValueError(_("Mande con el sobre el `id` y la `version` para los que se selló."))
        self._exigir_archivos()
        return self

    def _exigir_archivos(self) -> None:
        if len({archivo.numero for archivo in self.archivos}) != len(self.archivos):
            raise ValueError(_("Mande un archivo de cada documento."))
        if self.archivos and self.id is None:
            raise ValueError(_("Mande con los archivos el `id` para el que se subieron."))
        abiertos = self.sobre is None and bool(self.archivos)
        if (self.clave is not None) != abiertos or any(
            (a.huella is not None) != abiertos for a in self.archivos
        ):
            raise ValueError(_("Con líneas mande la clave y la huella de los archivos; con sobre van en él."))


class OfertaNueva(OfertaEntrada):
    unidad_id: UUID


class _DeOferta(BaseModel):
    id: UUID
    convocatoria_id: UUID
    estado: str
    terminada_en: datetime | None
    cantidad_lineas: Annotated[int | None, Field(description="De un sobre sellado no se sabe.")]
    version: Annotated[int, Field(description="La de la convocatoria para la que se hizo.")]
    huella: Annotated[str, Field(description="SHA-256 de lo que dice el sobre.")]
    huella_sobre: Annotated[
        str | None, Field(description="SHA-256 del sobre sellado, tal como llegó; nula si no es sellado.")
    ]
    huella_tecnica: Annotated[
        str | None,
        Field(description="La de lo que dice el sobre técnico, donde hay dos."),
    ]
    huella_sobre_tecnico: Annotated[
        str | None, Field(description="SHA-256 del sobre técnico sellado, tal como llegó.")
    ]


class OfertaRecibo(_DeOferta):
    """What is known of a closed bid: never a price."""

    unidad_id: UUID
    intento: int
    presentada_en: datetime


class DeclaracionSalida(BaseModel):
    """What who presents a bid declares by doing so."""

    model_config = ConfigDict(from_attributes=True)

    version: int
    texto: str
    huella: Annotated[str, Field(description="SHA-256 del texto.")]
    desde: datetime


class OfertaRecibida(OfertaRecibo):
    """The receipt itself, signed: it proves what was handed in, whatever the platform says later."""

    recibo: Annotated[str, Field(description="Lo que se firma: qué oferta, de quién y cuándo.")]
    firma: Annotated[str, Field(description="Ed25519 sobre `recibo`, en hexadecimal.")]
    clave: Annotated[str, Field(description="Cuál de las claves que publica la constancia.")]


class ArchivoSubido(BaseModel):
    numero: int
    cifrado: Annotated[str, Field(description="SHA-256 de lo que se recibió.")]


class ArchivoTraido(BaseModel):
    """A document that a bid brought: anybody knows which, who works in the process opens it."""

    model_config = ConfigDict(from_attributes=True)

    numero: int
    nombre: str
    huella: Annotated[str | None, Field(description="SHA-256 de lo que mandó quien oferta.")]
    falla: Annotated[str | None, Field(description="Por qué no se puede ver.")]


class OfertaLineaSalida(BaseModel):
    item_id: UUID
    precio_unitario: PrecioUnitario
    total: Dinero
    marca: str
    detalle: str
    plazo_dias: int


class OfertaAbierta(_DeOferta):
    """Of a quick quotation that is not decided, what tells who bid is null, and it has a label."""

    rotulo: Annotated[
        str | None, Field(description="Cómo se llama mientras no se ve de quién es; nulo si se ve.")
    ]
    unidad_id: UUID | None
    intento: int | None
    presentada_en: datetime | None
    proveedor: UnidadResumen | None
    total: Dinero
    lineas: list[OfertaLineaSalida]
    archivos: list[ArchivoTraido]
