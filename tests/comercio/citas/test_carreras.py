"""A place is one person's: races on real connections, and what the database refuses whoever asks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from comercio.agenda import DatosDeAgenda, cambiar_agenda
from comercio.agenda.errores import HoraOcupada
from nucleo.actor import Actor
from nucleo.bd import motor, transaccion
from nucleo.ids import nuevo_id
from nucleo.vidas import TransicionInvalida
from tests.comercio.carrito.test_carrito import en_paralelo
from tests.comercio.citas.conftest import TODOS_LOS_DIAS, Peluqueria

Leer = Callable[..., list[tuple[Any, ...]]]


@pytest.mark.parametrize("capacidad", [1, 3])
def test_a_una_hora_no_caben_mas_que_los_que_se_atienden(
    peluqueria: Peluqueria, leer: Leer, capacidad: int
) -> None:
    m = peluqueria.mercado
    with transaccion() as sesion:
        datos = DatosDeAgenda("La silla", capacidad, 1, TODOS_LOS_DIAS)
        cambiar_agenda(sesion, m.actor_vendedor, peluqueria.agenda_id, datos)
    pedidos = [peluqueria.comprar() for _ in range(6)]
    inicio = peluqueria.libres()[0].inicio
    motor().dispose()
    errores = en_paralelo(6, lambda n: peluqueria.pedir(pedidos[n], inicio))
    assert [type(e) for e in errores] == [HoraOcupada] * (6 - capacidad)
    assert leer("SELECT puesto FROM comercio_cita ORDER BY puesto") == [(n + 1,) for n in range(capacidad)]


def test_la_misma_cita_pedida_dos_veces_a_la_vez(peluqueria: Peluqueria, leer: Leer) -> None:
    """One is fixed; the other is a request to move it, for the other side to answer."""
    pedido, libres = peluqueria.comprar(), peluqueria.libres()
    motor().dispose()
    assert en_paralelo(2, lambda n: peluqueria.pedir(pedido, libres[n].inicio)) == []
    assert sorted(leer("SELECT estado FROM comercio_cita")) == [("fijada",), ("propuesta",)]


def test_se_acepta_y_se_retira_a_la_vez(peluqueria: Peluqueria, leer: Leer) -> None:
    pedido, _inicio = peluqueria.citado(4)
    vista = peluqueria.pedir(pedido, peluqueria.libres()[8].inicio)
    m = peluqueria.mercado

    def responder(n: int) -> None:
        quien: Actor = (m.actor_vendedor, m.actor)[n]
        peluqueria.responder(pedido, quien, n == 0, vista)

    motor().dispose()
    errores = en_paralelo(2, responder)
    assert [type(e) for e in errores] == [TransicionInvalida]
    assert len(leer("SELECT FROM comercio_cita WHERE estado = 'fijada'")) == 1
    assert leer("SELECT count(*) FROM comercio_cita WHERE estado = 'propuesta'") == [(0,)]


def test_la_base_niega_dos_en_un_puesto_y_un_puesto_que_no_hay(
    peluqueria: Peluqueria, bd: Engine, leer: Leer
) -> None:
    """Whoever writes it, with the agenda locked or not."""
    _pedido, inicio = peluqueria.citado(4)
    otro = peluqueria.comprar()
    poner = text(
        "INSERT INTO comercio_cita"
        " (id, pedido_id, agenda_id, puesto, inicio, fin, cancelar_hasta, estado, propuso)"
        " VALUES (:id, :pedido, :agenda, :puesto, :inicio, :fin, :inicio, 'fijada', 'comprador')"
    )

    def intentar(puesto: int, desde: Any, minutos: int = 30) -> None:
        with bd.begin() as conexion:
            datos = {"id": nuevo_id(), "pedido": otro.id, "agenda": peluqueria.agenda_id, "puesto": puesto}
            conexion.execute(poner, datos | {"inicio": desde, "fin": desde + timedelta(minutes=minutos)})

    with pytest.raises(IntegrityError, match="ex_comercio_cita_puesto"):
        intentar(1, inicio + timedelta(minutes=15))
    with pytest.raises(IntegrityError, match="tantos a la vez"):
        intentar(2, inicio)
    with pytest.raises(IntegrityError, match="tan larga como se vendió"):
        intentar(1, inicio + timedelta(minutes=60), 45)
    assert leer("SELECT count(*) FROM comercio_cita") == [(1,)]
    intentar(1, inicio + timedelta(minutes=30))
    assert leer("SELECT count(*) FROM comercio_cita") == [(2,)]
