"""JSON routes of the places of dispatch of a seller."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Security
from sqlmodel import Session

from ciudadania import actor_requerido
from comercio.lugares.abrir import abrir_lugar, cerrar_lugar
from comercio.lugares.consultas import lugares_de
from comercio.lugares.esquemas import LugaresLeidos, LugarLeido, LugarNuevo
from empresa_digital.registro import Facultad, exigir_facultad
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1/lugares-de-despacho", tags=["productos"], route_class=RutaIdempotente)
Vendedor = Annotated[Actor, Security(actor_requerido, scopes=["productos"])]


@router.get("", responses=respuestas(403, 404))
def ver_lugares_de_despacho(
    unidad_id: Annotated[UUID, Query(description="Unidad que vende.")], sesion: Sesion, actor: Vendedor
) -> LugaresLeidos:
    """De dónde sale lo que vende una unidad, el principal primero; también los que cerró."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER)
    return _leidos(sesion, unidad_id)


@router.post("", status_code=201, responses=respuestas(403, 404, 409, 422))
def abrir_lugar_de_despacho(
    datos: LugarNuevo, sesion: Sesion, actor: Vendedor, _: Idempotente
) -> LugaresLeidos:
    """Abrir un lugar más, en el municipio de la unidad; o uno cerrado del mismo nombre, otra vez."""
    abrir_lugar(sesion, actor, datos.unidad_id, datos.nombre, datos.referencia)
    return _leidos(sesion, datos.unidad_id)


@router.post("/{lugar_id}/cierre", responses=respuestas(404, 409))
def cerrar_lugar_de_despacho(lugar_id: UUID, sesion: Sesion, actor: Vendedor) -> LugaresLeidos:
    """Cerrar uno sin existencia ni pedidos sin terminar; el principal no se cierra."""
    return _leidos(sesion, cerrar_lugar(sesion, actor, lugar_id).vendedor_id)


def _leidos(sesion: Session, unidad_id: UUID) -> LugaresLeidos:
    return LugaresLeidos(
        datos=[LugarLeido.model_validate(x, from_attributes=True) for x in lugares_de(sesion, unidad_id)]
    )
