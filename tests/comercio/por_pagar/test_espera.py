"""What waits for a payment, or for a bank, on a telephone: nobody loses their place, all can be touched."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.ayudas.navegador import blancos_chicos, faltas_de_axe, mirar
from tests.comercio.por_pagar.conftest import Caja
from tests.comercio.por_pagar.test_banco import _comprar, _reclamar
from tests.comercio.por_pagar.test_qr import Tia
from tests.comercio.por_pagar.test_qr import tia as tia

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
# What is pressed by itself is at least 44 px high; a link within a line of text, 24 (`test_blancos`).
_BAJOS = """[...document.querySelectorAll("main :is(button, .boton, .campo__control, summary, .opcion)")]
    .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 44)
    .map((e) => e.textContent.trim())"""


def test_se_toca_y_se_lee(caja: Caja, tia: Tia, como: Callable[..., Any]) -> None:
    chompa = caja.mercado.publicar("Chompa", precio="50.00", existencia=10)
    compra_id, (pedido,) = _comprar(caja, (chompa, 2))
    _reclamar(caja, compra_id)
    otro = caja.mercado.pedido((chompa, 2))
    por_pagar, codigo = caja.comprar_con_qr((chompa, 1))
    compra = (
        f"/pedidos/{pedido.id}/banco",
        f"/pedidos/{otro.id}/acuerdos",
        f"/compras-por-pagar/{por_pagar}",
    )
    vende = (f"/pedidos/{pedido.id}/banco", f"/pedidos/{otro.id}/acuerdos")
    chicos = {}
    for persona, rutas in (
        (caja.mercado.comprador, compra),
        (caja.mercado.vendedor, vende),
        (tia.persona, (f"/pagar-compra/{codigo}",)),
    ):
        ir = como(persona, javascript=True)
        for ruta in rutas:
            pagina = ir(ruta)
            mirar(pagina, f"espera-{ruta.split('/')[-1][:8]}-{ruta.split('/')[1]}")
            assert faltas_de_axe(pagina) == [], ruta
            assert len(pagina.content()) < 60_000, ruta
            if hallados := blancos_chicos(pagina) + pagina.evaluate(_BAJOS):
                chicos[ruta] = hallados
    assert chicos == {}


def test_quien_espera_no_pierde_su_lugar(caja: Caja, tia: Tia, como: Callable[..., Any]) -> None:
    """The page looks again by itself and stays as it is until there is something new to say."""
    compra_id, codigo = caja.comprar_con_qr((caja.mercado.publicar("Chompa", precio="50.00"), 1))
    pagina = como(caja.mercado.comprador, javascript=True)(f"/compras-por-pagar/{compra_id}")
    dejar = pagina.get_by_role("button", name="Dejar la compra")
    dejar.focus()
    for _vez in range(2):
        with pagina.expect_response(lambda r: f"/compras-por-pagar/{compra_id}" in r.url):
            pass
    assert dejar.evaluate("e => e === document.activeElement") is True
    tia.paga(codigo, "50.00")
    pagina.wait_for_url(f"**/compras-hechas/{compra_id}")
    sin = como(caja.mercado.comprador)(f"/compras-hechas/{compra_id}")
    assert sin.get_by_role("heading", level=1).inner_text() == "Compra hecha"


def test_quien_paga_sabe_de_donde_y_donde_verlo(
    caja: Caja, tia: Tia, como: Callable[..., Any], crear_persona: Callable[..., Any]
) -> None:
    """From which account, with what it has; then where it was noted. Who has not enough has no button."""
    _compra, codigo = caja.comprar_con_qr((caja.mercado.publicar("Chompa", precio="50.00"), 1))
    aqui = f"/pagar-compra/{codigo}"
    pobre = como(crear_persona("Beto"))(aqui)
    assert "Su saldo no alcanza" in pobre.locator("main").inner_text()
    assert pobre.get_by_role("button", name="Pagar Bs").count() == 0
    suya = como(tia.persona)(aqui)
    dice = suya.locator("main").inner_text().replace("\u00a0", " ")
    assert "Mi billetera" in dice
    assert "Bs 150,00" in dice
    suya.get_by_role("button", name="Pagar Bs").click()
    suya.get_by_text("desde una cuenta suya").wait_for()
    suya.get_by_role("link", name="Ver los movimientos").click()
    suya.wait_for_url("**/billetera/movimientos?cuenta=*")
    assert "50,00" in suya.locator("main").inner_text()
