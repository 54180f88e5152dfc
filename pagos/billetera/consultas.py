"""Reads of wallets: requests, and the people in them."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from nucleo.actor import Actor
from nucleo.errores import Prohibido
from nucleo.paginacion import CursorPedido, paginar
from nucleo.textos import gettext as _
from pagos.billetera.accesos import persona_de
from pagos.billetera.errores import SolicitudInexistente
from pagos.billetera.modelos import Solicitud


def solicitud_para(sesion: Session, actor: Actor, solicitud_id: UUID) -> Solicitud:
    """A request, for the two who take part. Raises `SolicitudInexistente`, `Prohibido`."""
    solicitud = sesion.get(Solicitud, solicitud_id, populate_existing=True)
    if solicitud is None:
        raise SolicitudInexistente(_("Revise la dirección."))
    if actor.persona_id is None or actor.persona_id not in (solicitud.solicitante_id, solicitud.pagador_id):
        raise Prohibido(_("Solo quien pide y a quien se pide pueden ver esta solicitud."))
    return solicitud


def solicitudes_de(
    sesion: Session, actor: Actor, pagina: CursorPedido, *, rol: str = "todas", pendientes: bool = False
) -> tuple[list[Solicitud], str | None]:
    """The person's requests, newest first: `recibidas`, `enviadas` or both."""
    persona = persona_de(actor)
    recibida, enviada = col(Solicitud.pagador_id) == persona, col(Solicitud.solicitante_id) == persona
    consulta = select(Solicitud).where(
        {"recibidas": recibida, "enviadas": enviada}.get(rol, or_(recibida, enviada))
    )
    if pendientes:
        consulta = consulta.where(
            col(Solicitud.estado) == "pendiente", col(Solicitud.vence_en) > func.nucleo_ahora()
        )
    return paginar(sesion, consulta, pagina, columnas=(col(Solicitud.creada_en), col(Solicitud.id)))
