"""Faults that were reported of other shops' software, tried here: each test names its report."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from comercio.acuerdos import pedir_plazo, pedir_quitar, responder
from comercio.acuerdos.esquemas import PlazoPedido, QuitaPedida
from comercio.catalogo.errores import ExistenciaReservada
from comercio.catalogo.esquemas import TrasladoNuevo
from comercio.catalogo.modelos import Producto
from comercio.catalogo.opciones import variante_pedida
from comercio.catalogo.variar import trasladar_existencia
from comercio.compra import SolicitudCompra, comprar
from comercio.existencias.errores import SinExistencia
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos.lineas import lineas_del_pedido
from comercio.por_pagar.con_qr import pagar_por_qr
from comercio.por_pagar.errores import CompraNoEspera
from comercio.por_pagar.seguir import dejar, revisar
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.reloj import fecha_bolivia
from nucleo.vidas import TransicionInvalida
from pagos.tarjetas import puerta as pasarela
from pagos.tarjetas.conciliar import avanzar
from pagos.tarjetas.disputar import aplicar_disputa
from tests.ayudas.carreras import cruzar
from tests.comercio.conftest import ENTREGA, Mercado
from tests.comercio.lugares.test_lugares import POR_LUGAR, abrir, mover
from tests.comercio.pedidos.test_contra_entrega import Puerta
from tests.comercio.pedidos.test_contra_entrega import puerta as puerta
from tests.comercio.por_pagar.conftest import VENCE, Caja
from tests.comercio.por_pagar.conftest import caja as caja
from tests.comercio.por_pagar.conftest import cupon as cupon
from tests.comercio.por_pagar.conftest import sin_cupo as sin_cupo
from tests.comercio.por_pagar.test_banco import _comprar, _decidir, _reclamar
from tests.comercio.por_pagar.test_qr import Tia
from tests.comercio.por_pagar.test_qr import tia as tia
from tests.comercio.portes.conftest import _tarifas_frescas as _tarifas_frescas
from tests.comercio.portes.conftest import tarifas as tarifas

Leer = Callable[..., list[tuple[Any, ...]]]
EXISTENCIA = "SELECT existencia::int, reservado::int FROM comercio_existencia ORDER BY id"
DINERO = "SELECT estado, monto, devuelto, al_vendedor FROM comercio_custodia ORDER BY monto"


def _comprador(m: Mercado, producto: Producto, cuantos: int) -> Callable[..., Any]:
    def hacer(sesion: Any) -> None:
        variante = variante_pedida(sesion, producto.id)
        comprar(sesion, m.actor, SolicitudCompra(nuevo_id(), ENTREGA, lineas=((variante, cuantos),)))

    return hacer


# --- Cash on delivery -------------------------------------------------------------------------------


def test_cancelado_dos_veces_vuelve_una(puerta: Puerta, leer: Leer) -> None:
    """woocommerce/woocommerce#22489: cancelling an order restocks its items twice."""
    m = puerta.mercado
    pedido = puerta.comprar(2)
    assert leer(EXISTENCIA) == [(10_000, 2)]

    def cancela(actor: Any) -> Callable[..., Any]:
        return lambda sesion: pedidos.cancelar(sesion, actor, pedido.id, "Ya no")

    assert isinstance(cruzar(cancela(m.actor_vendedor), cancela(m.actor)), TransicionInvalida)
    entregar_pendientes()
    assert leer(EXISTENCIA) == [(10_000, 0)]
    puerta.cuadra()


def test_lo_que_sale_no_esta_pagado(puerta: Puerta, leer: Leer) -> None:
    """magento/magento2#39538: invoices are marked as paid although nobody paid; so with what is sent to be
    paid at the door. And of woocommerce/woocommerce#16154, its stock leaves with it."""
    puerta.mercado.llevar(puerta.comprar(2), "EMA")
    assert puerta.como_va() == [("despachado", "por_cobrar")]
    assert leer(EXISTENCIA) == [(9_998, 0)]
    assert leer("SELECT m.monto FROM comercio_pedido p, pagos_de_asunto('pedido', p.id) m") == []
    puerta.cuadra()


# --- Payments that come late, twice or in another order -----------------------------------------------


def test_pagado_cuando_ya_no_hay_vuelve(caja: Caja, leer: Leer) -> None:
    """saleor/saleor#14733: what was paid for a checkout that cannot be an order any more stays there."""
    ultima = caja.mercado.publicar("Última", existencia=1, precio="50.00")
    compra_id = caja.comprar((ultima, 1))
    caja.mercado.reloj.adelantar(VENCE)
    caja.barrer()
    caja.mercado.pedido((ultima, 1))
    caja.pagar(compra_id)
    caja.barrer()
    caja.barrer(timedelta(hours=1, minutes=1))
    assert caja.estados(compra_id) == ("soltada", {"no_pagado"})
    assert (caja.tarjeta.cobrado(), leer(EXISTENCIA)) == (0, [(1, 1)])
    caja.cuadra()


def test_dos_que_se_enteran_a_la_vez(caja: Caja, leer: Leer) -> None:
    """saleor/saleor#12652: the gateway's notice and who completes the checkout race for it."""
    compra_id = caja.comprar((caja.mercado.publicar(precio="50.00"), 1))
    caja.pagar(compra_id)
    avanzar(compra_id)

    def enterarse(sesion: Any) -> None:
        revisar(sesion, compra_id, llego=True)

    assert cruzar(enterarse, enterarse) is None
    entregar_pendientes()
    assert caja.estados(compra_id) == ("pagada", {"pagado"})
    assert leer(DINERO) == [("retenida", 5000, 0, 0)]
    caja.cuadra()


def test_lo_que_se_deja_no_se_paga(caja: Caja, tia: Tia, leer: Leer) -> None:
    """Sylius/Sylius#8928: who is at the payment pays for what is cancelled meanwhile."""
    compra_id, codigo = caja.comprar_con_qr((caja.mercado.publicar(precio="50.00"), 2))

    def pagar(sesion: Any) -> None:
        pagar_por_qr(sesion, tia.actor, codigo, tia.cuenta, bs("100.00"))

    def deja(sesion: Any) -> None:
        dejar(sesion, caja.mercado.actor, compra_id)

    assert isinstance(cruzar(deja, pagar), CompraNoEspera)
    assert (tia.saldo, leer(EXISTENCIA)) == (bs("150.00"), [(10, 0)])
    assert caja.estados(compra_id) == ("soltada", {"no_pagado"})
    caja.cuadra()


# --- Stock in several places --------------------------------------------------------------------------


def test_dos_lineas_de_lo_mismo_se_suman(mercado: Mercado, leer: Leer) -> None:
    """medusajs/medusa#16502: two lines of one inventory item are judged one by one, and oversell."""
    producto = mercado.publicar(existencia=5)
    with pytest.raises(SinExistencia):
        mercado.comprar((producto, 3), (producto, 3))
    assert (leer(EXISTENCIA), leer("SELECT count(*) FROM comercio_pedido")) == ([(5, 0)], [(0,)])


def test_lo_que_hay_entre_dos_lugares_no_se_vende_junto(mercado: Mercado, leer: Leer) -> None:
    """medusajs/medusa#14987: availability is added up over places, and all is reserved of the first one."""
    producto = mercado.publicar(existencia=1)
    mover(mercado, producto, "ingreso", 1, abrir(mercado))
    with pytest.raises(SinExistencia):
        mercado.pedido((producto, 2))
    assert leer(POR_LUGAR) == [("Lugar principal", 1, 0), ("Depósito", 1, 0)]
    una = _comprador(mercado, producto, 1)
    assert cruzar(una, una) is None
    assert leer(POR_LUGAR) == [("Lugar principal", 1, 1), ("Depósito", 1, 1)]


def test_lo_vendido_no_se_lleva_a_otro_lugar(mercado: Mercado, leer: Leer) -> None:
    """medusajs/medusa#16488: a reservation is moved to where there is none; here, what is sold is moved from
    under it in the same instant."""
    producto = mercado.publicar(existencia=10)
    deposito, variante = abrir(mercado), mercado.variante(producto)
    version = leer("SELECT version FROM comercio_producto")[0][0]
    datos = {"desde_id": mercado.unidad.id, "hasta_id": deposito, "cantidad": "5"}

    def llevar(sesion: Any) -> None:
        trasladar_existencia(
            sesion,
            mercado.actor_vendedor,
            producto.id,
            variante,
            version,
            TrasladoNuevo.model_validate(datos),
        )

    assert isinstance(cruzar(_comprador(mercado, producto, 8), llevar), ExistenciaReservada)
    assert leer(POR_LUGAR) == [("Lugar principal", 10, 8)]


# --- Orders that change -------------------------------------------------------------------------------


def test_cambiar_el_plazo_no_toca_la_existencia_y_quitar_una_suelta_una(mercado: Mercado, leer: Leer) -> None:
    """medusajs/medusa#16406: an edit that changes no quantity reserves again what has left already."""
    producto = mercado.publicar(existencia=10, precio="50.00")
    pedido = mercado.pedido((producto, 4))
    with transaccion() as sesion:
        (linea,) = lineas_del_pedido(sesion, pedido.id)
        pedidos.despachar(
            sesion, mercado.actor_vendedor, pedido.id, mercado.operador.id, {linea.fila.id: Decimal(2)}
        )
    mercado.anotar(pedido, "EMA")
    assert leer(EXISTENCIA) == [(8, 2)]
    with transaccion() as sesion:
        hasta = fecha_bolivia() + timedelta(days=20)
        plazo = PlazoPedido(hasta=hasta, motivo="Más días")
        visto = pedir_plazo(sesion, mercado.actor_vendedor, pedido.id, plazo).id
        responder(sesion, mercado.actor, pedido.id, visto, True)
    assert leer(EXISTENCIA) == [(8, 2)]
    with transaccion() as sesion:
        quita = QuitaPedida(linea_id=linea.fila.id, cantidad=Decimal(1), motivo="Una menos")
        visto = pedir_quitar(sesion, mercado.actor, pedido.id, quita).id
        responder(sesion, mercado.actor_vendedor, pedido.id, visto, True)
    assert (leer(EXISTENCIA), leer(DINERO)) == ([(8, 1)], [("retenida", 20000, 5000, 0)])


# --- What a bank claims -------------------------------------------------------------------------------


def test_un_reclamo_no_revive_lo_cancelado(caja: Caja, leer: Leer) -> None:
    """woocommerce/woocommerce-gateway-stripe#2598: a claim takes a cancelled order out of its end, and its
    stock comes back twice."""
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar(precio="50.00"), 2))
    with transaccion() as sesion:
        pedidos.cancelar(sesion, caja.mercado.actor, pedido.id, "No lo quiero")
    disputa = _reclamar(caja, compra_id)
    for gana in (None, False):
        if gana is not None:
            _decidir(caja, disputa, gana=gana)
        assert {p.estado for p in caja.pedidos(compra_id)} == {"cancelado"}
        assert (leer(EXISTENCIA), leer(DINERO)) == ([(10, 0)], [("devuelta", 10000, 10000, 0)])
    caja.cuadra()


def test_lo_que_ya_volvio_no_se_pierde_otra_vez(caja: Caja, leer: Leer) -> None:
    """Automattic/woocommerce-payments#6196: a claim that is lost after a partial refund takes all of it."""
    chompa = caja.mercado.publicar(precio="50.00")
    compra_id, (pedido,) = _comprar(caja, (chompa, 2))
    with transaccion() as sesion:
        (linea,) = lineas_del_pedido(sesion, pedido.id)
        pedidos.cancelar(sesion, caja.mercado.actor, pedido.id, "Una menos", {linea.fila.id: Decimal(1)})
    caja.barrer()
    caja.barrer(timedelta(hours=1, minutes=1))
    assert leer("SELECT monto, estado FROM pagos_reembolso") == [(5000, "hecho")]
    _decidir(caja, _reclamar(caja, compra_id), gana=False)
    assert leer("SELECT monto, cobrado FROM pagos_disputa") == [(5000, 5000)]
    assert leer(DINERO) == [("devuelta", 10000, 10000, 0)]
    assert (caja.tarjeta.cobrado(), caja.tarjeta.saldo()) == (5000, 100_000)  # which the bank took
    caja.cuadra()


def test_perdido_y_despues_ganado(caja: Caja, leer: Leer) -> None:
    """Automattic/woocommerce-payments#4931: the bank says that it is lost, and the next day that it is won.
    What it gives back is of who paid for what was never sent, once, however often it is heard."""
    compra_id, _pedidos = _comprar(caja, (caja.mercado.publicar(precio="50.00"), 2))
    disputa = _reclamar(caja, compra_id)
    _decidir(caja, disputa, gana=False)
    antes = caja.tarjeta.saldo()
    ganada = replace(pasarela.consultar_disputa(disputa), veredicto="ganada")
    for _vez in range(2):
        with transaccion() as sesion:
            aplicar_disputa(sesion, ganada)
        entregar_pendientes()
    assert leer(DINERO) == [("devuelta", 10000, 10000, 0)]
    assert caja.tarjeta.saldo() - antes == 10_000
    caja.cuadra()
