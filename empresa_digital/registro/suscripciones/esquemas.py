"""What crosses the API of this sub-room."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from nucleo.lectores import Momento

Tipo = Annotated[str, Field(pattern=r"^[A-Za-z]{3,80}$", examples=["OrdenDeCobroPagada"])]


class WebhookNuevo(BaseModel):
    model_config = ConfigDict(extra="forbid")

    url: str = Field(min_length=9, max_length=500, examples=["https://ejemplo.bo/avisos"])
    tipos: list[Tipo] = Field([], max_length=50, description="Vacío: todos los avisos de la unidad.")


class WebhookSalida(BaseModel):
    id: UUID
    url: str
    tipos: list[str]
    activo: bool
    creado_en: datetime
    fallando_desde: datetime | None = Field(description="Desde cuándo no acepta ningún aviso.")
    baja_en: datetime | None
    motivo_baja: str | None = Field(
        description="`fallas`: cinco días sin aceptar; `410`: dijo que no existe."
    )
    anterior_hasta: datetime | None = Field(description="Hasta cuándo firma también el secreto anterior.")


class WebhookCreado(WebhookSalida):
    secreto: str = Field(description="Firma los avisos; se muestra solo esta vez.")


class SecretoNuevo(BaseModel):
    secreto: str = Field(description="Se muestra solo esta vez; el anterior firma también por un día.")


class MensajeEnCola(BaseModel):
    mensaje_id: str = Field(examples=["msg_0197a6c000007000800000000001"])


class TipoSalida(BaseModel):
    """A type of message: the schema of its `data`, and an example."""

    tipo: str
    descripcion: str
    esquema: dict[str, Any]
    ejemplo: dict[str, Any]


class EntregaSalida(BaseModel):
    id: str = Field(description="El `webhook-id` que recibe su sistema.")
    tipo: str
    estado: Literal["por_enviar", "entregada", "abandonada"]
    intentos: int = Field(description="Los de la última vez que se pidió enviarla.")
    creado_en: datetime
    proximo_en: datetime | None = Field(description="Cuándo será el próximo intento.")
    ultimo_estado: int | None
    ultimo_error: str | None


class IntentoSalida(BaseModel):
    momento: datetime
    estado: int | None = Field(description="El de la respuesta; nulo si no la hubo.")
    latencia_ms: int
    respuesta: str = Field(description="Lo primero que respondió, hasta 500 caracteres.")
    error: str | None


class EntregaCompleta(EntregaSalida):
    cuerpo: str = Field(description="Los bytes exactos que se firmaron.")
    historial: list[IntentoSalida]


class Reenvio(BaseModel):
    """What to send again: what was made from an instant to another."""

    model_config = ConfigDict(extra="forbid")

    desde: Momento
    hasta: Momento
    solo_fallidas: bool = True


class Reenviadas(BaseModel):
    reenviadas: int = Field(description="Mil como máximo; repita para las demás.")
