"""JSON routes of the auctions."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Security
from fastapi.sse import KEEPALIVE_COMMENT

from ciudadania import ActorOpcional, actor_requerido
from feria_inversa.entidades import Contratante
from feria_inversa.procesos import convocatoria_visible
from feria_inversa.subasta import presentar
from feria_inversa.subasta.esquemas import (
    InterrupcionEntrada,
    InterrupcionSalida,
    PujaEntrada,
    PujaRecibida,
    SubastaSalida,
)
from feria_inversa.subasta.prorrogar import avisar_interrupcion
from feria_inversa.subasta.pujar import pujar
from feria_inversa.subasta.vivo import Cosa, cosa_de, seguir
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.corrientes import Corriente, lugar
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import Entero
from nucleo.web import publico

router = APIRouter(
    prefix="/api/v1/convocatorias/{convocatoria_id}/subasta",
    route_class=RutaIdempotente,
    tags=["feria inversa"],
)
Oferente = Annotated[Actor, Security(actor_requerido, scopes=["convocatorias"])]


@router.get("", dependencies=[Depends(publico)], responses=respuestas(404))
def ver_subasta(convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional) -> SubastaSalida:
    """La subasta como está: por lo que se adjudica junto, cada proponente con su último total."""
    return presentar.subasta(sesion, convocatoria_visible(sesion, actor, convocatoria_id))


def _cosa(
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: ActorOpcional,
    grupo: Annotated[Entero, Query(ge=1, le=32767, description="El número de su primer ítem.")],
) -> Cosa:
    return cosa_de(sesion, convocatoria_visible(sesion, actor, convocatoria_id).id, grupo)


@router.get(
    "/eventos",
    dependencies=[Depends(publico), Depends(lugar)],
    status_code=200,
    response_class=Corriente,
    responses=respuestas(404),
)
async def seguir_subasta(
    cosa: Annotated[Cosa, Depends(_cosa)],
    desde: Annotated[str, Query(description="El `id` del último suceso ya visto.")] = "",
    last_event_id: Annotated[str, Header(description="Lo mismo, de quien vuelve: vale antes.")] = "",
) -> Corriente:
    """La subasta mientras ocurre: un suceso `puja` por cada una, y `horario` cuando cambia. Dura unos
    minutos: quien vuelve dice el `id` del último, y no pierde ninguna ni la oye dos veces."""
    return Corriente(_tramas(cosa, last_event_id or desde))


async def _tramas(cosa: Cosa, desde: str) -> AsyncGenerator[bytes]:
    async with aclosing(seguir(cosa, desde)) as tandas:
        async for sucesos in tandas:
            yield b"".join(suceso.trama for suceso in sucesos) or KEEPALIVE_COMMENT


@router.post("/pujas", status_code=201, responses=respuestas(404, 409))
def pujar_en_subasta(
    convocatoria_id: UUID, datos: PujaEntrada, sesion: Sesion, actor: Oferente, _: Idempotente
) -> PujaRecibida:
    """Baja el total de la unidad. Vale desde que se responde, con la hora en que la tomó la base de datos."""
    hecha = pujar(sesion, actor, convocatoria_id, datos.unidad_id, datos.grupo, datos.total, datos.id)
    return PujaRecibida.model_validate(hecha, from_attributes=True)


@router.post("/interrupciones", status_code=201, responses=respuestas(404, 409))
def avisar_una_interrupcion(
    convocatoria_id: UUID, datos: InterrupcionEntrada, sesion: Sesion, actor: Contratante, _: Idempotente
) -> InterrupcionSalida:
    """Por una interrupción, lo que no terminó termina más tarde: un aviso público, con su motivo."""
    acta = avisar_interrupcion(sesion, actor, convocatoria_id, datos.termina_en, datos.motivo)
    return InterrupcionSalida(acta=acta.numero, huella=acta.huella, hecha_en=acta.hecha_en)
