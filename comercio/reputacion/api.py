"""JSON routes of reputation."""

from uuid import UUID

from fastapi import APIRouter, Depends

from comercio.reputacion.consultas import reputacion_de
from comercio.reputacion.esquemas import ReputacionLeida
from empresa_digital.registro import unidad_por_id
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", tags=["opiniones"])


@router.get("/vendedores/{unidad_id}/reputacion", dependencies=[Depends(publico)], responses=respuestas(404))
def ver(unidad_id: UUID, sesion: Sesion) -> ReputacionLeida:
    """Cómo vende una unidad, con la cuenta: de cuántas ventas, cuántas fallaron y cuántas se admiten."""
    unidad_por_id(sesion, unidad_id)
    return ReputacionLeida.model_validate(reputacion_de(sesion, unidad_id), from_attributes=True)
