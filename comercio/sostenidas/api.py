"""JSON routes of offers held."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Security

from ciudadania import ActorRequerido, actor_requerido
from comercio.sostenidas import sostener
from comercio.sostenidas.consentir import consentir
from comercio.sostenidas.consultas import ofertas_de
from comercio.sostenidas.esquemas import (
    ConsentimientoDeOfertas,
    OfertaFicha,
    OfertaPedida,
    PaginaDeOfertas,
    RespuestaDeOferta,
)
from comercio.sostenidas.modelos import OfertaSostenida
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["productos"])
ActorDeCatalogo = Annotated[Actor, Security(actor_requerido, scopes=["productos"])]


@router.post("/ofertas-sostenidas", status_code=201, responses=respuestas(404, 409))
def pedir(datos: OfertaPedida, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> OfertaFicha:
    """Una entidad pública pide que le sostengan precio y cantidad unos días. Si quien vende lo consintió de
    antemano, queda sostenida; si no, espera su respuesta."""
    return _ficha(sostener.pedir(sesion, actor, datos))


@router.get("/ofertas-sostenidas", responses=respuestas(404))
def pedidas(unidad_id: UUID, sesion: Sesion, actor: ActorRequerido, pagina: Cursor) -> PaginaDeOfertas:
    """Las que una entidad pidió, la última primero."""
    return _pagina(*ofertas_de(sesion, actor, unidad_id, pagina, vende=False))


@router.get("/ofertas-por-sostener", responses=respuestas(404))
def por_sostener(unidad_id: UUID, sesion: Sesion, actor: ActorDeCatalogo, pagina: Cursor) -> PaginaDeOfertas:
    """Las que pidieron a quien vende, la última primero."""
    return _pagina(*ofertas_de(sesion, actor, unidad_id, pagina, vende=True))


@router.post("/ofertas-sostenidas/{oferta_id}/respuesta", responses=respuestas(404, 409))
def responder(
    oferta_id: UUID, datos: RespuestaDeOferta, sesion: Sesion, actor: ActorDeCatalogo, _: Idempotente
) -> OfertaFicha:
    """Quien vende la sostiene, y se aparta la cantidad, o dice por qué no."""
    return _ficha(sostener.responder(sesion, actor, oferta_id, sostener=datos.sostener, motivo=datos.motivo))


@router.post("/ofertas-sostenidas/{oferta_id}/abandono", responses=respuestas(404, 409))
def dejar(oferta_id: UUID, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> OfertaFicha:
    """La entidad ya no la quiere: lo apartado vuelve a la venta."""
    return _ficha(sostener.dejar(sesion, actor, oferta_id))


@router.put(
    "/unidades-economicas/{unidad_id}/consentimiento-de-ofertas",
    status_code=204,
    responses=respuestas(404, 409),
)
def fijar_consentimiento(
    unidad_id: UUID, datos: ConsentimientoDeOfertas, sesion: Sesion, actor: ActorRequerido
) -> None:
    """Hasta cuántos días y cuánto dinero sostiene quien vende sin que le pregunten; vacío, se le pregunta."""
    consentir(sesion, actor, unidad_id, datos)


def _pagina(filas: list[OfertaSostenida], siguiente: str | None) -> PaginaDeOfertas:
    return PaginaDeOfertas(datos=[_ficha(f) for f in filas], siguiente=siguiente)


def _ficha(fila: OfertaSostenida) -> OfertaFicha:
    return OfertaFicha.model_validate(fila, from_attributes=True)
