"""Pieces of a release: instants, amounts, what is asked for or ordered, of which lots."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from moneyed import Money

from feria_inversa.precios import UNIDADES, exacto
from feria_inversa.procesos.modelos import Item
from nucleo.lectores import en_cifras
from nucleo.reloj import ZONA


def fecha(instante: datetime) -> str:
    return instante.astimezone(ZONA).isoformat()


def valor(monto: Money) -> dict[str, Any]:
    """An OCDS Value: an exact JSON number with two decimals, or up to four of a unit price."""
    return {"amount": exacto(monto), "currency": monto.currency.code}


class Pedido(Protocol):
    """What is asked for or ordered: an item, or a line of an order."""

    numero: int
    descripcion: str
    unspsc: str | None
    cantidad: Decimal
    unidad_medida: str | None
    unidad_texto: str | None


def item_ocds(item: Pedido, precio: Money, *, cambia: bool = False) -> dict[str, Any]:
    """Of what may have changed since it was published, the codes that it has no more are null."""
    sin_codigo = {"scheme": None, "id": None} if cambia else {}
    unidad = UNIDADES.get(item.unidad_medida or "")  # none: as its entity wrote it
    medida: dict[str, Any] = {"name": unidad.nombre if unidad else item.unidad_texto, "value": valor(precio)}
    if unidad and unidad.uncefact:
        medida = {"scheme": "UNCEFACT", "id": unidad.uncefact} | medida
    elif cambia:
        medida = sin_codigo | medida
    salida: dict[str, Any] = {"id": str(item.numero), "description": item.descripcion}
    if item.unspsc:
        salida["classification"] = {"scheme": "UNSPSC", "id": item.unspsc}
    elif cambia:
        salida["classification"] = sin_codigo
    return salida | {"quantity": Decimal(en_cifras(item.cantidad)), "unit": medida}


def con_partida(item: Item, dicho: dict[str, Any], *, cambia: bool) -> dict[str, Any]:
    """From which object of expense an item is paid; null of one that may have said it before."""
    if item.partida is None:
        return dicho | ({"additionalClassifications": None} if cambia else {})
    partida = {"scheme": "BO-OG", "id": item.partida, "description": "Partida por objeto del gasto"}
    return dicho | {"additionalClassifications": [partida]}


def del_lote(item: Item, dicho: dict[str, Any]) -> dict[str, Any]:
    return dicho if item.lote is None else dicho | {"relatedLot": str(item.lote)}


def de_sus_lotes(items: Sequence[Item]) -> dict[str, list[str]]:
    """Of which lots some items are, of a process that has lots."""
    lotes = sorted({item.lote for item in items if item.lote is not None})
    return {"relatedLots": [str(lote) for lote in lotes]} if lotes else {}
