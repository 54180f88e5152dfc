"""What crosses the API."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from envios.eventos.derivar import ClaseIncidencia, QuienRecibe
from envios.eventos.emsevt import EstadoEvento
from envios.eventos.estados import ComoSeResuelve, EstadoAnulacion, EstadoIncidencia, Resolucion
from envios.eventos.motivos import AccionIntento, Motivo, MotivoCorreccion
from envios.eventos.nuevo import Resultado
from envios.eventos.registrar_eventos import LOTE_MAXIMO
from envios.items import EstadoEnvio
from nucleo.lectores import Entrada, Momento, escrito


class EventoPorRegistrar(Entrada):
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
    agencia_id: UUID | None = Field(
        None, description="En qué agencia suya ocurrió: el lugar es el de ella. La anota quien trabaja ahí."
    )
    entregado_a: QuienRecibe | None = None
    contraparte_unidad_id: UUID | None = Field(
        None, description="Con qué operador, en un traspaso: QHTE (entregado) o QHTR (recibido)."
    )
    codigo_entrega: Annotated[str, escrito(20)] = Field(
        "", description="Los 7 dígitos de quien recibe; necesarios para EMI al destinatario."
    )
    receptor_nombre: Annotated[str, escrito(120)] = ""


class EventoDeLote(EventoPorRegistrar):
    """An event of a batch: the item by its S10 number."""

    numero: Annotated[str, escrito(40, 1)]


class LoteDeEventos(Entrada):
    operador_unidad_id: UUID
    eventos: list[EventoDeLote] = Field(min_length=1, max_length=LOTE_MAXIMO)


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
    operador_unidad_id: UUID
    contraparte_unidad_id: UUID | None
    municipio_ine: str | None
    lugar: str
    agencia_id: UUID | None


class EventoDeHistoria(EventoLeido):
    """An event with what became of it since."""

    cuenta: bool = Field(description="Falso si se corrigió o espera un traspaso.")
    corregido: MotivoCorreccion | None = Field(description="Por qué se declaró equivocado.")


class EventosLeidos(BaseModel):
    datos: list[EventoDeHistoria]


class CorreccionPorAnotar(Entrada):
    """One of the operator's own events is wrong: by its id, or by the operator's, also before it arrives."""

    operador_unidad_id: UUID
    evento_id: UUID | None = None
    evento_cliente_id: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{0,64}$")] = ""
    motivo: MotivoCorreccion
    detalle: Annotated[str, escrito(300)] = ""


class CorreccionAnotada(BaseModel):
    resultado: Resultado
    numero: str | None = Field(description="Falta mientras el evento no llega.")
    estado: EstadoEnvio | None


class IncidenciaLeida(BaseModel):
    """Something about an item that does not fit."""

    id: UUID
    clase: ClaseIncidencia
    texto: str
    estado: EstadoIncidencia
    abierta_en: datetime
    resuelta_en: datetime | None
    resolucion: Resolucion | None
    nota: str


class IncidenciasLeidas(BaseModel):
    datos: list[IncidenciaLeida]


class IncidenciaPorResolver(Entrada):
    como: ComoSeResuelve
    nota: Annotated[str, escrito(300, 1)]


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


class AnulacionLeida(BaseModel):
    """A request that an item does not travel."""

    id: UUID
    envio_id: UUID
    estado: EstadoAnulacion
    pedida_en: datetime
    vence_en: datetime = Field(description="Si el operador no responde, se decide sola entonces.")
    resuelta_en: datetime | None
    nota: str
