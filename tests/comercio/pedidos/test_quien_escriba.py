"""Whoever writes the rows of an order, with the application's password or by a mistake of ours: nothing is
paid that was not received, no money waits without a claim, and what went back is what the ledger moved.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from comercio.catalogo.modelos import Producto
from comercio.compra.modelos import Pedido
from comercio.custodia.verificar import custodias
from comercio.pedidos import cumplir, manejadores
from comercio.pedidos.tareas import liberar_vencidas
from comercio.pedidos.verificar import pedidos as verificar
from comercio.reclamos import reclamar
from comercio.reclamos.estados import MotivoReclamo
from comercio.reclamos.verificar import verificar_reclamos
from nucleo.bd import transaccion
from nucleo.dinero import bs
from tests.comercio.conftest import Mercado

assert manejadores
Leer = Callable[..., list[tuple[Any, ...]]]
_CANCELADA = (
    "INSERT INTO comercio_pedido_cancelacion (id, pedido_id, linea_id, causa, cantidad, importe, actor,"
    " motivo) SELECT gen_random_uuid(), pedido_id, id, gen_random_uuid(), {n}, {importe}, 'x', 'x'"
    " FROM comercio_pedido_linea"
)
_OTRO = (
    "INSERT INTO comercio_pedido SELECT (jsonb_populate_record(p, jsonb_build_object('id', p.compra_id,"
    " 'numero', 'X-1', 'modalidad', 'servicio', 'forma', NULL))).* FROM comercio_pedido p;"
    "INSERT INTO comercio_custodia SELECT (jsonb_populate_record(k, jsonb_build_object('pedido_id',"
    " p.compra_id) || '{cambio}')).* FROM comercio_custodia k JOIN comercio_pedido p ON p.id = k.pedido_id"
)
# Of an order of three at Bs 33.33 each that waits for its seller.
POR_DESPACHAR = [
    (
        "UPDATE comercio_pedido SET estado = 'en_preparacion';"
        "UPDATE comercio_pedido SET estado = 'entregado'",
        "se entregó todo lo que queda",
    ),
    ("UPDATE comercio_custodia SET estado = 'congelada'", "sus reclamos no dicen lo mismo"),
    ("UPDATE comercio_custodia SET devuelto = 3333", "no es lo que se anotó de sus líneas"),
    (_CANCELADA.format(n=1, importe=3333), "no es lo que se anotó de sus líneas"),
    (
        _CANCELADA.format(n=1, importe=3333)
        + ";UPDATE comercio_custodia SET devuelto = 3333"
        + ";UPDATE comercio_existencia SET reservado = reservado - 1 WHERE reservado > 0",
        "no es lo que dice el libro",
    ),
    (_CANCELADA.format(n=3, importe=0), "se canceló más de lo que se devolvió"),
    (
        "INSERT INTO comercio_pedido_linea SELECT (jsonb_populate_record(l, jsonb_build_object('id',"
        " gen_random_uuid(), 'variante_id', v.id, 'producto_id', v.producto_id, 'existencia_id', e.id))).*"
        " FROM comercio_pedido_linea l, comercio_variante v"
        " JOIN comercio_existencia e ON e.variante_id = v.id WHERE v.id <> l.variante_id",
        "no se le agregan líneas",
    ),
    (_OTRO.replace("{cambio}", '{"devuelto": 1}'), "nace entero y para quien lo vende"),
    (_OTRO.replace("{cambio}", '{"cuenta_vendedor": 1}'), "nace entero y para quien lo vende"),
]
# Of the same one, announced to its operator and on its way.
EN_CAMINO = [
    ("UPDATE comercio_paquete SET estado = 'entregado', entregado_en = now()", "cuando lo dice su envío"),
    ("UPDATE comercio_pedido SET estado = 'entregado'", "se entregó todo lo que queda"),
    (
        "INSERT INTO comercio_paquete_linea SELECT q.id, l.id, l.pedido_id, 1"
        " FROM comercio_paquete q JOIN comercio_pedido_linea l ON l.pedido_id = q.pedido_id",
        "a un paquete que salió no se le agrega",
    ),
]


@pytest.fixture
def chompa(mercado: Mercado) -> Producto:
    mercado.publicar("Manta", precio="20.00")
    return mercado.publicar("Chompa", precio="33.33")


@pytest.fixture
def pedido(mercado: Mercado, chompa: Producto) -> Pedido:
    return mercado.pedido((chompa, 3))


def _todo_cuadra() -> None:
    for comprobar in (verificar, custodias, verificar_reclamos):
        with transaccion() as sesion:
            assert comprobar(sesion) == []


def _se_niega(bd: Engine, sql: str, dice: str) -> None:
    with pytest.raises(DBAPIError, match=dice), bd.begin() as conexion:
        conexion.exec_driver_sql(sql)
    _todo_cuadra()


@pytest.mark.parametrize(("sql", "dice"), POR_DESPACHAR)
def test_lo_que_espera_a_quien_vende(pedido: Pedido, bd: Engine, leer: Leer, sql: str, dice: str) -> None:
    _se_niega(bd, sql, dice)
    assert leer("SELECT estado, devuelto, al_vendedor FROM comercio_custodia") == [("retenida", 0, 0)]


@pytest.mark.parametrize(("sql", "dice"), EN_CAMINO)
def test_lo_que_va_en_camino(
    mercado: Mercado, pedido: Pedido, bd: Engine, leer: Leer, sql: str, dice: str
) -> None:
    with transaccion() as sesion:
        (linea,) = leer("SELECT id FROM comercio_pedido_linea")[0]
        cumplir.despachar(sesion, mercado.actor_vendedor, pedido.id, mercado.operador.id, {linea: Decimal(2)})
    mercado.anotar(pedido, "EMA")
    _se_niega(bd, sql, dice)
    assert leer("SELECT p.estado, q.estado FROM comercio_pedido p, comercio_paquete q") == [
        ("en_preparacion", "despachado")
    ]


def test_un_reclamo_no_dice_que_devolvio_lo_que_no_volvio(
    mercado: Mercado, pedido: Pedido, bd: Engine, leer: Leer
) -> None:
    mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        reclamar.abrir(sesion, mercado.actor, pedido.id, MotivoReclamo.DANADO, "Llegó roto", bs("10.00"))
    for sql, dice in (
        ("UPDATE comercio_reclamo SET resuelto = 1000, devuelto = 1000", "no es lo que se anotó"),
        (
            "UPDATE comercio_reclamo SET estado = 'retirado', vence_en = NULL, terminado_en = now()",
            "sus reclamos no dicen lo mismo",
        ),
    ):
        _se_niega(bd, sql, dice)
    assert leer("SELECT estado, devuelto FROM comercio_reclamo") == [("abierto", 0)]


def test_lo_pagado_es_lo_que_dice_el_libro(mercado: Mercado, pedido: Pedido, bd: Engine, leer: Leer) -> None:
    """Its date came and it was received: still nobody is paid by writing that they were."""
    mercado.llevar(pedido, "EMA", "EMI")
    mercado.reloj.adelantar(timedelta(days=8))
    pagado = "estado = 'liberada', al_vendedor = monto - comision, comision_cobrada = comision"
    _se_niega(
        bd,
        f"UPDATE comercio_custodia SET {pagado}, terminada_en = nucleo_ahora()",
        "no es lo que dice el libro",
    )
    assert liberar_vencidas() == 1
    assert leer("SELECT estado, al_vendedor, comision_cobrada FROM comercio_custodia") == [
        ("liberada", 9699, 300)
    ]
    _todo_cuadra()


def test_un_servicio_se_recibe_cuando_quien_compro_lo_da_por_bueno(
    mercado: Mercado, bd: Engine, leer: Leer
) -> None:
    arreglo = mercado.publicar("Arreglo", precio="20.00", categoria="confeccion", unidad_medida="servicio")
    pedido = mercado.pedido((arreglo, 1))
    with transaccion() as sesion:
        cumplir.prestar(sesion, mercado.actor_vendedor, pedido.id, "Quedó hecho")
    _se_niega(bd, "UPDATE comercio_pedido SET estado = 'entregado'", "se entregó todo lo que queda")
    with transaccion() as sesion:
        cumplir.dar_conformidad(sesion, mercado.actor, pedido.id)
    assert leer("SELECT estado FROM comercio_pedido") == [("entregado",)]
