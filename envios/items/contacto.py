"""Until when who sends an item for an order reads how to reach who receives it: it was told to send it."""

from sqlmodel import Session

from envios.items.consultas import Vista
from envios.items.modelos import Envio
from envios.items.terminos import reglamento
from nucleo.plazos import NACIONAL, contar, dia_del_hecho
from nucleo.reloj import ahora_bd

RECLAMAR = "envios.reclamar"
DE_UN_PEDIDO = frozenset({"pedido", "cambio"})


def calla_el_contacto(sesion: Session, envio: Envio, vista: Vista) -> bool:
    """Whether an item of an order ended, and its sender has nothing to claim of it (any more): its telephone
    and how to get there are not told to them. Its operator keeps what it carried; what somebody wrote
    themselves for an item of no order is theirs."""
    if vista is not Vista.REMITENTE or envio.referencia_tipo not in DE_UN_PEDIDO:
        return False
    if not envio.estado.es_terminal or envio.admitido_en is None:
        return envio.estado.es_terminal
    actual = reglamento(sesion).calendario
    plazo = actual.plazo(RECLAMAR, dia_del_hecho(envio.admitido_en))
    vence_en = contar(actual, plazo, envio.admitido_en, [NACIONAL]).vence_en
    return vence_en is not None and vence_en < ahora_bd(sesion)
