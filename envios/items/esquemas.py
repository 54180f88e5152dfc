"""What crosses the API."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from envios.items.estados import EstadoEnvio
from nucleo.lectores import ES_NOMBRE, Entero, TelefonoONada, escrito


class Entrada(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EnvioPorCrear(Entrada):
    """A shipment to announce, by whoever sells for the sender."""

    remitente_unidad_id: UUID
    operador_unidad_id: UUID
    destinatario_persona_id: UUID | None = Field(
        None, description="Si recibe una persona con cuenta o una unidad, una de las dos; si no, un tercero."
    )
    destinatario_unidad_id: UUID | None = None
    destinatario_nombre: Annotated[str, escrito(120, 1), ES_NOMBRE]
    destinatario_telefono: TelefonoONada = ""
    destino_municipio_ine: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
    destino_referencia: Annotated[str, escrito(500, 1)] = Field(
        description="Cómo llegar: zona, referencia, color de la puerta; no hace falta calle ni número."
    )
    peso_g: Entero = Field(ge=1, le=1_000_000)
    contenido: Annotated[str, escrito(200, 1)]


class EnvioLeido(BaseModel):
    """A shipment for its sender, operator or recipient. `codigo_entrega` only for the recipient."""

    id: UUID
    numero: str
    estado: EstadoEnvio
    estado_en: datetime
    etiqueta: str = Field(description="Etiqueta de AfterShip.")
    papel: str = Field(description="Lo que usted es para este envío: destinatario, remitente u operador.")
    remitente_unidad_id: UUID | None
    remitente_persona_id: UUID | None
    operador_unidad_id: UUID
    destinatario_persona_id: UUID | None
    destinatario_unidad_id: UUID | None
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
