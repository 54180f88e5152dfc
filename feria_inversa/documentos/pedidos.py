"""What a call asks to present besides the bid, and what is usually asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, delete, select

from feria_inversa.documentos.modelos import DocumentoPedido
from nucleo.textos import perezoso as _l


@dataclass(frozen=True, slots=True)
class Pedido:
    numero: int
    nombre: str
    subsanable: bool


_USUALES = {
    "bienes": ((_l("Especificaciones técnicas de lo que ofrece"), False),),
    "servicios": (
        (_l("Especificaciones técnicas del servicio"), False),
        (_l("Personal y equipos con los que lo presta"), True),
    ),
    "obras": (
        (_l("Análisis de precios unitarios"), False),
        (_l("Cronograma de ejecución"), True),
        (_l("Experiencia de la empresa y del personal"), True),
    ),
    "consultoria": (
        (_l("Propuesta técnica y plan de trabajo"), False),
        (_l("Hojas de vida de quienes trabajarán"), True),
    ),
}


def usuales(categoria: str) -> list[Pedido]:
    """What a call of that kind usually asks: a proposal of the form, of no norm."""
    return [
        Pedido(numero, str(nombre), subsanable)
        for numero, (nombre, subsanable) in enumerate(_USUALES[categoria], start=1)
    ]


def pedidos_de(sesion: Session, convocatoria_id: UUID) -> list[Pedido]:
    """The documents that a process asks for, in order."""
    consulta = select(DocumentoPedido).where(DocumentoPedido.convocatoria_id == convocatoria_id)
    filas = sesion.exec(consulta.order_by(col(DocumentoPedido.numero)))
    return [Pedido(fila.numero, fila.nombre, fila.subsanable) for fila in filas]


def poner_pedidos(sesion: Session, convocatoria_id: UUID, pedidos: Sequence[tuple[str, bool]]) -> None:
    """What a locked draft asks for, each with whether it can be mended, in the place of what it asked."""
    quitar_pedidos(sesion, convocatoria_id)
    sesion.add_all(
        DocumentoPedido(convocatoria_id=convocatoria_id, numero=numero, nombre=nombre, subsanable=subsanable)
        for numero, (nombre, subsanable) in enumerate(pedidos, start=1)
    )
    sesion.flush()


def quitar_pedidos(sesion: Session, convocatoria_id: UUID) -> None:
    sesion.execute(delete(DocumentoPedido).where(col(DocumentoPedido.convocatoria_id) == convocatoria_id))


def retrato_de_pedidos(sesion: Session, convocatoria_id: UUID) -> list[dict[str, Any]]:
    """As the act of a version freezes them."""
    return [
        {"numero": p.numero, "nombre": p.nombre, "subsanable": p.subsanable}
        for p in pedidos_de(sesion, convocatoria_id)
    ]
