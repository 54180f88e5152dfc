"""Buy again: what an order that ended had goes to the cart as far as there is; the rest is said."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from comercio.carrito import Titular, agregar, ver_carrito
from comercio.pedidos import cumplir
from comercio.pedidos.otra_vez import comprar_otra_vez
from comercio.promociones.crear import mover_promocion
from comercio.promociones.estados import EstadoPromocion
from nucleo.bd import transaccion
from nucleo.vidas import TransicionInvalida
from tests.comercio.conftest import Mercado
from tests.comercio.promociones.conftest import promo

__all__ = ["promo"]


def _en_el_carrito(mercado: Mercado) -> dict[str, Decimal]:
    with transaccion() as sesion:
        vista = ver_carrito(sesion, Titular(persona_id=mercado.comprador.id))
        return {x.producto.titulo: x.cantidad for x in vista.lineas}


def test_lo_que_hay_va_al_carrito_y_se_dice_lo_que_no(
    mercado: Mercado, sesion_web: Callable[..., Any]
) -> None:
    chompa = mercado.publicar("Chompa", precio="10.00", existencia=5)
    manta = mercado.publicar("Manta", precio="20.00", existencia=4)
    gorro = mercado.publicar("Gorro", precio="5.00", existencia=1)
    pedido = mercado.pedido((chompa, 2), (manta, 4), (gorro, 1))
    ana = sesion_web(mercado.comprador)
    direccion = f"/pedidos/{pedido.id}/otra-vez"
    assert direccion not in ana.get(f"/pedidos/{pedido.id}").text
    with pytest.raises(TransicionInvalida), transaccion() as sesion:
        comprar_otra_vez(sesion, mercado.actor, pedido.id)
    assert ana.get(direccion).status_code == 409
    assert _en_el_carrito(mercado) == {}

    with transaccion() as sesion:
        cumplir.cancelar(sesion, mercado.actor, pedido.id, "Ya no")
    mercado.comprar((manta, 1), (gorro, 1))
    mercado.poner_en(chompa, "pausado")
    assert direccion in ana.get(f"/pedidos/{pedido.id}").text
    pagina = ana.get(direccion).text
    assert "«Chompa» ya no está a la venta." in pagina
    assert "Solo quedan 3 de «Manta»." in pagina
    assert "«Gorro» está agotado." in pagina
    assert _en_el_carrito(mercado) == {}
    assert ana.post(direccion).headers["location"] == "/carrito"
    assert "Está en su carrito, menos lo que ya no hay." in ana.get("/carrito").text
    assert _en_el_carrito(mercado) == {"Manta": Decimal(3)}

    mercado.poner_en(chompa, "publicado")
    with transaccion() as sesion:
        agregar(sesion, Titular(persona_id=mercado.comprador.id), mercado.variante(chompa), 3)
    hecho = ana.post(f"/api/v1/pedidos/{pedido.id}/carrito").json()["lineas"]
    assert {(x["titulo"], x["comprada"], x["cantidad"], x["por_que"]) for x in hecho} == {
        ("Chompa", "2", "2", ""),
        ("Manta", "4", "3", "Solo quedan 3 de «Manta»."),
        ("Gorro", "1", "0", "«Gorro» está agotado."),
    }
    # Once is as good as twice, and what was there already is not taken out.
    assert _en_el_carrito(mercado) == {"Manta": Decimal(3), "Chompa": Decimal(3)}


def test_se_compara_lo_que_se_paga(
    mercado: Mercado, sesion_web: Callable[..., Any], promo: Callable[..., Any]
) -> None:
    """What is paid today beside what was paid, not one list price beside another."""
    chompa = mercado.publicar("Chompa", precio="10.00", existencia=50)
    gorro = mercado.publicar("Gorro", precio="5.00", existencia=50)
    feria = promo(cuanto="20", alcance="elegidos", variantes=[mercado.variante(chompa)])
    pedido = mercado.pedido((chompa, 2), (gorro, 1))
    with transaccion() as sesion:
        cumplir.cancelar(sesion, mercado.actor, pedido.id, "Ya no")
    ana = sesion_web(mercado.comprador)
    direccion = f"/pedidos/{pedido.id}/otra-vez"
    assert "Cuando lo compró" not in ana.get(direccion).text  # the same promotion: the same price

    with transaccion() as sesion:
        mover_promocion(sesion, mercado.actor_vendedor, feria.id, EstadoPromocion.PAUSADA)
    pagina = ana.get(direccion).text
    assert pagina.count("Cuando lo compró pagó Bs\xa08,00 por cada uno.") == 1
    assert pagina.count("Cuando lo compró") == 1  # of the other thing nothing changed
