"""JSON routes of the invitations."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Security

from ciudadania import ActorOpcional, actor_requerido
from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.invitaciones.consultas import cuantas_invitadas, recibe_invitaciones
from feria_inversa.invitaciones.esquemas import InvitadasSalida, PreferenciaEntrada, PreferenciaSalida
from feria_inversa.invitaciones.preferir import preferir
from feria_inversa.procesos import convocatoria_visible
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", tags=["feria inversa"])
Oferente = Annotated[Actor, Security(actor_requerido, scopes=["convocatorias"])]
DE_UNA = "/invitaciones/{unidad_id}"
DE_PROCESO = "/convocatorias/{convocatoria_id}/invitaciones"


@router.get(DE_PROCESO, dependencies=[Depends(publico)], responses=respuestas(404))
def contar_invitaciones(convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional) -> InvitadasSalida:
    """A cuántas unidades de su rubro se avisó de la convocatoria; no a cuáles."""
    convocatoria_visible(sesion, actor, convocatoria_id)
    return InvitadasSalida(cuantas=cuantas_invitadas(sesion, convocatoria_id))


@router.get(DE_UNA, responses=respuestas(404))
def ver_preferencia(unidad_id: UUID, sesion: Sesion, actor: Oferente) -> PreferenciaSalida:
    """Si la unidad recibe invitaciones a ofertar."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.OFERTAR)
    return PreferenciaSalida(recibe=recibe_invitaciones(sesion, unidad_id))


@router.put(DE_UNA, responses=respuestas(404))
def cambiar_preferencia(
    unidad_id: UUID, datos: PreferenciaEntrada, sesion: Sesion, actor: Oferente
) -> PreferenciaSalida:
    """Recibir, o no, invitaciones a ofertar en lo que es de su rubro."""
    preferir(sesion, actor, unidad_id, recibe=datos.recibe)
    return PreferenciaSalida(recibe=recibe_invitaciones(sesion, unidad_id))
