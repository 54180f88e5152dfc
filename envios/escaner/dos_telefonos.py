"""The same item read twice, on two telephones or on one: which reading counts. Pure.

Two readings of the same by one operator within minutes are one: the earlier counts, in whatever order they
arrive. Two that say different ends of one visit are both kept: the derivation decides, and both are told.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from envios.eventos import Codigo, CodigoPropio, Suceso

MINUTOS = timedelta(minutes=10)
_EN_LA_PUERTA = {
    Codigo.EMI.value: "entregado",
    CodigoPropio.ENTREGA_PROVISIONAL.value: "entregado",
    Codigo.EMH.value: "intento",
}


def el_mismo(
    eventos: Iterable[Suceso], operador_unidad_id: UUID, codigo: str, ocurrido_en: datetime
) -> Suceso | None:
    """The event, nearest in time, that says the same of the same minutes."""
    iguales = [
        e
        for e in eventos
        if e.operador_unidad_id == operador_unidad_id
        and e.codigo == codigo
        and abs(e.ocurrido_en - ocurrido_en) <= MINUTOS
    ]
    return min(iguales, key=lambda e: (abs(e.ocurrido_en - ocurrido_en), e.id), default=None)


def lo_contrario(eventos: Iterable[Suceso], suyo: Suceso) -> Suceso | None:
    """An event that says another end of the same visit to the door."""
    dice = _EN_LA_PUERTA.get(suyo.codigo)
    otros = [
        e
        for e in eventos
        if dice is not None
        and e.operador_unidad_id == suyo.operador_unidad_id
        and _EN_LA_PUERTA.get(e.codigo) not in (None, dice)
        and abs(e.ocurrido_en - suyo.ocurrido_en) <= MINUTOS
    ]
    return min(otros, key=lambda e: (abs(e.ocurrido_en - suyo.ocurrido_en), e.id), default=None)
