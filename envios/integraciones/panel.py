"""Messages of operators in the panel: those that wait for their people."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, TipoUnidad
from envios.integraciones.consultas import contar_por_resolver
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("envios.mensajes")
def resolver(
    sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    suyas = [
        u.id for u in unidades if u.tipo == TipoUnidad.OPERADOR_POSTAL and Facultad.DESPACHAR in u.facultades
    ]
    cuentas = contar_por_resolver(sesion, suyas) if suyas else {}
    texto = _("Su programa los envió y no se pudieron registrar.")
    return {
        id: [
            Accion(
                f"/envios/operador/mensajes?unidad={id}",
                _("Resolver mensajes"),
                texto,
                "triangle-alert",
                cuantos,
                True,
            )
        ]
        for id, cuantos in cuentas.items()
    }
