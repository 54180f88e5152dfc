"""Reads of the appointments of orders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from comercio.agenda import citas_del_dia
from comercio.agenda.modelos import Agenda, Cita
from comercio.compra import sin_contacto
from comercio.compra.modelos import Compra, Pedido, PedidoLinea


@dataclass(frozen=True, slots=True)
class CitaDelDia:
    """An appointment as the agenda of a day shows it: of what, for whom, in which agenda."""

    cita: Cita
    agenda: str
    numero: str
    titulo: str
    nombre: str
    telefono: str | None


def dia_de(sesion: Session, agendas: Sequence[Agenda], dia: date) -> list[CitaDelDia]:
    """The appointments of a day in these agendas, in order; three queries. Of an order that
    ended long ago nobody's telephone is told."""
    nombres = {a.id: a.nombre for a in agendas}
    citas = citas_del_dia(sesion, nombres, dia)
    consulta = (
        select(
            col(Pedido.id),
            col(Pedido.numero),
            col(PedidoLinea.titulo),
            col(Compra.destinatario),
            col(Compra.telefono),
        )
        .join(Compra, col(Compra.id) == col(Pedido.compra_id))
        .join(PedidoLinea, col(PedidoLinea.pedido_id) == col(Pedido.id))
        .where(col(Pedido.id).in_([c.pedido_id for c in citas]))
    )
    de = {fila[0]: fila for fila in sesion.execute(consulta)}
    callados = sin_contacto(sesion, de)
    return [
        CitaDelDia(
            c, nombres[c.agenda_id], numero, titulo, nombre, None if c.pedido_id in callados else telefono
        )
        for c in citas
        for _id, numero, titulo, nombre, telefono in [de[c.pedido_id]]
    ]
