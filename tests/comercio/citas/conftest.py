"""A barber with one chair, open every day of the week, and what is bought of him."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from comercio.agenda import (
    DatosDeAgenda,
    Hora,
    abrir_agenda,
    atender_con_cita,
    horas_libres,
    propuesta_de,
)
from comercio.agenda.modelos import Agenda
from comercio.citas import pedir_hora, responder_cambio
from comercio.compra.modelos import Pedido
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from tests.comercio.conftest import Mercado

TODOS_LOS_DIAS = dict.fromkeys(range(1, 8), ((540, 600), (840, 900)))
"""9 to 10 and 14 to 15: four appointments of half an hour a day."""


@dataclass
class Peluqueria:
    mercado: Mercado
    agenda_id: UUID
    corte: Any
    variante_id: UUID

    def comprar(self, actor: Actor | None = None) -> Pedido:
        return self.mercado.pedido((self.corte, 1), **({"actor": actor} if actor else {}))

    def libres(self) -> list[Hora]:
        with transaccion() as sesion:
            return horas_libres(sesion, sesion.get_one(Agenda, self.agenda_id), 30)

    def pedir(self, pedido: Pedido, inicio: datetime, actor: Actor | None = None) -> UUID:
        with transaccion() as sesion:
            return pedir_hora(sesion, actor or self.mercado.actor, pedido.id, inicio).id

    def responder(self, pedido: Pedido, actor: Actor, acepta: bool, visto: UUID | None = None) -> None:
        """To what is asked now, or to what they saw."""
        with transaccion() as sesion:
            propuesta = propuesta_de(sesion, pedido.id)
            cita_id = visto or (propuesta.id if propuesta else nuevo_id())
            responder_cambio(sesion, actor, pedido.id, cita_id, acepta)

    def citado(self, cual: int = 0) -> tuple[Pedido, datetime]:
        """An order with one of the free hours."""
        pedido, inicio = self.comprar(), self.libres()[cual].inicio
        self.pedir(pedido, inicio)
        return pedido, inicio

    def llega_la_hora(self, inicio: datetime, minutos: int = 31) -> None:
        """So many minutes after an appointment began: it lasts thirty."""
        self.mercado.reloj.adelantar(inicio - ahora() + timedelta(minutes=minutos))


@pytest.fixture
def peluqueria(mercado: Mercado) -> Peluqueria:
    corte = mercado.publicar(
        "Corte de cabello", categoria="confeccion", unidad_medida="servicio", precio="40.00", peso_g=0
    )
    variante = mercado.variante(corte)
    with transaccion() as sesion:
        datos = DatosDeAgenda("La silla", 1, 1, TODOS_LOS_DIAS)
        agenda = abrir_agenda(sesion, mercado.actor_vendedor, mercado.unidad.id, datos)
        atender_con_cita(sesion, mercado.actor_vendedor, agenda.id, variante, 30)
        return Peluqueria(mercado, agenda.id, corte, variante)


@pytest.fixture
def pedir(cliente: Any, token_de: Callable[..., Any]) -> Callable[..., Any]:
    """`pedir(persona, "POST", "/agendas", json=…)`: what the API answers to somebody."""

    def llamar(quien: Any, metodo: str, ruta: str, **que: Any) -> Any:
        cabeceras = {"Authorization": f"Bearer {token_de(quien)}", "Idempotency-Key": str(nuevo_id())}
        return cliente.request(metodo, f"/api/v1{ruta}", headers=cabeceras, **que)

    return llamar
