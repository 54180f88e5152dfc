"""What of an item at the counter somebody may look at: for the pages that lead there."""

from dataclasses import dataclass

from moneyed import Money
from sqlmodel import Session

from envios.admision.consultas import admision_vigente
from envios.admision.pagar import falta_pagar
from envios.admision.recojos import recojo_de
from envios.items import Vista
from envios.items.modelos import Envio
from envios.portes import porte_de
from envios.tarifas import SinOferta


@dataclass(frozen=True, slots=True)
class Enlaces:
    """Whether there is a receipt, a collection, a postage; `por_pagar` is what its sender may pay now."""

    constancia: bool = False
    recojo: bool = False
    franqueo: bool = False
    por_pagar: Money | None = None


def enlaces_de(sesion: Session, envio: Envio, vista: Vista) -> Enlaces:
    """Those of who sends and of the operator; nothing for anybody else, and no query for the public."""
    if vista not in (Vista.REMITENTE, Vista.OPERADOR):
        return Enlaces()
    return Enlaces(
        constancia=admision_vigente(sesion, envio) is not None,
        recojo=recojo_de(sesion, envio.id) is not None,
        franqueo=porte_de(sesion, envio.id) is not None,
        por_pagar=_por_pagar(sesion, envio) if vista is Vista.REMITENTE else None,
    )


def _por_pagar(sesion: Session, envio: Envio) -> Money | None:
    try:
        return falta_pagar(sesion, envio)
    except SinOferta:  # its quote no longer holds, and today nobody carries it so: the counter says it
        return None
