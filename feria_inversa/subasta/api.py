"""JSON routes of the auctions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Security

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
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
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
