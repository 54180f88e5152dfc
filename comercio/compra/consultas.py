"""Reads of purchases."""

from uuid import UUID

from sqlmodel import Session, col, select

from comercio.compra.errores import PedidoNoEncontrado
from comercio.compra.modelos import Compra
from comercio.compra.quien import comprado_por, lo_suyo
from nucleo.actor import Actor


def compra_de(sesion: Session, actor: Actor, compra_id: UUID) -> Compra:
    """A purchase, for its buyer only: that person, or who buys for that unit, alone or with others. Raises
    `PedidoNoEncontrado`."""
    compra = sesion.get(Compra, compra_id)
    if compra is None or lo_suyo(sesion, actor, compra.comprador_parte_id, con_otros=True) is None:
        raise PedidoNoEncontrado()
    return compra


def ultima_compra(sesion: Session, persona_id: UUID) -> Compra | None:
    """What the person bought last for themselves to be taken to them: where they like to receive."""
    suya = col(Compra.comprador_parte_id).in_(comprado_por(sesion, persona_id))
    consulta = (
        select(Compra).where(suya, col(Compra.municipio_ine).is_not(None)).order_by(col(Compra.id).desc())
    )
    return sesion.exec(consulta.limit(1)).first()
