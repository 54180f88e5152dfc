"""Rates in the panel of a postal operator: a draft that waits, or where they are."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from empresa_digital.registro import Facultad, TipoUnidad
from envios.tarifas.estados import EstadoTarifario
from envios.tarifas.modelos import Tarifario
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("envios.tarifas")
def tarifas(sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    suyas = [
        u.id
        for u in unidades
        if u.tipo == TipoUnidad.OPERADOR_POSTAL and Facultad.ADMINISTRAR in u.facultades
    ]
    consulta = select(Tarifario.operador_unidad_id).where(
        col(Tarifario.operador_unidad_id).in_(suyas),
        col(Tarifario.estado) == EstadoTarifario.BORRADOR.value,
    )
    con_borrador = set(sesion.exec(consulta)) if suyas else set()
    return {id: [_accion(id, id in con_borrador)] for id in suyas}


def _accion(unidad_id: UUID, borrador: bool) -> Accion:
    texto = _("Tiene una versión sin publicar.") if borrador else _("Cuánto cobra y en cuánto tiempo llega.")
    return Accion(f"/tarifas?unidad={unidad_id}", _("Tarifas"), texto, "tags")
