"""Reads of wallets: requests and the people in them, codes to be paid by."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from nucleo.actor import Actor
from nucleo.errores import Prohibido
from nucleo.paginacion import CursorPedido, paginar
from nucleo.textos import gettext as _
from pagos.billetera.accesos import persona_de
from pagos.billetera.errores import CodigoInexistente, SolicitudInexistente
from pagos.billetera.modelos import CodigoDePersona, Solicitud


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


def codigo_por_id(sesion: Session, codigo_id: UUID) -> CodigoDePersona | None:
    return sesion.get(CodigoDePersona, codigo_id, populate_existing=True)


def codigo_propio(sesion: Session, actor: Actor, codigo_id: UUID) -> CodigoDePersona:
    """A code of the actor's. Raises `CodigoInexistente`, also of another's; `Prohibido` for machines."""
    codigo = codigo_por_id(sesion, codigo_id)
    if codigo is None or codigo.persona_id != persona_de(actor):
        raise CodigoInexistente(_("Revise la dirección."))
    return codigo


def codigo_por_texto(sesion: Session, texto: str) -> CodigoDePersona | None:
    """The code that carries this text, whatever became of it."""
    return sesion.exec(select(CodigoDePersona).where(CodigoDePersona.codigo == texto)).one_or_none()


def codigos_vigentes(sesion: Session, persona_id: UUID) -> Sequence[CodigoDePersona]:
    """Those by which a person is paid now, oldest first."""
    consulta = (
        select(CodigoDePersona)
        .where(
            CodigoDePersona.persona_id == persona_id,
            col(CodigoDePersona.anulado_en).is_(None),
            or_(col(CodigoDePersona.vence_en).is_(None), col(CodigoDePersona.vence_en) > func.nucleo_ahora()),
        )
        .order_by(col(CodigoDePersona.creado_en), col(CodigoDePersona.id))
    )
    return sesion.exec(consulta).all()
