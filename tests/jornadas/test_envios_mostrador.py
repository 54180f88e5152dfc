"""A counter in Potosí admits a walk-in and an announced parcel, from a telephone without JavaScript."""

import re
from typing import Any

import pytest

from tests.ayudas.viva import PlataformaViva
from tests.jornadas.test_navegador import NuevaPagina, dice, entrar, pulsar

pytestmark = [pytest.mark.lento, pytest.mark.navegador]


def test_un_mostrador_en_potosi_recibe_lo_anunciado_y_lo_que_no(
    plataforma_viva: PlataformaViva, nueva_pagina: NuevaPagina
) -> None:
    ana = nueva_pagina(ancho=360, javascript=False)
    entrar(ana, plataforma_viva, "Ana")
    ana.goto(
        f"{plataforma_viva.url}/cuanto-cuesta-enviar?origen=050101&destino=051201&peso_kg=1,2",
        wait_until="load",
    )
    ana.locator("main").get_by_role("link", name=re.compile("Encomienda ordinaria")).first.click()
    dice(ana, "Anunciar un envío")
    ana.get_by_label("Quién recibe").fill("Luis Prueba")
    dice(ana, "Se retira en una agencia de Uyuni")
    ana.get_by_label("Qué contiene").fill("Un aguayo")
    pulsar(ana, "Anunciar el envío")
    dice(ana, "anunciado")
    numero = ana.url.rsplit("/", 1)[1]

    carla = nueva_pagina(ancho=360, javascript=False)
    entrar(carla, plataforma_viva, "Carla")
    _al_mostrador(carla, plataforma_viva)
    carla.get_by_label("¿Qué trae o qué retira el cliente?").fill(numero)
    pulsar(carla, "Buscar")
    pulsar(carla, "Pesar y recibir")
    carla.get_by_label("Peso en la balanza").fill("1,1")
    pulsar(carla, "Ver cuánto cuesta")
    dice(carla, "Cobre en efectivo")
    pulsar(carla, "Cobrado en efectivo: recibir")
    dice(carla, "Constancia de admisión")
    dice(carla, "Potosí centro")

    _al_mostrador(carla, plataforma_viva)
    pulsar(carla, "No lo anunció")
    carla.get_by_label("¿A dónde va?").select_option("051201")
    carla.get_by_label("Peso").fill("2,3")
    pulsar(carla, "Ver cuánto cuesta")
    pulsar(carla, "Enviar con Encomienda ordinaria")
    carla.get_by_label("Quién envía").fill("Luis Prueba")
    carla.get_by_label("Quién recibe").fill("Ana Prueba")
    carla.get_by_label("Qué contiene").fill("Repuestos")
    pulsar(carla, "Recibir el paquete")
    dice(carla, "Código de entrega")

    nadie = nueva_pagina(ancho=1280, javascript=True)
    nadie.goto(f"{plataforma_viva.url}/seguimiento/{numero}/admision")
    dice(nadie, "Constancia verdadera")
    dice(nadie, "1,1.kg")
    assert "Luis" not in nadie.locator("main").inner_text()


def _al_mostrador(pagina: Any, viva: PlataformaViva) -> None:
    """Who administers attends any agency: the one in Potosí."""
    pagina.goto(f"{viva.url}/envios/mostrador", wait_until="load")
    pagina.locator("main").get_by_role("link", name=re.compile("Potosí centro")).first.click()
    dice(pagina, "Mostrador en Potosí")
