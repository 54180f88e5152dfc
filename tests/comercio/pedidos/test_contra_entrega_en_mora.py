"""What is paid at the door, when whoever collects does not hand it over: who is told, and what follows."""

from datetime import timedelta
from typing import Any

import pytest

from comercio.compra.errores import SinContraEntrega
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos import tareas
from comercio.pedidos.cancelar import cancelar_sin_despacho
from envios.deudas.tareas import cobrar_vencidas
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.vidas import TransicionInvalida
from tests.comercio.pedidos.test_contra_entrega import Puerta
from tests.comercio.pedidos.test_contra_entrega import puerta as puerta
from tests.comercio.portes.conftest import _tarifas_frescas as _tarifas_frescas
from tests.comercio.portes.conftest import tarifas as tarifas

BS = "Bs\u00a0"
FALTAS = "SELECT falta FROM comercio_falta"
AVISOS = "SELECT DISTINCT asunto, cuerpo FROM ciudadania_notificacion WHERE unidad_id = :u ORDER BY asunto"
DICHO_A_QUIEN_COMPRA = "SELECT asunto, cuerpo FROM ciudadania_notificacion WHERE persona_id = :p ORDER BY id"


def _dicho(puerta: Puerta, sql: str, **parametros: Any) -> str:
    return "\n".join(f"{asunto}: {cuerpo}" for asunto, cuerpo in puerta.leer(sql, **parametros))


def _en_mora(puerta: Puerta) -> Any:
    """The operator collected for an order and its term is over."""
    pedido = puerta.comprar()
    puerta.mercado.llevar(pedido, "EMA", "EMI")
    puerta.mercado.reloj.adelantar(timedelta(days=8))
    cobrar_vencidas()
    return pedido


def test_de_quien_no_rinde_no_se_ofrece_hasta_que_rinda(puerta: Puerta) -> None:
    _en_mora(puerta)
    with pytest.raises(SinContraEntrega, match="en ese municipio"):
        puerta.comprar()
    assert puerta.leer("SELECT count(*) FROM comercio_pedido") == [(1,)]
    puerta.tiene("120.00")
    cobrar_vencidas()
    entregar_pendientes()
    puerta.comprar()
    puerta.cuadra()


@pytest.mark.parametrize("vence", [False, True])
def test_si_ya_nadie_cobra_no_es_falta_de_quien_vende(puerta: Puerta, vence: bool) -> None:
    """It was bought when the operator owed nothing yet: its seller has nobody to send it with."""
    m = puerta.mercado
    puerta.mercado.llevar(puerta.comprar(), "EMA", "EMI")
    otro = puerta.comprar()
    m.reloj.adelantar(
        otro.despachar_hasta - otro.creado_en + timedelta(minutes=1) if vence else timedelta(days=4)
    )
    with transaccion() as sesion, pytest.raises(TransicionInvalida):
        pedidos.despachar(sesion, m.actor_vendedor, otro.id, m.operador.id)
    with transaccion() as sesion:
        if vence:
            assert cancelar_sin_despacho(sesion, otro.id)
        else:
            pedidos.cancelar(sesion, m.actor_vendedor, otro.id, "Nadie cobra ahí")
    entregar_pendientes()
    assert puerta.leer(FALTAS) == []
    puerta.cuadra()


def test_si_alguien_cobra_es_falta(puerta: Puerta) -> None:
    pedido = puerta.comprar()
    with transaccion() as sesion:
        pedidos.cancelar(sesion, puerta.mercado.actor_vendedor, pedido.id, "Ya no quiero")
    assert puerta.leer(FALTAS) == [("cancelada",)]


def test_se_dice_a_cada_uno_lo_que_paso(puerta: Puerta, sesion_web: Any) -> None:
    m = puerta.mercado
    pedido = puerta.comprar()
    m.llevar(pedido, "EMA", "EMI")
    vende = sesion_web(m.vendedor)
    venta = f"/vender/pedidos/{pedido.id}"
    assert f"{m.operador.nombre} cobró {BS}120,00: debe rendirlos hasta el" in vende.get(venta).text
    m.reloj.adelantar(timedelta(days=32))
    tareas.terminar_sin_rendidos()
    entregar_pendientes()
    vende, compra = sesion_web(m.vendedor), sesion_web(m.comprador)
    assert f"{m.operador.nombre} le debe {BS}120,00." in vende.get(venta).text
    assert "no se pagó nada" not in vende.get(venta).text
    assert "Lo recibió y lo pagó en la puerta" in compra.get(f"/pedidos/{pedido.id}").text
    assert f"Debe {BS}120,00 que cobró al entregar el envío" in _dicho(puerta, AVISOS, u=m.operador.id)
    for dicho in (
        _dicho(puerta, AVISOS, u=m.unidad.id),
        _dicho(puerta, DICHO_A_QUIEN_COMPRA, p=m.comprador.id),
    ):
        assert "el correo no rindió lo que cobró" in dicho
        assert "No se pagó nada" not in dicho
    puerta.tiene("120.00")
    cobrar_vencidas()
    entregar_pendientes()
    assert f"le pagó los {BS}120,00 que cobró" in vende.get(venta).text
    assert f"Recibió {BS}120,00 del cobro contra entrega" in _dicho(puerta, AVISOS, u=m.unidad.id)
    puerta.cuadra()
