"""The questions that wait for an entity, in its panel."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, TipoUnidad
from feria_inversa.preguntas.consultas import pendientes_por_entidad
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("feria_inversa.preguntas")
def responder(
    sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    compran = [
        u.id for u in unidades if u.tipo == TipoUnidad.ENTIDAD_PUBLICA and Facultad.COMPRAR in u.facultades
    ]
    texto = _("Antes del cierre: después queda escrito que nadie respondió.")
    return {
        unidad_id: [
            Accion(
                f"/compras/{proceso}/preguntas", _("Responder preguntas"), texto, "message-circle", n, True
            )
        ]
        for unidad_id, (proceso, n) in (pendientes_por_entidad(sesion, compran) if compran else {}).items()
    }
