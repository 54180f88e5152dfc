"""JSON routes of bids."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response, Security

from ciudadania import ActorOpcional, actor_requerido
from feria_inversa.ofertas import presentar
from feria_inversa.ofertas.consultas import oferta_propia, ofertas_abiertas
from feria_inversa.ofertas.esquemas import OfertaAbierta, OfertaEntrada, OfertaNueva, OfertaRecibo
from feria_inversa.ofertas.ofertas import presentar_oferta, retirar_oferta
from feria_inversa.ofertas.reconfirmar import reconfirmar_oferta
from feria_inversa.procesos import convocatoria_visible
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["feria inversa"])
Oferente = Annotated[Actor, Security(actor_requerido, scopes=["convocatorias"])]
OFERTAS = "/convocatorias/{convocatoria_id}/ofertas"


@router.get(OFERTAS, dependencies=[Depends(publico)], responses=respuestas(404, 409))
def listar_ofertas(convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional) -> list[OfertaAbierta]:
    """Las ofertas con sus precios, desde la apertura; antes responde 409 a cualquiera."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    return [presentar.oferta_abierta(oferta) for oferta in ofertas_abiertas(sesion, convocatoria)]


@router.post(OFERTAS, status_code=201, responses=respuestas(404, 409))
def crear_oferta(
    convocatoria_id: UUID,
    datos: OfertaNueva,
    sesion: Sesion,
    actor: Oferente,
    response: Response,
    _: Idempotente,
) -> OfertaRecibo:
    """Presenta la oferta de una unidad en sobre cerrado. Responde el recibo, sin precios."""
    oferta = presentar_oferta(
        sesion, actor, convocatoria_id, datos.unidad_id, datos.lineas, id_=datos.id, version=datos.version
    )
    response.headers["Location"] = f"/api/v1/convocatorias/{convocatoria_id}/ofertas/{oferta.id}"
    return presentar.recibo(oferta)


@router.get(OFERTAS + "/{oferta_id}", responses=respuestas(404))
def ver_oferta_propia(
    convocatoria_id: UUID, oferta_id: UUID, sesion: Sesion, actor: Oferente
) -> OfertaRecibo:
    """El recibo de una oferta propia."""
    return presentar.recibo(oferta_propia(sesion, actor, convocatoria_id, oferta_id))


@router.put(OFERTAS + "/{oferta_id}", responses=respuestas(404, 409))
def reemplazar_oferta(
    convocatoria_id: UUID, oferta_id: UUID, datos: OfertaEntrada, sesion: Sesion, actor: Oferente
) -> OfertaRecibo:
    """Reemplaza la oferta vigente antes del plazo. El sobre anterior no se abrirá; el recibo es otro."""
    oferta = oferta_propia(sesion, actor, convocatoria_id, oferta_id)
    nueva = presentar_oferta(
        sesion, actor, convocatoria_id, oferta.unidad_id, datos.lineas, reemplazar=True, version=datos.version
    )
    return presentar.recibo(nueva)


@router.delete(OFERTAS + "/{oferta_id}", responses=respuestas(404, 409))
def retirar(convocatoria_id: UUID, oferta_id: UUID, sesion: Sesion, actor: Oferente) -> OfertaRecibo:
    """Retira la oferta antes del plazo. El sobre no se abrirá."""
    oferta_propia(sesion, actor, convocatoria_id, oferta_id)
    return presentar.recibo(retirar_oferta(sesion, actor, oferta_id))


@router.post(OFERTAS + "/{oferta_id}/reconfirmacion", responses=respuestas(404, 409))
def reconfirmar(
    convocatoria_id: UUID, oferta_id: UUID, sesion: Sesion, actor: Oferente, _: Idempotente
) -> OfertaRecibo:
    """La oferta también vale para la última versión de la convocatoria; sin esto no se abrirá."""
    oferta_propia(sesion, actor, convocatoria_id, oferta_id)
    return presentar.recibo(reconfirmar_oferta(sesion, actor, oferta_id))
