"""Races forced on real connections: the last unit, the same purchase twice, cancel against dispatch."""

import os
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from comercio.carrito.llenar import Titular, agregar, ver_carrito
from comercio.compra.errores import CambioDePrecio, CarritoVacio
from comercio.compra.hacer import SolicitudCompra, comprar
from comercio.existencias.errores import SinExistencia
from comercio.pedidos import cumplir as pedidos
from nucleo.actor import Actor
from nucleo.bd import motor, nueva_sesion, transaccion
from nucleo.ids import nuevo_id
from nucleo.vidas import TransicionInvalida
from tests.comercio.carrito.test_carrito import en_paralelo
from tests.comercio.conftest import ENTREGA, Mercado

Leer = Callable[..., list[tuple[Any, ...]]]
COMPRADORES = 64
RONDAS = int(os.environ.get("QHATU_PRUEBAS_UNIDADES", "6"))


@pytest.fixture
def compradores(
    crear_persona: Callable[..., Any], actor_de: Callable[..., Actor], con_saldo: Callable[..., int]
) -> list[Actor]:
    personas = [crear_persona(f"Comprador {n}") for n in range(COMPRADORES)]
    for persona in personas:
        con_saldo(persona, "100.00")
    return [actor_de(p) for p in personas]


@pytest.mark.lento
def test_64_compradores_por_una_unidad(mercado: Mercado, compradores: list[Actor], leer: Leer) -> None:
    """Each round, one unit and 64 buyers at once: exactly one sale, 63 told that there is none left."""
    motor().dispose()
    for ronda in range(RONDAS):
        if ronda % 50 == 49:  # another day, for the limits of who wins often
            mercado.reloj.adelantar(timedelta(days=1))
        unico = mercado.variante(mercado.publicar(f"Pieza única {ronda}", existencia=1, precio="1.00"))

        def comprarlo(n: int, unico: Any = unico) -> None:
            solicitud = SolicitudCompra(id=nuevo_id(), entrega=ENTREGA, lineas=((unico, 1),))
            with transaccion() as sesion:
                comprar(sesion, compradores[n], solicitud)

        errores = en_paralelo(COMPRADORES, comprarlo)
        assert [type(e) for e in errores] == [SinExistencia] * (COMPRADORES - 1)
        assert leer(
            "SELECT existencia, reservado, (SELECT sum(cantidad) FROM comercio_pedido_linea l "
            "WHERE l.variante_id = e.variante_id) FROM comercio_existencia e WHERE e.variante_id = :id",
            id=unico,
        ) == [(1, 1, 1)]
    assert leer("SELECT count(*), sum(total) FROM comercio_pedido") == [(RONDAS, RONDAS * 100)]
    assert leer("SELECT count(*) FROM pagos_transferencia t WHERE t.codigo = 3") == [(RONDAS,)]


def test_varias_unidades_y_dos_productos_en_orden_contrario(
    mercado: Mercado, compradores: list[Actor], leer: Leer
) -> None:
    """Baskets that name the same products in opposite order cannot deadlock, nor sell what there is not."""
    mantas = [mercado.publicar(f"Manta {n}", existencia=5, precio="1.00") for n in range(2)]
    uno, dos = (mercado.variante(manta) for manta in mantas)

    def comprarlos(n: int) -> None:
        lineas = ((uno, 1), (dos, 1)) if n % 2 else ((dos, 1), (uno, 1))
        with transaccion() as sesion:
            comprar(sesion, compradores[n], SolicitudCompra(id=nuevo_id(), entrega=ENTREGA, lineas=lineas))

    errores = en_paralelo(20, comprarlos)
    assert [type(e) for e in errores] == [SinExistencia] * 15
    assert leer("SELECT existencia, reservado FROM comercio_existencia") == [(5, 5), (5, 5)]


def test_doble_clic(mercado: Mercado, leer: Leer) -> None:
    """The same purchase sent 12 times at once is one purchase, and all are told so."""
    chompa = mercado.publicar(precio="50.00")
    quien = Titular(persona_id=mercado.comprador.id)
    with transaccion() as sesion:
        agregar(sesion, quien, mercado.variante(chompa), 2)
    with nueva_sesion() as sesion:
        visto = ver_carrito(sesion, quien).huella
    compra_id = nuevo_id()
    totales: list[str] = []

    def pagar(_n: int) -> None:
        with transaccion() as sesion:
            compra = comprar(sesion, mercado.actor, SolicitudCompra(compra_id, ENTREGA, huella=visto))
            totales.append(f"{compra.total.amount:.2f}")

    assert en_paralelo(12, pagar) == []
    assert totales == ["100.00"] * 12
    assert leer("SELECT count(*), sum(total) FROM comercio_pedido") == [(1, 10000)]
    assert leer("SELECT reservado FROM comercio_existencia") == [(2,)]


def test_comprar_el_mismo_carrito_dos_veces_con_ids_distintos(mercado: Mercado, leer: Leer) -> None:
    """Two tabs, two ids: one buys the cart, the others find it empty or changed."""
    chompa = mercado.publicar(precio="50.00")
    quien = Titular(persona_id=mercado.comprador.id)
    with transaccion() as sesion:
        agregar(sesion, quien, mercado.variante(chompa), 1)

    def pagar(_n: int) -> None:
        with transaccion() as sesion:
            comprar(sesion, mercado.actor, SolicitudCompra(nuevo_id(), ENTREGA))

    errores = en_paralelo(8, pagar)
    assert {type(e) for e in errores} <= {CarritoVacio, CambioDePrecio}
    assert len(errores) == 7
    assert leer("SELECT count(*), sum(total) FROM comercio_pedido") == [(1, 5000)]


def test_agregar_mientras_se_compra(mercado: Mercado, leer: Leer) -> None:
    """ACIDRain: whatever the interleaving, what is charged is what the buyer saw, and what they add stays."""
    chompa, manta = mercado.publicar("Chompa", precio="50.00"), mercado.publicar("Manta", precio="7.00")
    quien = Titular(persona_id=mercado.comprador.id)
    for _ronda in range(5):
        with transaccion() as sesion:
            agregar(sesion, quien, mercado.variante(chompa), 1)
        with nueva_sesion() as sesion:
            visto = ver_carrito(sesion, quien)

        def hacer(n: int, visto: Any = visto) -> None:
            with transaccion() as sesion:
                if n == 0:
                    comprar(sesion, mercado.actor, SolicitudCompra(nuevo_id(), ENTREGA, huella=visto.huella))
                else:
                    agregar(sesion, quien, mercado.variante(manta), 1)

        errores = en_paralelo(2, hacer)
        cobrado = leer("SELECT coalesce(sum(total), 0) FROM comercio_compra")[0][0]
        vendido = leer("SELECT coalesce(sum(importe), 0) FROM comercio_pedido_linea")[0][0]
        assert cobrado == vendido
        with transaccion() as sesion:
            quedan = {x.producto.titulo: x.cantidad for x in ver_carrito(sesion, quien).lineas}
            sesion.connection().exec_driver_sql("DELETE FROM comercio_carrito_linea")
        esperado = {"Chompa": 1, "Manta": 1} if errores else {"Manta": 1}
        assert quedan == esperado
        assert all(isinstance(e, CambioDePrecio) for e in errores)


def test_cancelar_contra_despachar(mercado: Mercado, leer: Leer) -> None:
    """Exactly one wins; stock and escrow agree with who won."""
    for ronda in range(6):
        pedido = mercado.pedido((mercado.publicar(f"Manta {ronda}", precio="10.00"), 3))

        def hacer(n: int, pedido_id: Any = pedido.id) -> None:
            with transaccion() as sesion:
                if n == 0:
                    pedidos.cancelar(sesion, mercado.actor, pedido_id, "Ya no lo quiero")
                else:
                    pedidos.despachar(sesion, mercado.actor_vendedor, pedido_id, mercado.operador.id)

        (error,) = en_paralelo(2, hacer)
        assert isinstance(error, TransicionInvalida)
        ((estado, existencia, reservado, envios, anuladas),) = leer(
            "SELECT p.estado, e.existencia, e.reservado, "
            "(SELECT count(*) FROM envios_envio WHERE referencia_id = p.id), "
            "(SELECT count(*) FROM pagos_transferencia t WHERE t.referencia = p.id AND t.codigo = 100) "
            "FROM comercio_pedido p JOIN comercio_pedido_linea l ON l.pedido_id = p.id "
            "JOIN comercio_existencia e ON e.id = l.existencia_id WHERE p.id = :id",
            id=pedido.id,
        )
        gana_la_cancelacion = ("cancelado", 10, 0, 0, 1)
        gana_el_despacho = ("en_preparacion", 10, 3, 1, 0)
        assert (estado, existencia, reservado, envios, anuladas) in (gana_la_cancelacion, gana_el_despacho)


def test_una_venta_espera_a_la_edicion_y_no_pisa_la_existencia(mercado: Mercado, leer: Leer) -> None:
    """While a seller's edit holds the product's row, a purchase waits; both changes stay."""
    from comercio.catalogo.esquemas import ProductoCambios
    from comercio.catalogo.publicar import editar_producto

    chompa = mercado.publicar(existencia=10)
    editando, terminar = threading.Event(), threading.Event()

    def editar() -> None:
        with transaccion() as sesion:
            editar_producto(sesion, mercado.actor_vendedor, chompa.id, 1, ProductoCambios(existencia=20))
            editando.set()
            assert terminar.wait(10)

    hilo = threading.Thread(target=editar)
    hilo.start()
    assert editando.wait(10)
    compra = threading.Thread(target=lambda: mercado.comprar((chompa, 3)))
    compra.start()
    terminar.set()
    hilo.join()
    compra.join()
    assert leer("SELECT existencia, reservado FROM comercio_existencia") == [(20, 3)]
