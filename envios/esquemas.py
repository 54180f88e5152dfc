"""What crosses the API."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from envios.emsevt import EstadoEvento
from envios.estados import EstadoEnvio, QuienRecibe
from envios.motivos import AccionIntento, Motivo
from envios.registrar_eventos import LOTE_MAXIMO, Resultado
from nucleo.lectores import ES_NOMBRE, Entero, Momento, TelefonoONada, escrito


class _Entrada(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EnvioPorCrear(_Entrada):
    """A shipment to announce, by whoever sells for the sender."""

    remitente_unidad_id: UUID
    operador_unidad_id: UUID
    destinatario_persona_id: UUID
    destinatario_nombre: Annotated[str, escrito(120, 1), ES_NOMBRE]
    destinatario_telefono: TelefonoONada = ""
    destino_municipio_ine: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
    destino_referencia: Annotated[str, escrito(500, 1)] = Field(
        description="Cómo llegar: zona, referencia, color de la puerta; no hace falta calle ni número."
    )
    peso_g: Entero = Field(ge=1, le=1_000_000)
    contenido: Annotated[str, escrito(200, 1)]


class EventoPorRegistrar(_Entrada):
    """An event of one item. `codigo` is EMSEVT v3; another one is kept and stays unknown."""

    codigo: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,10}$")]
    ocurrido_en: Momento | None = Field(
        None, description="Cuándo ocurrió, con su zona. Si falta, ahora mismo."
    )
    evento_cliente_id: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{0,64}$")] = Field(
        "", description="Identificador propio del evento: repetirlo no lo registra dos veces."
    )
    motivo: Motivo | None = None
    accion: AccionIntento | None = None
    municipio_ine: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")] | None = None
    lugar: Annotated[str, escrito(120)] = ""
    entregado_a: QuienRecibe | None = None
    codigo_entrega: Annotated[str, escrito(20)] = Field(
        "", description="Los 6 dígitos de quien recibe; necesarios para EMI al destinatario."
    )
    receptor_nombre: Annotated[str, escrito(120)] = ""


class EventoDeLote(EventoPorRegistrar):
    """An event of a batch: the item by its S10 number."""

    numero: Annotated[str, escrito(40, 1)]


class LoteDeEventos(_Entrada):
    operador_unidad_id: UUID
    eventos: list[EventoDeLote] = Field(min_length=1, max_length=LOTE_MAXIMO)


class EntregaPorRegistrar(_Entrada):
    codigo_entrega: Annotated[str, escrito(20, 1)]
    receptor_nombre: Annotated[str, escrito(120)] = ""
    evento_cliente_id: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{0,64}$")] = ""
    lugar: Annotated[str, escrito(120)] = ""


class EnvioLeido(BaseModel):
    """A shipment for its sender, operator or recipient. `codigo_entrega` only for the recipient."""

    id: UUID
    numero: str
    estado: EstadoEnvio
    estado_en: datetime
    etiqueta: str = Field(description="Etiqueta de AfterShip.")
    papel: str = Field(description="Lo que usted es para este envío: destinatario, remitente u operador.")
    remitente_unidad_id: UUID
    operador_unidad_id: UUID
    destinatario_persona_id: UUID
    destinatario_nombre: str
    destinatario_telefono: str
    destino_municipio_ine: str
    destino_referencia: str
    referencia_tipo: str
    referencia_id: UUID
    peso_g: int
    contenido: str
    intentos: int
    creado_en: datetime
    admitido_en: datetime | None
    entregado_en: datetime | None
    devolucion_de_id: UUID | None
    codigo_entrega: str | None = None
    seguimiento: str = Field(description="Página pública de seguimiento.")


class EventoLeido(BaseModel):
    """An event for whoever is concerned by the shipment."""

    id: UUID
    codigo: str
    estado: EstadoEvento
    texto: str
    subetiqueta: str | None
    ocurrido_en: datetime = Field(description="Con la zona de quien lo registró.")
    recibido_en: datetime
    fuente: str
    evento_cliente_id: str
    motivo: Motivo | None
    accion: AccionIntento | None
    entregado_a: QuienRecibe | None
    receptor_nombre: str | None
    municipio_ine: str | None
    lugar: str


class EventosLeidos(BaseModel):
    datos: list[EventoLeido]


class EventoRegistrado(BaseModel):
    """What became of one event."""

    resultado: Resultado
    numero: str | None = None
    estado: EstadoEnvio | None = None
    evento: EventoLeido | None = None
    codigo: str | None = Field(None, description="Código del error, si se rechazó.")
    detalle: str | None = None


class LoteRegistrado(BaseModel):
    """One result per event, in the order they were sent."""

    datos: list[EventoRegistrado]
    registrados: int
    repetidos: int
    rechazados: int


class HitoPublico(BaseModel):
    """An event as anybody may read it: what, where (municipality), when. Never who."""

    codigo: str
    estado: EstadoEvento
    texto: str
    subetiqueta: str | None
    ocurrido_en: datetime
    lugar: str
    accion: str | None


class Seguimiento(BaseModel):
    """The public track of a shipment, without anybody's data."""

    numero: str
    legible: str
    servicio: str
    estado: EstadoEnvio
    estado_texto: str
    etiqueta: str = Field(description="Etiqueta de AfterShip.")
    operador: str
    destino: str
    anunciado_en: datetime
    admitido_en: datetime | None
    entregado_en: datetime | None
    siguiente_paso: str
    eventos: list[HitoPublico]
