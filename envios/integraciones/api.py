"""JSON routes by which operators tell what happened in their own formats."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, File, Query, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from envios.eventos import Resultado
from envios.integraciones.estados import EstadoMensaje
from envios.integraciones.recibir import Formato, recibir_archivo, resultado_en_csv
from envios.integraciones.recibir_mensajes import Juzgado, ResultadoMensaje, proximo, recibir_mensajes
from envios.items import ActorDeEnvios
from nucleo.archivos.recibido import Recibido
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos, respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import Entrada

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


@router.post(
    "/operadores-postales/{operador_id}/archivos-de-eventos",
    response_model=list[LineaLeida],
    responses={
        200: {"content": {"text/csv": {"schema": {"type": "string"}}}},
        **respuestas(409, 413),
    },
)
def recibir_archivo_de_eventos(
    sesion: Sesion,
    actor: ActorDeEnvios,
    operador_id: UUID,
    archivo: Annotated[UploadFile, File(description="CSV, XLSX o JSON de hasta 1 MB y 1.000 sucesos.")],
    formato: Annotated[Formato, Query(description="«qhatu», la planilla de Qhatu, o el del operador.")],
    _: Idempotente,
    resultado: Annotated[
        Literal["json", "csv"], Query(description="«csv»: el resultado de cada línea como archivo.")
    ] = "json",
) -> Any:
    """Registra lo que un operador cuenta en un archivo; cada línea tiene su resultado."""
    lineas = recibir_archivo(sesion, actor, operador_id, formato, Recibido.de(archivo))
    if resultado == "csv":
        return Response(resultado_en_csv(lineas), media_type="text/csv; charset=utf-8")
    return [LineaLeida.model_validate(linea) for linea in lineas]


class MensajesPorRecibir(Entrada):
    """Messages in the operator's own words, in any order, as often as they are sent."""

    mensajes: list[Any] = Field(max_length=1_000)


class MensajeLeido(BaseModel):
    numero: int = Field(description="Lugar del mensaje, desde 1.")
    resultado: ResultadoMensaje = Field(
        description="«repetido»: ya se había recibido. «en_espera»: se intentará de nuevo solo."
    )
    estado: EstadoMensaje | None = Field(description="Cómo está; falta si no se guardó por ser muy largo.")
    envio: str | None
    evento: str | None = Field(description="Código con que quedó registrado.")
    desconocido: bool = Field(description="Su código no está en la tabla: se guardó como vino.")
    codigo: str | None = Field(description="Código del error, si lo hubo.")
    detalle: str | None
    reintento_en: datetime | None = Field(description="Cuándo se intentará de nuevo.")

    @classmethod
    def de(cls, juzgado: Juzgado) -> "MensajeLeido":
        fila = juzgado.fila
        return cls(
            numero=juzgado.numero,
            resultado=juzgado.resultado,
            estado=fila.estado if fila else None,
            envio=(fila.envio_numero or None) if fila else None,
            evento=(fila.codigo or None) if fila else None,
            desconocido=fila.desconocido if fila else False,
            codigo=(fila.error_codigo or None) if fila else DatosInvalidos.codigo,
            detalle=juzgado.detalle or None,
            reintento_en=proximo(fila) if fila else None,
        )


class MensajesLeidos(BaseModel):
    """One result a message, in the order in which they were sent."""

    datos: list[MensajeLeido]


@router.post("/operadores-postales/{operador_id}/mensajes", responses=respuestas())
def recibir_mensajes_de_operador(
    sesion: Sesion,
    actor: ActorDeEnvios,
    operador_id: UUID,
    cuerpo: MensajesPorRecibir,
) -> MensajesLeidos:
    """Recibe lo que cuenta el programa de un operador, en sus palabras (formato «mensajes»).

    Cada mensaje se guarda antes de juzgarlo: enviarlo otra vez no lo duplica. Lo que aún no se puede
    registrar se intenta de nuevo solo; lo que no se entiende queda a la vista de quienes trabajan en el
    operador.
    """
    return MensajesLeidos(
        datos=[MensajeLeido.de(j) for j in recibir_mensajes(sesion, actor, operador_id, cuerpo.mensajes)]
    )
