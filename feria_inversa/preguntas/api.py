"""JSON routes of the questions."""

from uuid import UUID

from fastapi import APIRouter, Depends

from ciudadania import ActorOpcional, ActorRequerido
from feria_inversa.preguntas.consultas import preguntas_de
from feria_inversa.preguntas.esquemas import PreguntaEntrada, PreguntaSalida, RespuestaEntrada
from feria_inversa.preguntas.modelos import Pregunta
from feria_inversa.preguntas.preguntar import preguntar, responder
from feria_inversa.procesos import convocatoria_visible
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor, Pagina
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["feria inversa"])
DE_UNA = "/convocatorias/{convocatoria_id}/preguntas"


@router.get(DE_UNA, dependencies=[Depends(publico)], responses=respuestas(404))
def listar_preguntas(
    convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional, pagina: Cursor
) -> Pagina[PreguntaSalida]:
    """Lo que se preguntó de una convocatoria y lo que la entidad respondió, en orden."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    filas, siguiente = preguntas_de(sesion, convocatoria.id, pagina)
    return Pagina(datos=[_salida(fila) for fila in filas], siguiente=siguiente)


@router.post(DE_UNA, status_code=201, responses=respuestas(404, 409))
def hacer_pregunta(
    convocatoria_id: UUID, datos: PreguntaEntrada, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> PreguntaSalida:
    """Pregunta mientras se reciben ofertas: se publica sin decir quién la hace."""
    return _salida(preguntar(sesion, actor, convocatoria_id, datos.unidad_id, datos.texto))


@router.post(DE_UNA + "/{pregunta_id}/respuesta", responses=respuestas(404, 409))
def responder_pregunta(
    convocatoria_id: UUID,
    pregunta_id: UUID,
    datos: RespuestaEntrada,
    sesion: Sesion,
    actor: ActorRequerido,
    _: Idempotente,
) -> PreguntaSalida:
    """La entidad responde una vez, para todos, hasta el cierre de la recepción."""
    return _salida(responder(sesion, actor, convocatoria_id, pregunta_id, datos.respuesta))


def _salida(fila: Pregunta) -> PreguntaSalida:
    return PreguntaSalida.model_validate(fila, from_attributes=True)
