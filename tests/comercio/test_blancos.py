"""What is pressed in the shop is at least 24 px high (WCAG 2.2, target size) on a telephone of 360 px."""

from collections.abc import Callable
from typing import Any

import pytest

from comercio.carrito.llenar import Titular, agregar
from comercio.favoritos.guardar import guardar
from nucleo.bd import transaccion
from tests.ayudas.navegador import blancos_chicos
from tests.comercio.conftest import Mercado

pytestmark = [pytest.mark.lento, pytest.mark.navegador]


def test_lo_que_se_toca_tiene_donde_tocarlo(mercado: Mercado, como: Callable[..., Any]) -> None:
    chompa, manta = mercado.publicar("Chompa de alpaca tejida a mano"), mercado.publicar("Manta")
    pedido = mercado.pedido((chompa, 1), (manta, 2))
    terminado = mercado.pedido((chompa, 1))
    mercado.llevar(terminado, "EMA", "EMI")
    mercado.cobrar(terminado)
    with transaccion() as sesion:
        agregar(sesion, Titular(persona_id=mercado.comprador.id), mercado.variante(chompa), 1)
        guardar(sesion, mercado.actor, manta.id)
    unidad = f"?unidad={mercado.unidad.id}"
    compra = (
        "/tienda",
        "/tienda?q=chompa&hasta=90",
        f"/productos/{chompa.id}",
        "/carrito",
        "/comprar",
        "/pedidos",
        f"/pedidos/{pedido.id}",
        f"/pedidos/{terminado.id}",
        f"/pedidos/{terminado.id}/otra-vez",
        f"/compras-hechas/{pedido.compra_id}",
        "/mis-favoritos",
        "/mis-direcciones",
        f"/vendedores/{mercado.unidad.id}/reputacion",
    )
    venta = (
        "/vender",
        f"/vender/productos{unidad}",
        f"/vender/productos/{chompa.id}",
        f"/vender/pedidos{unidad}",
        f"/vender/pedidos/{pedido.id}",
        f"/vender/preparar{unidad}",
        f"/vender/precios{unidad}",
        f"/vender/promociones{unidad}",
        f"/vender/entregas{unidad}",
        f"/vender/lugares{unidad}",
        f"/vender/preguntas{unidad}",
        f"/vender/ofertas-sostenidas{unidad}",
    )
    chicos = {}
    for persona, rutas in ((mercado.comprador, compra), (mercado.vendedor, venta)):
        ir = como(persona)
        for ruta in rutas:
            pagina = ir(ruta)
            assert pagina.title(), ruta
            if hallados := blancos_chicos(pagina):
                chicos[ruta] = hallados
            pagina.errores.clear()
    assert chicos == {}
