"""A new shop's first steps, and what its own system is told."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from comercio.panel.primeros_pasos import primeros_pasos
from comercio.pedidos.cumplir import cancelar
from empresa_digital.registro import unidad_por_id
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.webhooks import suscribir, tipos
from tests.comercio.conftest import Mercado

Leer = Callable[..., list[tuple[Any, ...]]]


def _faltan(unidad_id: Any) -> list[str]:
    with transaccion() as sesion:
        return [p.codigo for p in primeros_pasos(sesion, unidad_por_id(sesion, unidad_id)) if not p.hecho]


def test_primeros_pasos(
    mercado: Mercado,
    crear_unidad: Callable[..., Any],
    crear_persona: Callable[..., Any],
    sesion_web: Callable[..., Any],
) -> None:
    """Each is there until it is done; the page shows what is missing, each with its link."""
    nueva = crear_persona("Nueva")
    unidad = crear_unidad("Recién abierta", representante=nueva)
    faltan = _faltan(unidad.id)
    assert [p for p in faltan if p != "lugar"] == ["habilitar", "producto", "foto", "existencia", "publicar"]
    pagina = sesion_web(nueva).get("/vender").text
    assert "Lo que falta para vender" in pagina
    assert f'href="/mis-unidades/{unidad.numero}/habilitaciones"' in pagina
    assert f'href="/vender/productos/nuevo?unidad={unidad.id}"' in pagina
    mercado.publicar(existencia=0, publicar=False)
    assert {"existencia", "foto", "publicar"} <= set(_faltan(mercado.unidad.id))
    mercado.publicar()
    assert {"producto", "existencia", "publicar", "habilitar"}.isdisjoint(_faltan(mercado.unidad.id))


def test_cada_paso_de_un_pedido_se_avisa_a_su_sistema(mercado: Mercado, leer: Leer, reloj: Any) -> None:
    with transaccion() as sesion:
        suscribir(sesion, mercado.unidad.id, "https://ejemplo.bo/avisos", ["PedidoPagado", "PedidoCancelado"])
    pedido = mercado.pedido((mercado.publicar(), 2))
    entregar_pendientes()
    with transaccion() as sesion:
        cancelar(sesion, mercado.actor, pedido.id, "Ya no lo quiero")
    reloj.adelantar(timedelta(seconds=1))
    entregar_pendientes()
    cuerpos = [json.loads(m) for (m,) in leer("SELECT cuerpo FROM nucleo_webhook_mensaje ORDER BY creado_en")]
    assert [c["type"] for c in cuerpos] == ["PedidoPagado", "PedidoCancelado"]
    datos = [c["data"] for c in cuerpos]
    assert [d["estado"] for d in datos] == ["pagado", "cancelado"]
    assert {d["numero"] for d in datos} == {pedido.numero}
    assert datos[0]["total"] == {"monto": "100.00", "moneda": "BOB"}
    for cuerpo in cuerpos:
        tipos()[cuerpo["type"]].modelo.model_validate(cuerpo["data"])
