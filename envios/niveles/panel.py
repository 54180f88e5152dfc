"""Service levels in the panel of a postal operator."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, TipoUnidad
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("envios.niveles")
def niveles(
    _sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    texto = _("Puntualidad, primer intento y días de cada etapa.")
    return {
        u.id: [Accion(f"/envios/operador/niveles?unidad={u.id}", _("Niveles de servicio"), texto, "gauge")]
        for u in unidades
        if u.tipo == TipoUnidad.OPERADOR_POSTAL and Facultad.DESPACHAR in u.facultades
    }
