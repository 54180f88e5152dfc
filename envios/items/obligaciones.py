"""The parcels under way of a unit that wants to close: those it sent, and those it carries."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from empresa_digital.registro import buscar_partes
from envios.items.estados import EstadoEnvio
from envios.items.modelos import Envio
from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _

_EN_CAMINO = frozenset(e for e in EstadoEnvio if not e.es_terminal)


@obligacion("envios")
def paquetes(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    vivas: list[Obligacion] = []
    partes = buscar_partes(sesion, unidades=[unidad_id])
    for suyos, texto, url in (
        (
            col(Envio.remitente_parte_id).in_(partes),
            _("Espere a que lleguen los paquetes que mandó."),
            "/envios",
        ),
        (
            col(Envio.operador_unidad_id) == unidad_id,
            _("Entregue o devuelva los paquetes que lleva."),
            "/envios/operador",
        ),
    ):
        en_camino = select(func.count()).select_from(Envio).where(suyos, col(Envio.estado).in_(_EN_CAMINO))
        cuantos = sesion.exec(en_camino).one()
        if cuantos:
            vivas.append(Obligacion(texto, url, cuantos))
    return vivas
