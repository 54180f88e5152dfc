"""Who may look at a postage: who pays, sends or carries; who receives sees what to pay at the door."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from envios.items import EnvioNoEncontrado, Vista, envio_por_id, vista_de
from envios.items.modelos import Envio
from envios.portes.errores import SinPorte
from envios.portes.modelos import Excedente, Porte
from nucleo.actor import Actor
from nucleo.dinero import cero
from pagos import obtener_cuenta, puede_ver


@dataclass(frozen=True, slots=True)
class PorteALaVista:
    """A postage, for somebody concerned by it. `solo_cobro`: of it only what is collected at the door."""

    envio: Envio
    porte: Porte
    excedente: Excedente | None
    paga: bool
    opera: bool
    solo_cobro: bool


def porte_a_la_vista(sesion: Session, actor: Actor, envio_id: UUID) -> PorteALaVista:
    """Raises `EnvioNoEncontrado` for who has nothing to do with it, `SinPorte`."""
    envio = envio_por_id(sesion, envio_id)
    porte = sesion.exec(select(Porte).where(col(Porte.envio_id) == envio_id)).one_or_none()
    paga = (
        porte is not None
        and porte.cuenta is not None
        and puede_ver(sesion, actor, obtener_cuenta(sesion, porte.cuenta))
    )
    vista = vista_de(sesion, actor, envio)
    if vista is Vista.PUBLICO and not paga:
        raise EnvioNoEncontrado()
    solo_cobro = vista is Vista.DESTINATARIO and not paga
    if porte is None or (solo_cobro and porte.contra_entrega == cero()):
        raise SinPorte()
    excedente = None if solo_cobro else sesion.get(Excedente, porte.id)
    return PorteALaVista(envio, porte, excedente, paga, vista is Vista.OPERADOR, solo_cobro)
