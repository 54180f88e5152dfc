"""Postal operators in the panel: their places and people, for who administers one."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, TipoUnidad
from envios.operadores.consultas import contar_agencias
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("envios.administrar")
def administrar(
    sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    suyas = [
        u for u in unidades if u.tipo == TipoUnidad.OPERADOR_POSTAL and Facultad.ADMINISTRAR in u.facultades
    ]
    cuantas = contar_agencias(sesion, [u.id for u in suyas])
    return {u.id: [_agencias(u.id, cuantas[u.id])] for u in suyas}


def _agencias(unidad_id: UUID, cuantas: int) -> Accion:
    texto = _("Horarios, quién trabaja en cada una y a dónde llega.")
    if not cuantas:
        texto = _("Abra la primera: sin agencias nadie sabe dónde dejar un envío.")
    return Accion(f"/envios/operador/agencias?unidad={unidad_id}", _("Agencias"), texto, "store")
