"""What crosses the API of the log, and the file of a proof. Descriptions give the standard's own names."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

HASH = r"^[0-9a-f]{64}$"
Hash = Annotated[str, Field(pattern=HASH)]
Tipo = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")]
Objeto = Annotated[str, Field(pattern=r"^[^|]+$", description="Sin `|`: de un texto, una sola lectura.")]
Instante = Annotated[
    str,
    Field(
        pattern=r"^[2-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", json_schema_extra={"format": "date-time"}
    ),
]


class _Estricto(BaseModel):
    """A file is read as it was written: no other spelling of the same thing passes."""

    model_config = ConfigDict(strict=True)


class CabezaVista(_Estricto):
    """El árbol en un momento, firmado (*signed tree head*; `SignedTreeHeadDataV2` de RFC 9162)."""

    tamano: int = Field(ge=1, lt=2**63, description="Hojas del árbol (*tree_size*).")
    instante: Instante = Field(description="UTC, con milisegundos (*timestamp*).")
    raiz: Hash = Field(description="Raíz del árbol (*root_hash*), SHA-256.")
    clave: Hash = Field(description="Clave que firmó (*log id* de RFC 6962): SHA-256 de su SPKI.")
    firma: str = Field(
        pattern=r"^[0-9a-f]{128}$", description="Ed25519 sobre `TreeHeadDataV2` (*signature*)."
    )


class ClaveVista(BaseModel):
    """Una clave pública del registro. Las que ya no firman siguen aquí, para comprobar lo que firmaron."""

    id: Hash = Field(description="SHA-256 de la clave en formato SPKI (*log id* de RFC 6962).")
    publica: Hash = Field(description="Los 32 bytes de la clave Ed25519, en hexadecimal.")
    pem: str = Field(description="La misma clave, como la leen otros programas.")
    desde: Instante = Field(description="Cuándo firmó por primera vez.")
    en_uso: bool = Field(description="Si es la que firmó la última cabeza.")


class HojaVista(BaseModel):
    """Lo que se anotó: una línea de texto ASCII, `qhatu-hoja-v1|tipo|objeto|contenido` (*leaf*)."""

    hash: Hash = Field(description="SHA-256 de un byte 00 y el texto (*leaf hash*).")
    tipo: str
    objeto: str
    contenido: str
    texto: str = Field(description="Los bytes exactos (*leaf_input*).")
    anotada_en: str = Field(json_schema_extra={"format": "date-time"})
    estado: Literal["pendiente", "integrada"]
    indice: int | None = Field(description="Lugar en el árbol (*leaf_index*); nulo mientras está pendiente.")


class HojaCitada(_Estricto):
    tipo: Tipo
    objeto: Objeto
    contenido: str


class PruebaDeInclusion(_Estricto):
    """Todo lo necesario para comprobar, sin preguntar a nadie, que la hoja está en el árbol firmado."""

    version: str
    hoja: HojaCitada
    texto: str = Field(description="Los bytes exactos de la hoja, ASCII (*leaf_input*).")
    hash: Hash = Field(description="*leaf hash*")
    indice: int = Field(ge=0, description="*leaf_index*")
    ruta: list[Hash] = Field(description="Hashes hermanos, de abajo arriba (*inclusion_path*).")
    cabeza: CabezaVista
    clave_publica: Hash = Field(
        description="La clave Ed25519 que firmó la cabeza; compárela con la publicada."
    )
    como_verificar: str


class HojaEnArbol(_Estricto):
    """Una hoja y su camino a la raíz de la cabeza que la acompaña."""

    model_config = ConfigDict(strict=True, extra="forbid")

    tipo: Tipo
    objeto: Objeto
    contenido: str
    indice: int = Field(ge=0, lt=2**63, description="*leaf_index*")
    ruta: list[Hash] = Field(description="Hashes hermanos, de abajo arriba (*inclusion_path*).")


class PruebaDeHojas(_Estricto):
    """Que varias hojas están en un mismo árbol firmado: lo que lleva la prueba de algo que dice más."""

    model_config = ConfigDict(strict=True, extra="forbid")

    hojas: list[HojaEnArbol] = Field(min_length=1, max_length=10)
    cabeza: CabezaVista
    clave_publica: Hash = Field(
        description="La clave Ed25519 que firmó la cabeza; compárela con la publicada."
    )


class PruebaDeConsistencia(BaseModel):
    """Que el árbol de la segunda cabeza empieza con el de la primera: no se quitó ni se cambió nada."""

    primera: CabezaVista = Field(description="*first*")
    segunda: CabezaVista = Field(description="*second*")
    ruta: list[Hash] = Field(description="*consistency_path* de RFC 9162, sección 2.1.4.1.")
