"""Differences that wait for an agency in the panel of a postal operator."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, TipoUnidad
from envios.despachos.consultas import por_explicar_de_operadores
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("envios.despachar")
def despachar(
    sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    suyas = [
        u.id for u in unidades if u.tipo == TipoUnidad.OPERADOR_POSTAL and Facultad.DESPACHAR in u.facultades
    ]
    cuentas = por_explicar_de_operadores(sesion, suyas)
    return {id: [_diferencias(id, n)] for id, n in cuentas.items()}


def _diferencias(unidad_id: UUID, cuantas: int) -> Accion:
    return Accion(
        f"/envios/operador/despachos?unidad={unidad_id}",
        _("Explicar diferencias de despachos"),
        _("Lo que llegó distinto de su manifiesto."),
        "triangle-alert",
        cuantas,
        True,
    )
