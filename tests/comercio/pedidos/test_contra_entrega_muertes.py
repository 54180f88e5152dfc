"""What is paid at the door is collected, handed over, freed or given up once, although whoever does it dies
at each of its commits: just before it, and just after."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from comercio.compra.modelos import Pedido
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos import tareas
from comercio.pedidos.lineas import paquetes_de
from envios import deudas
from envios.deudas.tareas import cobrar_vencidas
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from tests.comercio.pedidos.test_contra_entrega import Puerta
from tests.comercio.pedidos.test_contra_entrega import puerta as puerta
from tests.comercio.por_pagar.test_muertes import HECHO, Guadania, Hacer
from tests.comercio.portes.conftest import _tarifas_frescas as _tarifas_frescas
from tests.comercio.portes.conftest import tarifas as tarifas

Contar = Callable[[Hacer], object]


def _entregado(puerta: Puerta, hacer: Contar) -> Pedido:
    m, pedido = puerta.mercado, puerta.comprar()
    with transaccion() as sesion:
        pedidos.despachar(sesion, m.actor_vendedor, pedido.id, m.operador.id)
        envio_id = paquetes_de(sesion, pedido.id)[-1].envio_id
    assert envio_id is not None
    for codigo in ("EMA", "EMI"):
        with transaccion() as sesion:
            m.evento(sesion, envio_id, codigo)
        hacer(entregar_pendientes)
    return pedido


def _rendir(puerta: Puerta) -> None:
    with transaccion() as sesion:
        deudas.cerrar_ronda(sesion, puerta.cartera, puerta.mercado.operador.id)


def _contar(puerta: Puerta, hacer: Contar) -> None:
    """One is handed over and paid to who sells; the other one only after its order ended."""
    _entregado(puerta, hacer)
    puerta.tiene("120.00")
    hacer(lambda: _rendir(puerta))
    hacer(entregar_pendientes)
    puerta.mercado.reloj.adelantar(timedelta(days=8))
    hacer(tareas.liberar_vencidas)
    hacer(entregar_pendientes)
    _entregado(puerta, hacer)
    puerta.mercado.reloj.adelantar(timedelta(days=32))
    hacer(cobrar_vencidas)
    hacer(tareas.terminar_sin_rendidos)
    hacer(entregar_pendientes)
    puerta.tiene("120.00")
    hacer(cobrar_vencidas)
    hacer(entregar_pendientes)


def test_se_cobra_una_vez_muera_quien_muera(
    puerta: Puerta, leer: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    entregar_pendientes()  # what the scene left to be done
    antes = Counter(leer(HECHO))
    _contar(puerta, lambda hacer: hacer())
    en_vida = Counter(leer(HECHO)) - antes
    antes = Counter(leer(HECHO))
    guadania = Guadania(monkeypatch, puerta.mercado.reloj)
    _contar(puerta, guadania.muere)
    assert Counter(leer(HECHO)) - antes == en_vida
    assert guadania.muertes > 40
    assert puerta.como_va().count(("concluido", "liberada")) == 2
    assert puerta.como_va().count(("cancelado", "no_cobrada")) == 2
    puerta.cuadra()
