"""JSON routes of the ways of delivery that a seller offers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Security
from sqlmodel import Session

from ciudadania import actor_requerido
from comercio.formas.esquemas import FormaLeida, FormasDeLaUnidad, FormasLeidas, ZonaLeida
from comercio.formas.ofrecer import Forma, declarar, formas_de
from empresa_digital.registro import unidad_por_id
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", tags=["pedidos"])
Vendedor = Annotated[Actor, Security(actor_requerido, scopes=["pedidos"])]
DeUnidad = Annotated[UUID, Query(description="Unidad que vende.")]


@router.get("/formas-de-entrega", responses=respuestas(404), dependencies=[Depends(publico)])
def ver_formas_de_entrega(unidad_id: DeUnidad, sesion: Sesion) -> FormasLeidas:
    """Cómo entrega lo que vende una unidad: por correo, recogiéndolo donde está, o lo lleva ella."""
    return _leidas(sesion, unidad_id)


@router.put("/formas-de-entrega", responses=respuestas(403, 404, 422))
def declarar_formas_de_entrega(
    unidad_id: DeUnidad, datos: FormasDeLaUnidad, sesion: Sesion, actor: Vendedor
) -> FormasLeidas:
    """Quien vende dice cómo entrega desde ahora; lo ya vendido se entrega como se vendió."""
    declarar(sesion, actor, unidad_id, datos.por_forma(), datos.cobro)
    return _leidas(sesion, unidad_id)


def _leidas(sesion: Session, unidad_id: UUID) -> FormasLeidas:
    unidad_por_id(sesion, unidad_id)
    return FormasLeidas(datos=[_leida(f) for f in formas_de(sesion, [unidad_id])[unidad_id]])


def _leida(forma: Forma) -> FormaLeida:
    return FormaLeida(
        forma=forma.forma,
        indicaciones=forma.indicaciones,
        zonas=[ZonaLeida(municipio_ine=ine, monto=monto) for ine, monto in forma.zonas.items()],
        cobra=forma.cobra,
        gratis_desde=forma.gratis_desde,
        contra_entrega=forma.contra_entrega,
    )
