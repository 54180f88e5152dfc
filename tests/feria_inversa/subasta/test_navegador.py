"""A live auction in four browsers: by keyboard, without JavaScript, with a cut network, who only watches."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, col, select

from feria_inversa.subasta.modelos import Puja
from tests.ayudas.navegador import pulsar
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.subasta.ayudas import en_subasta, terminar, totales

pytestmark = [pytest.mark.lento, pytest.mark.navegador]

OIDAS = """
window.oidas = [];
window.EventSource = class extends EventSource {
    constructor(...partes) {
        super(...partes);
        this.addEventListener("puja", (e) => oidas.push([JSON.parse(e.data).total.monto, e.lastEventId]));
    }
    close() {}
};"""
"""What the page's own stream told it, in order; also after the page has said its news and listens no more."""


def test_cuatro_navegadores_y_a_uno_se_le_corta_la_red(
    feria: Feria,
    reloj: Any,
    sesion: Session,
    como: Callable[..., Any],
    nueva_pagina: Callable[..., Any],
    sitio: str,
) -> None:
    nombres = {"Ana", "Beto", "Carla"}
    carla = feria.crear_parte("Cooperativa Carla")
    ofertas = [(parte, ["590.00", "1900.00"]) for parte in (feria.ana, feria.beto, carla)]
    id_ = en_subasta(feria, reloj, ofertas)
    sala = f"/feria/{id_}/subasta"
    con_teclado = como(feria.ana.persona, javascript=True)(sala)
    ir_sin_javascript = como(carla.persona)
    ir_sin_red = como(feria.beto.persona, javascript=True)
    publico = nueva_pagina(360, service_workers="block")
    publico.goto(f"{sitio}{sala}")
    cortada = ir_sin_red("/feria")
    cortada.add_init_script(OIDAS)
    ir_sin_red(sala)

    def escribir(pagina: Any, total: str) -> Any:
        pagina.locator("main").get_by_label("Su nuevo total").fill(total)
        return pagina.locator("main").get_by_role("button", name="Pujar")

    def de_beto() -> list[str]:
        sesion.rollback()
        suyas = select(Puja).where(Puja.hecha_por == feria.beto.actor.nombre, Puja.numero > 0)
        return [f"{puja.monto.amount:.2f}" for puja in sesion.exec(suyas.order_by(col(Puja.id)))]

    con_teclado.locator("main").get_by_label("Su nuevo total").focus()
    con_teclado.keyboard.type("58000")
    with con_teclado.expect_navigation():
        con_teclado.keyboard.press("Enter")
    cortada.wait_for_function("() => oidas.length === 1")

    # What is sent while the network is cut is told to be not sent, and stays where it was typed.
    cortada.context.set_offline(True)
    boton = escribir(cortada, "57000")
    boton.click()
    cortada.get_by_text("No hay conexión: no se envió nada.").wait_for()
    pagina = ir_sin_javascript(sala)
    pulsar(escribir(pagina, "57.500,00"))
    pulsar(escribir(con_teclado, "56000"))
    assert de_beto() == []
    cortada.context.set_offline(False)
    cortada.wait_for_function("() => oidas.length === 3")
    cortada.get_by_text("Hay novedades").wait_for()
    assert [total for total, _marca in cortada.evaluate("oidas")] == ["58000.00", "57500.00", "56000.00"]
    pulsar(boton)
    cortada.get_by_text("Quedó registrada su puja de Bs").wait_for()
    assert de_beto() == ["57000.00"]

    # Of one that was taken and its answer lost, the page says that it stands, and it is not taken again.
    def se_pierde(ruta: Any) -> None:
        if ruta.request.method == "POST":
            ruta.fetch(max_redirects=0)
            ruta.abort("internetdisconnected")
        else:
            ruta.continue_()

    cortada.route(f"**{sala}*", se_pierde)
    escribir(cortada, "55000").click()
    cortada.wait_for_url("chrome-error://**")
    cortada.unroute_all()
    ir_sin_red(sala)
    assert "55.000,00" in cortada.locator("main").inner_text()
    assert de_beto() == ["57000.00", "55000.00"]

    # The end and the winner are the same for all, and nobody knew before.
    todas = [con_teclado, pagina, cortada, publico]
    publico.get_by_text("55.000,00").first.wait_for()
    ir_sin_javascript(sala)
    for vista in (pagina, publico):
        assert not nombres & set(vista.locator("main").inner_text().split())
    terminar(reloj, id_)
    publico.get_by_text("El acta de la subasta").wait_for()
    con_teclado.get_by_text("Hay novedades").wait_for()
    for vista in todas[:3]:
        pulsar(vista.get_by_role("link", name="Actualizar"))
    (final,) = {vista.locator("main table").inner_text() for vista in todas}
    assert totales(id_) == ["55000.00", "56000.00", "57500.00"]
    assert [nombre for nombre in final.split() if nombre in {"Ana", "Beto", "Carla"}] == [
        "Beto",
        "Ana",
        "Carla",
    ]
    # The browser itself notes in its console what the cut took from it.
    assert [error for error in cortada.errores if "net::ERR_" not in error] == []
    cortada.errores.clear()
