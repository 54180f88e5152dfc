"""Until when who sends an item for an order reads how to reach who receives it: it was told to send it."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from envios.items.consultas import Vista
from envios.items.estados import EstadoEnvio
from envios.items.modelos import Envio
from envios.items.terminos import reglamento
from nucleo.plazos import NACIONAL, Calendario, CalendarioSinPublicar, contar, dia_del_hecho
from nucleo.reloj import ahora_bd

RECLAMAR = "envios.reclamar"
DE_UN_PEDIDO = frozenset({"pedido", "cambio"})

Disputados = Callable[[Session, Collection[UUID]], Collection[UUID]]
_disputados: dict[str, Disputados] = {}


def se_disputa(nombre: str) -> Callable[[Disputados], Disputados]:
    """Register which of some items somebody has still to decide about: what is told of them does not end
    meanwhile."""

    def registrar(disputados: Disputados) -> Disputados:
        assert nombre not in _disputados, nombre
        _disputados[nombre] = disputados
        return disputados

    return registrar


def calla_el_contacto(sesion: Session, envio: Envio, vista: Vista) -> bool:
    """As `callados`, of one item."""
    return bool(callados(sesion, [(envio, vista)]))


def callados(sesion: Session, vistas: Iterable[tuple[Envio, Vista]]) -> set[UUID]:
    """The items of an order that ended, or of which there is no news, and of which their sender has nothing
    to claim (any more), nor is claiming: its telephone and how to get there are not told to them. Its
    operator keeps what it carried; what somebody wrote themselves for an item of no order is theirs."""
    terminados = [
        envio
        for envio, vista in vistas
        if vista is Vista.REMITENTE
        and envio.referencia_tipo in DE_UN_PEDIDO
        and (envio.estado.es_terminal or envio.estado is EstadoEnvio.SIN_NOTICIAS)
    ]
    if not terminados:
        return set()
    actual, ahora = reglamento(sesion).calendario, ahora_bd(sesion)
    vencidos = {envio.id for envio in terminados if _vencio(actual, envio, ahora)}
    for disputados in _disputados.values():
        if vencidos:
            vencidos -= set(disputados(sesion, vencidos))
    return vencidos


def _vencio(actual: Calendario, envio: Envio, ahora: datetime) -> bool:
    """Whether the term to claim of an item is over; nobody claims of what no operator received. One that ends
    in a year whose calendar nobody published yet is not."""
    if envio.admitido_en is None:
        return envio.estado.es_terminal
    plazo = actual.plazo(RECLAMAR, dia_del_hecho(envio.admitido_en))
    try:
        vence_en = contar(actual, plazo, envio.admitido_en, [NACIONAL]).vence_en
    except CalendarioSinPublicar:
        return False
    return vence_en is not None and vence_en < ahora
