"""JSON routes of the rules for sellers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Security

from ciudadania import ActorRequerido, actor_requerido
from comercio.requisitos import presentar
from comercio.requisitos.disponer import disponer
from comercio.requisitos.esquemas import ReglaLeida, ReglaNueva, RequisitoLeido
from comercio.requisitos.juzgar import juicios_de, reglas_vigentes
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad, unidad_por_id
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["productos"])
ActorDeCatalogo = Annotated[Actor, Security(actor_requerido, scopes=["productos"])]


@router.get("/reglas-de-vendedor", responses=respuestas(), dependencies=[Depends(publico)])
def listar(sesion: Sesion) -> list[ReglaLeida]:
    """Qué puede vender cada clase de unidad, hasta cuánto y con qué documentos, con su norma."""
    return [presentar.regla(r) for r in reglas_vigentes(sesion)]


@router.post("/reglas-de-vendedor", status_code=201, responses=respuestas(404, 409))
def crear(datos: ReglaNueva, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> ReglaLeida:
    """La autoridad dispone la regla que sigue; la vigente termina el día en que esta empieza."""
    return presentar.regla(disponer(sesion, actor, datos))


@router.get("/unidades-economicas/{unidad_id}/requisitos-de-vendedor", responses=respuestas(404))
def de_unidad(unidad_id: UUID, sesion: Sesion, actor: ActorDeCatalogo) -> list[RequisitoLeido]:
    """Qué se le pide a una unidad para vender y qué le falta."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    return [presentar.requisito(j) for j in juicios_de(sesion, unidad_por_id(sesion, unidad_id))]
