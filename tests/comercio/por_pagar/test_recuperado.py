"""Whose is what a card's bank took of an order and gives back after all: by what the order became."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from comercio.compra.modelos import Pedido
from comercio.formas import FormaDeEntrega as F
from comercio.formas import declarar
from comercio.panel.consultas import resumen_vendedor
from comercio.panel.cuentas import liquidadas, vendido_por_tiempo
from comercio.pedidos.cumplir import cancelar, prestar
from comercio.pedidos.en_mano import alistar
from comercio.por_pagar.tareas import repartir_lo_del_banco
from comercio.por_pagar.verificar import compras_por_pagar
from nucleo.bd import transaccion
from nucleo.dinero import a_centavos, bs, cero
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import ahora, fecha_bolivia
from pagos.tarjetas.disputar import aplicar_disputa
from pagos.tarjetas.lectura import LecturaDisputa
from tests.comercio.conftest import ENTREGA
from tests.comercio.por_pagar.conftest import Caja

Leer = Callable[..., list[tuple[Any, ...]]]
DE_QUIEN_VENDE = (
    "SELECT DISTINCT c.creditos_contabilizados - c.debitos_contabilizados FROM pagos_cuenta c"
    " JOIN comercio_custodia k ON k.cuenta_vendedor = c.id"
)
TOMADO = "SELECT importe, de_quien_vende FROM comercio_tomado_por_el_banco ORDER BY importe"
POR_REPARTIR = "SELECT estado, por_repartir FROM pagos_disputa"
MIGRACIONES = Path(__file__).resolve().parents[3] / "migrations/sql"


def _comprar(caja: Caja, *lineas: tuple[Any, int], **campos: Any) -> tuple[UUID, list[Pedido]]:
    compra_id = caja.comprar(*lineas, **campos)
    caja.pagar(compra_id)
    caja.barrer()
    return compra_id, caja.pedidos(compra_id)


def _chompas(caja: Caja) -> tuple[Any, int]:
    return caja.mercado.publicar("Chompa", precio="50.00"), 2


def _arreglo(caja: Caja) -> tuple[Any, int]:
    arreglo = caja.mercado.publicar(
        "Arreglo", precio="20.00", categoria="confeccion", unidad_medida="servicio", existencia=10
    )
    return arreglo, 1


def _dice(caja: Caja, compra_id: UUID, *veredictos: str, monto: int) -> None:
    """What the gateway says of the claim, each thing heard by everybody before the next."""
    pago = caja.tarjeta.intento(compra_id).pasarela_id
    for veredicto in veredictos:
        with transaccion() as sesion:
            aplicar_disputa(sesion, LecturaDisputa(veredicto, "dp_1", pago, monto, "fraudulent", None))
        entregar_pendientes()


@pytest.mark.parametrize("forma", [F.RETIRO, F.REPARTO])
def test_lo_que_esperaba_en_mano_es_de_quien_pago(caja: Caja, leer: Leer, forma: F) -> None:
    """It was still with who sold, and is for sale again; nor is it a fault of theirs."""
    mercado = caja.mercado
    with transaccion() as sesion:
        formas = {F.CORREO: "", F.RETIRO: "Calle Bolívar 5", F.REPARTO: ""}
        declarar(sesion, mercado.actor_vendedor, mercado.unidad.id, formas)
    aqui = ENTREGA.model_copy(update={"municipio_ine": mercado.unidad.municipio_ine})
    compra_id, (pedido,) = _comprar(caja, _chompas(caja), formas={mercado.unidad.id: forma}, entrega=aqui)
    with transaccion() as sesion:
        alistar(sesion, mercado.actor_vendedor, pedido.id)
    entregar_pendientes()
    cuesta = a_centavos(pedido.total)
    assert leer("SELECT existencia::int, reservado::int FROM comercio_existencia") == [(8, 0)]
    antes = caja.tarjeta.saldo()
    _dice(caja, compra_id, "abierta", "perdida", monto=cuesta)
    assert leer("SELECT existencia::int, reservado::int FROM comercio_existencia") == [(10, 0)]
    assert leer("SELECT count(*) FROM comercio_falta") == [(0,)]
    assert [p.estado for p in caja.pedidos(compra_id)] == ["cancelado"]
    caja.cuadra()
    _dice(caja, compra_id, "ganada", monto=cuesta)
    assert (leer(DE_QUIEN_VENDE), caja.tarjeta.saldo() - antes) == ([(0,)], cuesta)
    assert leer(TOMADO) == [(cuesta, 0)]
    caja.cuadra()


def test_una_parte_de_lo_que_se_cancelo_despues_es_de_quien_pago(caja: Caja, leer: Leer) -> None:
    compra_id, _pedidos = _comprar(caja, _chompas(caja), _arreglo(caja))
    antes = caja.tarjeta.saldo()
    _dice(caja, compra_id, "abierta", "perdida", monto=6_000)
    assert leer(TOMADO) == [(1000, None), (5000, None)]
    with transaccion() as sesion:
        for pedido in caja.pedidos(compra_id):
            cancelar(sesion, caja.mercado.actor_vendedor, pedido.id, "Así no")
    _dice(caja, compra_id, "ganada", monto=6_000)
    assert (leer(DE_QUIEN_VENDE), caja.tarjeta.saldo() - antes) == ([(0,)], 6_000)
    assert leer(TOMADO) == [(1000, 0), (5000, 0)]
    caja.cuadra()


def test_una_parte_espera_a_que_terminen_los_pedidos(caja: Caja, leer: Leer) -> None:
    """The jumpers are delivered and paid, the service is cancelled: each side gets its own."""
    compra_id, pedidos = _comprar(caja, _chompas(caja), _arreglo(caja))
    arreglo, chompas = sorted(pedidos, key=lambda p: p.total)
    antes = caja.tarjeta.saldo()
    _dice(caja, compra_id, "abierta", "perdida", "ganada", monto=6_000)
    assert (leer(POR_REPARTIR), leer(TOMADO)) == ([("ganada", 6000)], [(1000, None), (5000, None)])
    caja.mercado.llevar(chompas, "EMA", "EMI")
    with transaccion() as sesion:
        cancelar(sesion, caja.mercado.actor_vendedor, arreglo.id, "Así no")
    entregar_pendientes()
    assert (leer(POR_REPARTIR), leer(TOMADO)) == ([("ganada", 5000)], [(1000, 0), (5000, None)])
    assert caja.tarjeta.saldo() - antes == 1_000
    with transaccion() as sesion:
        assert compras_por_pagar(sesion) == []
    caja.mercado.cobrar(chompas)
    assert repartir_lo_del_banco() == 1
    assert repartir_lo_del_banco() == 0
    assert (leer(POR_REPARTIR), leer(TOMADO)) == ([("ganada", 0)], [(1000, 0), (5000, 5000)])
    # 50.00 held of it less 3 % , and the 50.00 that the bank gave back.
    assert (leer(DE_QUIEN_VENDE), caja.tarjeta.saldo() - antes) == ([(4850 + 5000,)], 1_000)
    caja.cuadra()


def test_de_lo_cancelado_y_lo_entregado_de_una_linea(caja: Caja, leer: Leer) -> None:
    """Of two at 50, the bank takes 60; one is cancelled, for which nothing is left to give back, and the
    other delivered, for which 40 are: 10 of the 60 are of who sold."""
    compra_id, (pedido,) = _comprar(caja, _chompas(caja))
    antes = caja.tarjeta.saldo()
    _dice(caja, compra_id, "abierta", "perdida", monto=6_000)
    ((linea,),) = leer("SELECT id FROM comercio_pedido_linea")
    with transaccion() as sesion:
        cancelar(sesion, caja.mercado.actor_vendedor, pedido.id, "Solo una", {linea: Decimal(1)})
    caja.mercado.llevar(pedido, "EMA", "EMI")
    caja.mercado.cobrar(pedido)
    assert leer("SELECT devuelto, al_vendedor, comision_cobrada FROM comercio_custodia") == [
        (6000, 3880, 120)
    ]
    _dice(caja, compra_id, "ganada", monto=6_000)
    assert leer(TOMADO) == [(6000, 1000)]
    assert (leer(DE_QUIEN_VENDE), caja.tarjeta.saldo() - antes) == ([(4880,)], 5_000)
    caja.cuadra()


def test_lo_que_volvio_a_quien_vende_es_de_quien_pago(caja: Caja, leer: Leer) -> None:
    """Given up for lost when the bank took it, and back with the seller some days later."""
    compra_id, (pedido,) = _comprar(caja, _chompas(caja))
    caja.mercado.llevar(pedido, "EMA")
    antes = caja.tarjeta.saldo()
    _dice(caja, compra_id, "abierta", "perdida", monto=10_000)
    assert leer("SELECT estado FROM comercio_paquete") == [("perdido",)]
    caja.mercado.anotar(pedido, "vuelve")
    assert leer("SELECT estado FROM comercio_paquete") == [("devuelto",)]
    _dice(caja, compra_id, "ganada", monto=10_000)
    assert (leer(DE_QUIEN_VENDE), caja.tarjeta.saldo() - antes) == ([(0,)], 10_000)
    caja.cuadra()


def test_el_servicio_que_se_hizo_es_de_quien_lo_hizo(caja: Caja, leer: Leer) -> None:
    compra_id, (pedido,) = _comprar(caja, _arreglo(caja))
    with transaccion() as sesion:
        prestar(sesion, caja.mercado.actor_vendedor, pedido.id, "Hecho y probado con quien lo pidió.")
    _dice(caja, compra_id, "abierta", "perdida", monto=2_000)
    assert leer("SELECT estado FROM comercio_servicio") == [("anulado",)]
    _dice(caja, compra_id, "ganada", monto=2_000)
    assert (leer(DE_QUIEN_VENDE), leer(TOMADO)) == ([(2000,)], [(2000, 2000)])
    caja.cuadra()


def test_lo_que_se_tomo_antes_de_anotarlo(caja: Caja, duenio: Engine, leer: Leer) -> None:
    """A database of before has no rows: the migration writes those that there would be."""
    compra_id, pedidos = _comprar(caja, _chompas(caja), _arreglo(caja))
    arreglo, chompas = sorted(pedidos, key=lambda p: p.total)
    caja.mercado.llevar(chompas, "EMA", "EMI")
    _dice(caja, compra_id, "abierta", monto=12_000)
    with transaccion() as sesion:  # comes back before, and is no part of what the bank took of the orders
        cancelar(sesion, caja.mercado.actor, arreglo.id, "Ya no")
    _dice(caja, compra_id, "perdida", monto=12_000)
    todo = "SELECT disputa_id, pedido_id, importe, de_quien_vende FROM comercio_tomado_por_el_banco"
    habia = leer(todo)
    (de_antes,) = MIGRACIONES.glob("*_ganado_bien/03_de_antes.sql")
    assert habia == [(habia[0][0], chompas.id, 10_000, None)]
    with duenio.begin() as conexion:
        conexion.exec_driver_sql("ALTER TABLE comercio_tomado_por_el_banco DISABLE TRIGGER USER")
        conexion.exec_driver_sql("DELETE FROM comercio_tomado_por_el_banco")
        conexion.exec_driver_sql("ALTER TABLE comercio_tomado_por_el_banco ENABLE TRIGGER USER")
        for _vez in range(2):
            conexion.exec_driver_sql(
                de_antes.read_text(encoding="utf-8"), execution_options={"no_parameters": True}
            )
    assert leer(todo) == habia
    antes = caja.tarjeta.saldo()
    _dice(caja, compra_id, "ganada", monto=12_000)
    assert (leer(DE_QUIEN_VENDE), caja.tarjeta.saldo() - antes) == ([(10_000,)], 2_000)
    caja.cuadra()


def test_de_una_cuenta_cerrada_espera(
    caja: Caja, duenio: Engine, leer: Leer, sesion_web: Callable[..., Any]
) -> None:
    """It is nobody else's; `verify` tells it, and what each side reads is so."""
    compra_id, (pedido,) = _comprar(caja, _chompas(caja))
    caja.mercado.llevar(pedido, "EMA", "EMI")
    _dice(caja, compra_id, "abierta", "perdida", monto=10_000)
    antes = caja.tarjeta.saldo()
    _cerrar(duenio, "SELECT cuenta_vendedor FROM comercio_custodia")
    _dice(caja, compra_id, "ganada", monto=10_000)
    assert (leer(POR_REPARTIR), leer(TOMADO)) == ([("ganada", 10000)], [(10000, None)])
    assert (leer(DE_QUIEN_VENDE), caja.tarjeta.saldo()) == ([(0,)], antes)
    avisos = "SELECT count(*) FROM ciudadania_notificacion WHERE asunto LIKE :asunto"
    assert leer(avisos, asunto="Pedido %el banco cambió su decisión") == [(0,)]
    dice = sesion_web(caja.mercado.comprador).get(f"/pedidos/{pedido.id}/banco").text
    assert "De este pedido, Bs\u00a0100,00 esperan" in dice
    assert "volvieron a la billetera" not in dice
    with transaccion() as sesion:
        assert compras_por_pagar(sesion) == []
    caja.mercado.reloj.adelantar(timedelta(days=1, minutes=1))
    ((disputa,),) = leer("SELECT id FROM pagos_disputa")
    with transaccion() as sesion:
        assert compras_por_pagar(sesion) == [
            f"disputa {disputa}: nadie repartió Bs\u00a0100,00 que devolvió el banco"
        ]


def test_la_billetera_cerrada_de_quien_pago_no_detiene_lo_demas(
    caja: Caja, duenio: Engine, leer: Leer
) -> None:
    compra_id, pedidos = _comprar(caja, _chompas(caja), _arreglo(caja))
    chompas = max(pedidos, key=lambda p: p.total)
    caja.mercado.llevar(chompas, "EMA", "EMI")
    _dice(caja, compra_id, "abierta", "perdida", monto=12_000)
    _cerrar(duenio, f"SELECT {caja.tarjeta.cuenta}")
    _dice(caja, compra_id, "ganada", monto=12_000)
    assert (leer(POR_REPARTIR), leer(TOMADO)) == ([("ganada", 2000)], [(2000, None), (10000, 10000)])
    assert leer(DE_QUIEN_VENDE) == [(10_000,)]


def _cerrar(duenio: Engine, cual: str) -> None:
    with duenio.begin() as conexion:
        conexion.exec_driver_sql(f"UPDATE pagos_cuenta SET cerrada = true WHERE id = ({cual})")


def test_quien_vende_lo_ve_en_sus_cuentas(caja: Caja, leer: Leer, sesion_web: Callable[..., Any]) -> None:
    compra_id, (pedido,) = _comprar(caja, _chompas(caja))
    caja.mercado.llevar(pedido, "EMA", "EMI")
    _dice(caja, compra_id, "abierta", "perdida", monto=10_000)
    hoy = fecha_bolivia(ahora())
    desde, unidad = hoy - timedelta(days=20), caja.mercado.unidad.id
    caja.mercado.reloj.adelantar(timedelta(days=3))
    _dice(caja, compra_id, "ganada", monto=10_000)
    hasta = fecha_bolivia(ahora())
    with transaccion() as sesion:
        hechas = liquidadas(sesion, unidad, desde, hasta)
        assert [(x.total, x.devuelto, x.liquidado) for x in hechas] == [
            (bs(100), bs(100), cero()),
            (cero(), -bs(100), bs(100)),
        ]
        resumen = resumen_vendedor(sesion, unidad)
        assert (resumen.ganado, resumen.ganado_ultimos_30_dias) == (bs(100), bs(100))
        vendido = vendido_por_tiempo(sesion, unidad, desde, hasta)
        assert sum((v.vendido for v in vendido), cero()) == bs(100)
    vendedora = sesion_web(caja.mercado.vendedor)
    archivo = vendedora.get(f"/vender/estado-de-cuenta.csv?desde={desde}&hasta={hasta}").content
    total = archivo.decode("utf-8-sig").splitlines()[-1].split(";")
    assert total[3:] == ["100,00", "0,00", "0,00", "0,00", "100,00"]
    pagina = vendedora.get(f"/vender/dinero?desde={desde}&hasta={hasta}").text
    assert "El banco devolvió lo que había tomado" in pagina
    assert "Devuelto" not in pagina


def test_lo_repartido_no_cambia(caja: Caja, bd: Engine, duenio: Engine, leer: Leer) -> None:
    compra_id, (pedido,) = _comprar(caja, _chompas(caja))
    caja.mercado.llevar(pedido, "EMA", "EMI")
    _dice(caja, compra_id, "abierta", "perdida", monto=10_000)
    _niega(duenio, "UPDATE comercio_tomado_por_el_banco SET importe = 1", "append-only")
    _niega(bd, "UPDATE comercio_tomado_por_el_banco SET de_quien_vende = 1", "_repartido")
    _dice(caja, compra_id, "ganada", monto=10_000)
    _niega(bd, "UPDATE comercio_tomado_por_el_banco SET de_quien_vende = 1", "append-only")
    _niega(duenio, "DELETE FROM comercio_tomado_por_el_banco", "append-only")
    assert leer(TOMADO) == [(10000, 10000)]


def _niega(bd: Engine, sql: str, dice: str) -> None:
    with pytest.raises(DBAPIError, match=dice), bd.begin() as conexion:
        conexion.exec_driver_sql(sql)
