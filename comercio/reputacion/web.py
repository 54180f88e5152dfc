"""The page of a unit's reputation: what was counted, and what it means."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from ciudadania import ActorOpcional
from comercio.reputacion.clases import Clase, Falta
from comercio.reputacion.consultas import faltas_de, reputacion_de
from empresa_digital.registro import CON_LO_SUYO, Facultad, tiene_facultad, unidad_por_id
from nucleo.bd import Sesion
from nucleo.plazos import plazo
from nucleo.reloj import ahora_bd
from nucleo.web import pagina, publico

router = APIRouter(include_in_schema=False)


@router.get("/reputacion/{unidad_id}", dependencies=[Depends(publico)])
def ver(request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorOpcional) -> Response:
    """For anybody, with its sums; which orders they are, for who sells."""
    unidad = unidad_por_id(sesion, unidad_id)
    reputacion = reputacion_de(sesion, unidad_id)
    vende = actor is not None and tiene_facultad(
        sesion, actor, unidad_id, Facultad.VENDER, estados=CON_LO_SUYO
    )
    ahora = ahora_bd(sesion)
    return pagina(
        request,
        "comercio/reputacion/reputacion.html",
        unidad=unidad,
        reputacion=reputacion,
        plazos=[(clase, plazo(sesion, clase.liberacion, ahora)) for clase in Clase],
        suyas=[(Falta(f.falta), f, p) for f, p in faltas_de(sesion, unidad_id, reputacion.desde)]
        if vende
        else [],
    )
