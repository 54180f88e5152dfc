"""JSON routes by which operators tell what happened in their own formats."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Query, Security, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from ciudadania import actor_requerido
from envios.eventos import Resultado
from envios.integraciones.recibir import Formato, recibir_archivo
from nucleo.actor import Actor
from nucleo.archivos.recibido import Recibido
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)


class LineaLeida(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    numero: int = Field(description="Línea del archivo, o lugar del mensaje, desde 1.")
    resultado: Resultado
    envio: str | None
    evento: str | None = Field(description="Código con que quedó registrado.")
    desconocido: bool = Field(description="Su código no está en la tabla: se guardó como vino.")
    codigo: str | None = Field(description="Código del error, si se rechazó.")
    detalle: str | None


@router.post("/operadores-postales/{operador_id}/archivos-de-eventos", responses=respuestas(409, 413))
def recibir_archivo_de_eventos(
    sesion: Sesion,
    actor: Annotated[Actor, Security(actor_requerido, scopes=["envios"])],
    operador_id: UUID,
    archivo: Annotated[UploadFile, File(description="CSV o JSON de hasta 1 MB y 1.000 sucesos.")],
    formato: Annotated[Formato, Query(description="El formato propio en que viene.")],
    _: Idempotente,
) -> list[LineaLeida]:
    """Registra lo que un operador cuenta en su propio formato; cada línea tiene su resultado."""
    lineas = recibir_archivo(sesion, actor, operador_id, formato, Recibido.de(archivo))
    return [LineaLeida.model_validate(linea) for linea in lineas]
