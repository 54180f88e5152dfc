"""What crosses the API of this room."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from nucleo.lectores import Entero


class YoSalida(BaseModel):
    """The person behind the credentials of the request."""

    id: UUID
    nombre: str
    ci: str
    complemento: str | None
    correo: str | None
    celular: str | None
    nivel: Annotated[Entero, Field(ge=1, le=3, description="1 declarada, 2 verificada, 3 con firma digital.")]
    autenticado_en: datetime | None


class NotificacionSalida(BaseModel):
    """A message of the mailbox; `leido_en` is the first reading by anybody entitled."""

    id: UUID
    unidad_id: UUID | None = Field(description="La unidad destinataria, si no es personal.")
    clase: str = Field(examples=["pagos.recibido"])
    legal: bool = Field(description="Notifica con efecto legal: se lee solo al abrirla.")
    grupo: UUID = Field(description="Igual en los avisos que se muestran en una línea.")
    asunto: str
    cuerpo: str
    enlace: str | None = Field(description="Ruta de esta plataforma con más detalle.")
    creado_en: datetime
    leido_en: datetime | None


class LineaSalida(BaseModel):
    """A line of the mailbox: the newest notice of a group, and how many there are."""

    grupo: UUID
    titulo: str = Field(examples=["Recibió 12 pagos"])
    cuantas: int
    sin_leer: int
    ultima: NotificacionSalida


class Sueltas(BaseModel):
    """What to mark as read; without a group, all."""

    model_config = ConfigDict(extra="forbid")

    grupo: UUID | None = None


class MarcadasSalida(BaseModel):
    marcadas: int = Field(description="Cuántos avisos quedaron leídos.")


class LecturaSalida(BaseModel):
    """Proof of reading: who and when."""

    notificacion_id: UUID
    persona_id: UUID
    mandatos: list[UUID] = Field(description="De una unidad: los mandatos por los que la leyó.")
    leido_en: datetime


class TokenSalida(BaseModel):
    """RFC 6749 §5.1."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 (the name of a scheme)
    expires_in: int = Field(description="Segundos de vida.")
    scope: str


class ErrorOAuth(BaseModel):
    """RFC 6749 §5.2."""

    error: Literal[
        "invalid_request", "invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope"
    ]
    error_description: str
