"""A real browser on the whole platform: three joint representatives pay a batch, two of the three signing."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.ayudas.navegador import mirar
from tests.ayudas.viva import PlataformaViva
from tests.jornadas.test_navegador import dice, entrar, pulsar

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
NuevaPagina = Callable[..., Any]
ARCHIVO = "documento;nombre;monto;glosa\n9000012-2B;Luis Prueba (demostración);35,50;Flete de la sal\n"


def test_dos_de_tres_pagan_una_planilla(plataforma_viva: PlataformaViva, nueva_pagina: NuevaPagina) -> None:
    viva = plataforma_viva

    def ingresar(nombre: str) -> Any:
        return entrar(nueva_pagina(ancho=360, javascript=False), viva, nombre)

    teodora = ingresar("Teodora")
    teodora.goto(f"{viva.url}/billetera/planillas/nueva")
    paga = teodora.locator("select[name=unidad]")
    salinera = next(t for t in paga.locator("option").all_inner_texts() if "Salinera" in t)
    paga.select_option(label=salinera)
    teodora.get_by_label("Nombre de la planilla").fill("Fletes de la semana")
    teodora.get_by_label("Archivo CSV").set_input_files(
        {"name": "fletes.csv", "mimeType": "text/csv", "buffer": ARCHIVO.encode()}
    )
    pulsar(teodora, "Subir y revisar")
    pulsar(teodora, "Firmar y presentar")
    dice(teodora, r"1 de 2 firmas, hasta el")
    mirar(teodora, "planilla-firmada")
    planilla = teodora.url

    mario = ingresar("Mario")
    mario.goto(f"{viva.url}/panel")
    pulsar(mario, "Por firmar")
    mirar(mario, "por-firmar")
    mario.locator("main table tr", has_text="35,50").get_by_role("link").first.click()
    dice(mario, r"Fletes de la semana[\s\S]*Teodora[\s\S]*1 de 2 firmas[\s\S]*Celia[\s\S]*No firmó todavía")
    mirar(mario, "acto")
    pulsar(mario, "^Firmar$")
    dice(mario, "2 de 2 firmas")
    mirar(mario, "acto-hecho")

    celia = ingresar("Celia")
    celia.goto(planilla)
    dice(celia, r"Pagada[\s\S]*1 de 1 líneas, por Bs\s35,50")
    celia.goto(f"{viva.url}/por-firmar")
    assert "35,50" not in celia.locator("main table").first.inner_text()

    # One who signs with others signs nothing alone: the batch that Celia presented can be refused by one.
    teodora.goto(f"{viva.url}/por-firmar")
    teodora.locator("main table tr", has_text="1.050,00").get_by_role("link").first.click()
    teodora.get_by_label("¿Por qué lo rechaza?").fill("Falta el aporte de la feria")
    pulsar(teodora, "^Rechazar$")
    dice(teodora, r"Los que usted propuso o firmó")
    assert "1.050,00" not in teodora.locator("main").inner_text()
    mirar(teodora, "rechazado")
