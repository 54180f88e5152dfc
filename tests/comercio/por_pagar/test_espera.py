"""What waits for a payment, on a telephone: nobody loses their place, and who pays sees from where."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.comercio.por_pagar.conftest import Caja
from tests.comercio.por_pagar.test_qr import Tia
from tests.comercio.por_pagar.test_qr import tia as tia

pytestmark = [pytest.mark.lento, pytest.mark.navegador]


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
