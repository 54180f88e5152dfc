"""What the API answers of a process as a whole."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from feria_inversa.entidades import UnidadResumen
from feria_inversa.evaluacion import CausaDesierta
from feria_inversa.procesos import Cierre, ConvocatoriaResumen, Forma, Metodo, ModalidadSalida, VinculoSalida
from nucleo.dinero import Dinero
from nucleo.lectores import DecimalPlano, Entrada, PrecioUnitario


class AdjudicacionSalida(BaseModel):
    resultado: Literal["adjudicado", "desistido", "descalificado", "desierto", "revocado"]
    oferta_id: UUID | None
    proveedor: UnidadResumen | None
    total: Dinero | None
    causa: Annotated[CausaDesierta | None, Field(description="Por qué quedó desierto.")]
    motivo: str


class LoteSalida(BaseModel):
    numero: int
    nombre: str
    total_referencial: Dinero


class ItemSalida(BaseModel):
    id: UUID
    numero: int
    descripcion: str
    unspsc: str | None
    cantidad: DecimalPlano
    unidad_medida: str | None
    unidad_texto: Annotated[
        str | None, Field(description="La unidad como la escribió la entidad, si no es de la lista.")
    ]
    precio_referencial: PrecioUnitario
    total_referencial: Dinero
    partida: Annotated[str | None, Field(description="Partida por objeto del gasto.")]
    lote: int | None
    adjudicacion: AdjudicacionSalida | None = None


class CertificadoDicho(Entrada):
    """Which budget certificate covers a process; none, if it is empty."""

    certificacion_id: UUID | None = None


class ActaSalida(BaseModel):
    """An act as it was written: its bytes are at `/convocatorias/{id}/actas/{numero}`."""

    model_config = ConfigDict(from_attributes=True)

    numero: int
    clase: str
    huella: Annotated[str, Field(description="SHA-256 de su texto.")]
    hecha_en: datetime
    hecha_por: str


class ConvocatoriaSalida(ConvocatoriaResumen):
    descripcion: str
    lugar_entrega: str
    plazo_entrega_dias: int
    regla: ModalidadSalida | None
    abierto_en: datetime | None
    resuelto_en: datetime | None
    contratado_en: datetime | None
    concluido_en: Annotated[
        datetime | None, Field(description="Cuándo terminó la última de sus órdenes; nulo si alguna sigue.")
    ]
    dias_para_pagar: Annotated[
        list[int], Field(description="De un proceso concluido, en cuántos días se pagó cada orden.")
    ]
    cancelado_en: datetime | None
    cierre: Annotated[
        Cierre | None,
        Field(description="Si se anuló o se canceló; «antes» en los de cuando no se distinguía."),
    ]
    motivo_cierre: str | None
    ofertas_recibidas: Annotated[int | None, Field(description="Se conoce recién en la apertura.")]
    versiones: Annotated[int, Field(description="La versión vigente: 1 es la que se publicó.")]
    apertura: Annotated[
        Literal["acceso", "sobre"],
        Field(description="Qué guarda las ofertas: solo el acceso, o una llave que nadie tiene entera."),
    ]
    llave: Annotated[str | None, Field(description="Clave pública X25519 a la que se sellan los sobres.")]
    dos_sobres: Annotated[
        bool, Field(description="Si la parte técnica se abre y califica antes que los precios.")
    ]
    llave_tecnica: Annotated[
        str | None, Field(description="Con dos sobres, la clave a la que se sella la parte técnica.")
    ]
    tecnica_en: Annotated[datetime | None, Field(description="Cuándo se abrió la parte técnica.")]
    bytes_sobre: Annotated[int | None, Field(description="Cuánto mide cada sobre sellado, diga lo que diga.")]
    pedido_en: Annotated[int, Field(description="La versión en que cambió por última vez lo que se pide.")]
    adjudica_por: Annotated[Forma, Field(description="Qué gana de una vez una oferta.")]
    lotes: list[LoteSalida]
    metodo: Annotated[Metodo, Field(description="Por qué se comparan las ofertas.")]
    puntos_tecnica: int
    minimo_tecnica: int
    subasta: Annotated[bool, Field(description="Si los precios abiertos bajan en una subasta electrónica.")]
    subasta_por_rondas: bool
    cotizacion_rapida: Annotated[
        bool, Field(description="Si los nombres de quienes ofertan no se ven hasta la decisión.")
    ]
    calificacion: Annotated[int | None, Field(description="El acta de la última calificación.")]
    linea_de_plan: Annotated[
        UUID | None, Field(description="La línea del plan anual de la entidad de la que es.")
    ]
    anterior: Annotated[
        VinculoSalida | None, Field(description="El proceso al que sigue: uno desierto o anulado.")
    ]
    siguientes: Annotated[list[VinculoSalida], Field(description="Los que volvieron a convocar lo suyo.")]
    items: list[ItemSalida]
