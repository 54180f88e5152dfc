"""JSON routes of the red flags."""

from uuid import UUID

from fastapi import APIRouter, Depends

from ciudadania import ActorOpcional
from feria_inversa.banderas.consultas import Elegidas, de_un_proceso, en_pie
from feria_inversa.banderas.esquemas import BanderaSalida, RespuestaDeBandera, RespuestaSalida
from feria_inversa.banderas.presentar import salida
from feria_inversa.banderas.responder import responder
from feria_inversa.entidades import Contratante
from feria_inversa.procesos import convocatoria_visible
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor, Pagina
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["feria inversa"])


@router.get("/banderas", dependencies=[Depends(publico)], responses=respuestas(404))
def listar_banderas(sesion: Sesion, filtro: Elegidas, pagina: Cursor) -> Pagina[BanderaSalida]:
    """Lo que vale la pena mirar en las compras del Estado, lo último primero; nunca acusa a nadie."""
    filas, siguiente = en_pie(sesion, filtro, pagina)
    return Pagina(datos=[salida(mostrada) for mostrada in filas], siguiente=siguiente)


@router.get(
    "/convocatorias/{convocatoria_id}/banderas", dependencies=[Depends(publico)], responses=respuestas(404)
)
def banderas_de_un_proceso(
    convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional
) -> list[BanderaSalida]:
    """Las de un proceso, con lo que respondió su entidad."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    return [salida(mostrada) for mostrada in de_un_proceso(sesion, convocatoria.id)]


@router.post(
    "/convocatorias/{convocatoria_id}/banderas/{codigo}/respuesta",
    status_code=201,
    responses=respuestas(404, 409),
)
def responder_bandera(
    convocatoria_id: UUID,
    codigo: str,
    datos: RespuestaDeBandera,
    sesion: Sesion,
    actor: Contratante,
    _: Idempotente,
) -> RespuestaSalida:
    """La entidad responde a una bandera de su proceso; lo que ya dijo queda."""
    fila = responder(sesion, actor, convocatoria_id, codigo, datos.respuesta)
    return RespuestaSalida.model_validate(fila, from_attributes=True)
