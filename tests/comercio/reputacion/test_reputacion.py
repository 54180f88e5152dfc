"""Reputation: counted by the database from what happened to orders, and frozen on each sale."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from comercio.catalogo.modelos import Producto
from comercio.compra.modelos import Pedido
from comercio.formas import FormaDeEntrega as F
from comercio.formas import declarar
from comercio.pedidos import cumplir, manejadores, tareas
from comercio.reclamos import manejadores as de_reclamos
from comercio.reclamos import reclamar
from comercio.reclamos.estados import MotivoReclamo
from comercio.reputacion.clases import Clase, Falta
from comercio.reputacion.consultas import reputacion_de
from comercio.reputacion.tareas import contar_reputacion
from comercio.reputacion.verificar import verificar_reputacion
from nucleo.bd import transaccion
from nucleo.plazos import vence
from nucleo.reloj import ahora_bd
from tests.comercio.conftest import Mercado

assert manejadores
assert de_reclamos
Leer = Callable[..., list[tuple[Any, ...]]]
CUENTA = "SELECT dias, ventas, reclamos, tardes, canceladas, clase FROM comercio_reputacion"
FALTAS = "SELECT falta, count(*) FROM comercio_falta GROUP BY 1 ORDER BY 1"


@pytest.fixture
def producto(mercado: Mercado) -> Producto:
    """At noon in Bolivia: what is counted ends at a midnight."""
    mercado.reloj.situar((mercado.reloj.ahora() + timedelta(days=1)).replace(hour=16, minute=0))
    return mercado.publicar(precio="10.00", existencia=100)


def _vender(mercado: Mercado, producto: Producto, cuantos: int, **campos: Any) -> list[Pedido]:
    return [mercado.pedido((producto, 1), **campos) for _ in range(cuantos)]


def _entregar(mercado: Mercado, producto: Producto, cuantos: int) -> list[Pedido]:
    """Sold, picked up and over."""
    quien, unidad_id = mercado.actor_vendedor, mercado.unidad.id
    with transaccion() as sesion:
        declarar(sesion, quien, unidad_id, {F.CORREO: "", F.RETIRO: "Calle Bolívar 5"})
    vendidos = _vender(mercado, producto, cuantos, formas={unidad_id: F.RETIRO})
    for pedido in vendidos:
        with transaccion() as sesion:
            codigo = cumplir.alistar(sesion, quien, pedido.id).codigo_entrega
            assert cumplir.entregar_en_mano(sesion, quien, pedido.id, codigo) is None
    return vendidos


def _al_otro_dia(mercado: Mercado) -> int:
    mercado.reloj.adelantar(timedelta(days=1))
    return contar_reputacion()


def _cancelar(mercado: Mercado, pedidos: list[Pedido]) -> None:
    for pedido in pedidos:
        with transaccion() as sesion:
            cumplir.cancelar(sesion, mercado.actor_vendedor, pedido.id, "Se me acabó")


def _todo_cuadra() -> None:
    with transaccion() as sesion:
        assert verificar_reputacion(sesion) == []


def test_desde_diez_ventas_hay_historia_y_la_venta_guarda_la_que_habia(
    mercado: Mercado, producto: Producto, leer: Leer
) -> None:
    _entregar(mercado, producto, 9)
    for pedido in _vender(mercado, producto, 2):  # who buys and thinks better of it says nothing of who sells
        with transaccion() as sesion:
            cumplir.cancelar(sesion, mercado.actor, pedido.id, "Me arrepentí")
    _vender(mercado, producto, 1)  # nor does what is not over
    assert _al_otro_dia(mercado) == 1
    assert leer(CUENTA) == [(365, 9, 0, 0, 0, "sin_historia")]
    (decima,) = _entregar(mercado, producto, 1)
    _fechada(mercado, leer, decima, Clase.SIN_HISTORIA)
    assert contar_reputacion() == 0  # once a day
    assert _al_otro_dia(mercado) == 1
    assert leer(CUENTA) == [(60, 10, 0, 0, 0, "buena")]
    (buena,) = _entregar(mercado, producto, 1)
    _fechada(mercado, leer, buena, Clase.BUENA)
    _todo_cuadra()
    assert leer("SELECT reputacion, count(*) FROM comercio_pedido GROUP BY 1 ORDER BY 1") == [
        ("buena", 1),
        ("sin_historia", 13),
    ]


def _fechada(mercado: Mercado, leer: Leer, pedido: Pedido, clase: Clase) -> None:
    """It is paid when who sold it was so at the sale."""
    with transaccion() as sesion:
        fecha = vence(sesion, clase.liberacion, ahora_bd(sesion))
    assert leer("SELECT liberar_en FROM comercio_custodia WHERE pedido_id = :id", id=pedido.id) == [(fecha,)]


def test_dos_cancelaciones_de_once_son_demasiadas_y_con_los_meses_se_olvidan(
    mercado: Mercado, producto: Producto, leer: Leer, sesion_web: Callable[..., Any]
) -> None:
    _entregar(mercado, producto, 9)
    pedidos = _vender(mercado, producto, 3)
    _cancelar(mercado, pedidos[:1])
    _al_otro_dia(mercado)
    assert leer(CUENTA) == [(60, 10, 0, 0, 1, "buena")]
    _cancelar(mercado, pedidos[1:2])
    with transaccion() as sesion:
        cumplir.cancelar(sesion, mercado.actor, pedidos[2].id, "Me arrepentí")  # that is not the seller's
    _al_otro_dia(mercado)
    assert leer(CUENTA) == [(60, 11, 0, 0, 2, "mala")]
    _todo_cuadra()
    (mala,) = _vender(mercado, producto, 1)
    assert leer("SELECT reputacion FROM comercio_pedido WHERE id = :id", id=mala.id) == [("mala",)]

    publica = f"/reputacion/{mercado.unidad.id}"
    visto = sesion_web(mercado.comprador).get(publica).text
    assert "2 de 11: 18,2 %. Se admite hasta el 5 %, que son 1." in visto
    assert "Mala reputación" in visto
    assert "a los 22 días" in visto
    assert pedidos[0].numero not in visto
    assert pedidos[0].numero in sesion_web(mercado.vendedor).get(publica).text
    api = sesion_web(mercado.comprador).get(f"/api/v1/vendedores/{mercado.unidad.id}/reputacion").json()
    assert (api["clase"], api["ventas"]) == ("mala", 11)
    assert [(c["falta"], c["cuantas"], c["bien"]) for c in api["cuentas"]] == [
        ("reclamo", 0, True),
        ("tarde", 0, True),
        ("cancelada", 2, False),
    ]
    # Sixty days later they are counted in the year; a year later there is none of it.
    mercado.reloj.adelantar(timedelta(days=70))
    assert contar_reputacion() == 1
    assert leer(CUENTA) == [(365, 11, 0, 0, 2, "mala")]
    mercado.reloj.adelantar(timedelta(days=365))
    assert contar_reputacion() == 1
    assert leer(CUENTA) == [(365, 0, 0, 0, 0, "sin_historia")]
    _todo_cuadra()


def test_lo_que_no_se_despacha_y_lo_que_se_devuelve_por_reclamo_cuentan(
    mercado: Mercado, producto: Producto, leer: Leer
) -> None:
    danado, perdido, olvidado = _vender(mercado, producto, 3)
    for pedido, codigos in ((danado, ("EMA", "EMI")), (perdido, ("EMA",))):
        mercado.llevar(pedido, *codigos)
    with transaccion() as sesion:
        reclamo = reclamar.abrir(sesion, mercado.actor, danado.id, MotivoReclamo.DANADO, "Llegó roto")
    with transaccion() as sesion:
        reclamar.responder(sesion, mercado.actor_vendedor, reclamo.id, "Tiene razón", None, True)
    mercado.reloj.adelantar(timedelta(days=22))
    assert tareas.cancelar_vencidos() == 1
    with transaccion() as sesion:
        reclamo = reclamar.abrir(
            sesion, mercado.actor, perdido.id, MotivoReclamo.NO_RECIBIDO, "No llegó nada"
        )
    with transaccion() as sesion:
        reclamar.responder(sesion, mercado.actor_vendedor, reclamo.id, "Se perdió", None, True)
    # What was lost on the way is its operator's, not its seller's.
    assert leer("SELECT pedido_id, falta FROM comercio_falta ORDER BY falta") == [
        (danado.id, "reclamo"),
        (olvidado.id, "tarde"),
    ]
    _al_otro_dia(mercado)
    assert leer(CUENTA) == [(365, 2, 1, 1, 0, "sin_historia")]
    _todo_cuadra()


def test_el_programa_no_escribe_reputaciones(
    mercado: Mercado, producto: Producto, bd: Engine, duenio: Engine, leer: Leer
) -> None:
    _vender(mercado, producto, 1)
    _al_otro_dia(mercado)
    for sql in (
        "UPDATE comercio_reputacion SET clase = 'buena'",
        "UPDATE comercio_regla_reputacion SET ventas_minimas = 1",
        "DELETE FROM comercio_falta",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), bd.begin() as conexion:
            conexion.execute(text(sql))
    with pytest.raises(DBAPIError, match="comercio_pedido"), bd.begin() as conexion:
        conexion.execute(text("UPDATE comercio_pedido SET reputacion = 'buena'"))
    assert leer("SELECT reputacion FROM comercio_pedido") == [("sin_historia",)]
    with duenio.begin() as conexion:
        conexion.execute(text("UPDATE comercio_reputacion SET clase = 'buena'"))
        conexion.execute(text("INSERT INTO comercio_falta SELECT id, 'reclamo' FROM comercio_pedido"))
    with transaccion() as sesion:
        assert len(verificar_reputacion(sesion)) == 2


def test_sin_ventas_no_hay_historia(mercado: Mercado, leer: Leer, duenio: Engine) -> None:
    """And the rule is the one of the day in Bolivia, also at night."""
    mercado.reloj.situar((mercado.reloj.ahora() + timedelta(days=1)).replace(hour=1, minute=0))
    manana = mercado.reloj.ahora().date()  # in UTC it is that day already
    with duenio.begin() as conexion:
        nueva = "SELECT gen_random_uuid(), :dia, 7, 70, 7, 7, 7, 7, 7, 'Otra norma'"
        conexion.execute(text(f"INSERT INTO comercio_regla_reputacion {nueva}"), {"dia": manana})
    assert contar_reputacion() == 0
    for ya_rige in (False, True):
        with transaccion() as sesion:
            suya = reputacion_de(sesion, mercado.unidad.id)
        assert (suya.norma == "Otra norma") is ya_rige
        mercado.reloj.adelantar(timedelta(hours=3))
    assert (suya.clase, suya.ventas) == (Clase.SIN_HISTORIA, 0)
    assert [c.falta for c in suya.cuentas] == [Falta.RECLAMO, Falta.TARDE, Falta.CANCELADA]
    assert leer(FALTAS) == []
