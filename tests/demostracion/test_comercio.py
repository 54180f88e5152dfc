"""The demonstration: sown by the real use cases, whole, light, and the same when sown again."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from comercio.pedidos import manejadores
from comercio.por_pagar import manejadores as de_por_pagar
from demostracion.dibujos.productos import FIGURAS, dibujar
from demostracion.relato import contar
from nucleo.bd import transaccion

Leer = Callable[..., list[tuple[Any, ...]]]
assert manejadores
assert de_por_pagar


@pytest.mark.parametrize("figura", sorted(FIGURAS))
def test_cada_dibujo_es_ligero_y_siempre_igual(figura: str) -> None:
    import xml.etree.ElementTree as ET

    uno = dibujar("semilla", figura)
    assert uno == dibujar("semilla", figura)
    assert uno != dibujar("otra", figura)
    for n in range(40):
        svg = dibujar(f"s{n}", figura)
        assert len(svg) < 3072
        assert ET.fromstring(svg).get("viewBox") == "0 0 400 400"
        assert b"style" not in svg


@pytest.mark.lento
def test_sembrar(bd: Engine, leer: Leer) -> None:
    from demostracion import personas
    from demostracion.capitulos import comercio as demo
    from demostracion.capitulos import registro as unidades
    from demostracion.capitulos.envios import tarifas

    with transaccion() as sesion:
        personas.sembrar(sesion)
    for _vez in range(2):
        contar({"registro": unidades.pasos, "envios.tarifas": tarifas.pasos, "comercio": demo.pasos})
    assert leer(
        "SELECT count(*), count(DISTINCT vendedor_id), count(foto), count(DISTINCT raiz_codigo), "
        "count(DISTINCT departamento) FROM comercio_producto WHERE estado = 'publicado'"
    ) == [(300, 30, 300, 8, 9)]
    estados = Counter(e for (e,) in leer("SELECT estado FROM comercio_pedido"))
    assert set(estados) == {"pagado", "en_preparacion", "despachado", "entregado", "concluido", "cancelado"}
    assert sum(estados.values()) >= 20
    assert leer("SELECT estado, fin - inicio FROM comercio_cita") == [("fijada", timedelta(hours=4))]
    assert leer("SELECT count(*) FROM comercio_pedido_paso WHERE ocurrio_en > now()") == [(0,)]
    assert leer(
        "SELECT count(*) FROM comercio_pedido WHERE estado IN ('pagado', 'en_preparacion') "
        "AND despachar_hasta < now()"
    ) == [(0,)]
    assert leer("SELECT count(*) FROM nucleo_entrega WHERE error IS NOT NULL") == [(0,)]
