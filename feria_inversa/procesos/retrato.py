"""What a published process asks, as the act of a version freezes it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from feria_inversa.documentos import retrato_de, retrato_de_pedidos
from feria_inversa.precios import exacto
from feria_inversa.procesos.consultas import items_de
from feria_inversa.procesos.estados import Forma, Metodo
from feria_inversa.procesos.grupos import lotes_de
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.lectores import en_cifras
from nucleo.reloj import ZONA


def retrato(
    sesion: Session,
    convocatoria: Convocatoria,
    items: Sequence[Item] | None = None,
    previo: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """JSON with exact decimals of all that a bid is made for; nothing of it is a secret.

    `items`: its own, by whoever read them. `previo`: what it was before a change of no document.
    """
    assert convocatoria.vence_en is not None
    return {
        "titulo": convocatoria.titulo,
        "descripcion": convocatoria.descripcion,
        "lugar_entrega": convocatoria.lugar_entrega,
        "plazo_entrega_dias": convocatoria.plazo_entrega_dias,
        "cierre": convocatoria.vence_en.astimezone(ZONA).isoformat(),
        "monto_referencial": exacto(convocatoria.monto_referencial),
        "items": _items(items_de(sesion, convocatoria.id) if items is None else items),
        **_forma(sesion, convocatoria),
        **_metodo(convocatoria),
        **(_documentos(sesion, convocatoria) if previo is None else _los_de(previo)),
        **({"subasta": True} if convocatoria.subasta else {}),
        **({"subasta_por_rondas": True} if convocatoria.subasta_por_rondas else {}),
        **({"dos_sobres": True} if convocatoria.dos_sobres else {}),
        **({"cotizacion_rapida": True} if convocatoria.cotizacion_rapida else {}),
    }


def _documentos(sesion: Session, convocatoria: Convocatoria) -> dict[str, Any]:
    """The documents that go with it and those that it asks for, if there are any."""
    documentos = {
        "documentos": retrato_de(sesion, convocatoria.id),
        "documentos_pedidos": retrato_de_pedidos(sesion, convocatoria.id),
    }
    return {clave: hay for clave, hay in documentos.items() if hay}


def _los_de(previo: Mapping[str, Any]) -> dict[str, Any]:
    return {clave: previo[clave] for clave in ("documentos", "documentos_pedidos") if clave in previo}


def _forma(sesion: Session, convocatoria: Convocatoria) -> dict[str, Any]:
    """What is awarded at once, where it is more than an item."""
    if convocatoria.adjudica_por == Forma.ITEM:
        return {}
    lotes = [{"numero": lote.numero, "nombre": lote.nombre} for lote in lotes_de(sesion, convocatoria.id)]
    return {"adjudica_por": convocatoria.adjudica_por} | ({"lotes": lotes} if lotes else {})


def _metodo(convocatoria: Convocatoria) -> dict[str, Any]:
    """By what bids are compared, where it is more than their price."""
    if convocatoria.metodo == Metodo.PRECIO:
        return {}
    return {campo: getattr(convocatoria, campo) for campo in ("metodo", "puntos_tecnica", "minimo_tecnica")}


def _items(items: Sequence[Item]) -> list[dict[str, Any]]:
    return [
        {
            "numero": item.numero,
            "descripcion": item.descripcion,
            "unspsc": item.unspsc,
            "cantidad": en_cifras(item.cantidad),
            "unidad_medida": item.unidad_medida,
            "precio_referencial": exacto(item.precio_referencial),
            "total_referencial": exacto(item.total_referencial),
        }
        | ({} if item.unidad_texto is None else {"unidad_texto": item.unidad_texto})
        | ({} if item.partida is None else {"partida": item.partida})
        | ({} if item.lote is None else {"lote": item.lote})
        for item in items
    ]
