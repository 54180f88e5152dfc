"""What crosses between the telephone and us."""

from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from envios.entrega import PruebaPorGuardar
from envios.eventos import AccionIntento, Motivo
from nucleo.lectores import DecimalPlano, Entero, Entrada, escrito

LOTE_MAXIMO = 100
_DIA_MS = 86_400_000


class Reloj(Entrada):
    """What the telephone's clock said: milliseconds since 1970, and its zone in minutes."""

    ms: Entero = Field(ge=0, le=150 * 365 * _DIA_MS)
    zona_min: Entero = Field(-240, ge=-14 * 60, le=14 * 60)

    @property
    def instante(self) -> datetime:
        zona = timezone(timedelta(minutes=self.zona_min))
        return datetime.fromtimestamp(self.ms // 1000, UTC).astimezone(zona) + timedelta(
            milliseconds=self.ms % 1000
        )


class EscaneoPorSubir(Entrada):
    """One reading. `desfase_ms`: server's clock less the telephone's at their last contact before it."""

    id: UUID
    codigo: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,10}$")]
    numero: Annotated[str, escrito(60)] = ""
    reloj: Reloj
    desfase_ms: Entero | None = Field(None, ge=-150 * 365 * _DIA_MS, le=150 * 365 * _DIA_MS)
    motivo: Motivo | None = None
    accion: AccionIntento | None = None


class EntregaEnLaPuerta(PruebaPorGuardar):
    """What was said and seen at the door, with the code that the recipient gave."""

    codigo_entrega: Annotated[str, escrito(20)] = ""


class Telefono(Entrada):
    """Whose readings they are, for which operator, from which telephone, and what its clock says now."""

    persona_id: UUID
    operador_unidad_id: UUID
    agencia_id: UUID | None = None
    dispositivo_id: UUID
    enviado: Reloj


class SubidaDeEscaneos(Telefono):
    escaneos: list[EscaneoPorSubir] = Field(min_length=1, max_length=LOTE_MAXIMO)


class SubidaConArchivos(Telefono):
    """One reading with its pictures: the label in a photo, or a delivery with its proof."""

    escaneo: EscaneoPorSubir
    entrega: EntregaEnLaPuerta | None = None


class ResultadoEscaneo(StrEnum):
    REGISTRADO = "registrado"
    REPETIDO = "repetido"
    YA_ESTABA = "ya_estaba"
    RECHAZADO = "rechazado"


class EscaneoJuzgado(BaseModel):
    """What became of one reading, in words."""

    id: UUID
    resultado: ResultadoEscaneo
    codigo: str
    numero: str
    estado: str
    texto: str
    detalle: str = ""
    destino: str = ""
    ocurrido_en: datetime
    reloj_corregido: bool = False
    por_confirmar: bool = Field(False, description="Una entrega con otro código: falta quien recibe.")


class EscaneosJuzgados(BaseModel):
    """One result for each reading, in the order they were sent; `ahora_ms`: the server's clock."""

    ahora_ms: int
    resultados: list[EscaneoJuzgado]


class PorResolver(BaseModel):
    """A reading that somebody must look at: refused, or another telephone says otherwise."""

    id: UUID
    numero: str
    codigo: str
    texto: str
    que_hacer: str
    ocurrido_en: datetime
    rechazado: bool
    con_foto: bool


class AgenciaDelTelefono(BaseModel):
    id: UUID
    nombre: str


class OperadorDelTelefono(BaseModel):
    id: UUID
    nombre: str
    agencias: list[AgenciaDelTelefono]


class ParadaDelTelefono(BaseModel):
    """A stop as who delivers needs it at the door; nothing that tells whether a code is right."""

    numero: str
    destinatario: str
    telefono: str
    destino: str
    referencia: str
    codigo_plus: str | None
    latitud: DecimalPlano | None
    longitud: DecimalPlano | None
    cobrar: str = Field(description="En palabras; vacío si no se cobra nada.")
    elige: str
    estado: str
    terminada: bool


class RondaDelTelefono(BaseModel):
    numero: str
    estado: str
    agencia: str
    operador_unidad_id: UUID
    paradas: list[ParadaDelTelefono]


class HojaDelTelefono(BaseModel):
    """What a worker takes to the doors, to be read without network.

    `hasta_ms`: when the telephone forgets it, by the server's clock, as `ahora_ms`.
    """

    ahora_ms: int
    hasta_ms: int
    persona_id: UUID
    rondas: list[RondaDelTelefono]


class EstadoDelTelefono(BaseModel):
    """Who works, where they may, the server's clock, and what waits for them."""

    ahora_ms: int
    persona_id: UUID
    nombre: str
    operadores: list[OperadorDelTelefono]
    por_resolver: list[PorResolver]
