"""A title of one word that never ends: nothing is wider than a telephone, wherever it is read."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.ayudas.navegador import mirar, pulsar
from tests.comercio.conftest import Mercado

pytestmark = pytest.mark.navegador
LARGO = "Super" + "poncho" * 18


def test_un_titulo_sin_espacios_cabe(mercado: Mercado, como: Callable[..., Any]) -> None:
    producto = mercado.publicar(LARGO, precio="999999.99", existencia=1)
    mercado.pedido((mercado.publicar(LARGO, existencia=1), 1))
    compra, vende = como(mercado.comprador), como(mercado.vendedor)
    pagina = compra(f"/productos/{producto.id}")
    mirar(pagina, "largo-producto")
    pagina.get_by_label("Cantidad").fill("9")
    pulsar(pagina.get_by_role("button", name="Agregar al carrito"))
    mirar(pagina, "largo-error")
    pagina.get_by_label("Cantidad").fill("1")
    pulsar(pagina.get_by_role("button", name="Agregar al carrito"))
    mirar(pagina, "largo-carrito")
    for ruta in ("/tienda", "/comprar", "/pedidos", f"/productos/{producto.id}/denunciar"):
        mirar(compra(ruta), "largo" + ruta.replace("/", "-"))
    for ruta in (
        "",
        "/productos",
        f"/productos/{producto.id}",
        "/existencias",
        "/preparar",
        "/promociones",
        "/ventas",
    ):
        mirar(vende(f"/vender{ruta}"), "largo-vender" + ruta.replace("/", "-"))
    mirar(vende("/vender/precios?como=subir_porcentaje&cuanto=5"), "largo-precios")
