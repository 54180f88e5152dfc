"""A hand-over between two operators, on a telephone without JavaScript, with a reader that ends in enter."""

from collections.abc import Callable
from typing import Any

import pytest

from nucleo.ids import id_demo
from tests.ayudas import navegador
from tests.ayudas.viva import PlataformaViva
from tests.jornadas.ayudas import Cliente
from tests.jornadas.test_navegador import dice, entrar, pulsar

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
NuevaPagina = Callable[..., Any]


def leer(pagina: Any, numero: str) -> None:
    """What a reader does: the number and an enter, wherever the page itself puts the focus."""
    pagina.locator("input:focus").wait_for()  # autofocus may come after the load
    pagina.keyboard.type(numero)
    with pagina.expect_navigation():
        pagina.keyboard.press("Enter")


def test_un_traspaso_entre_los_dos_operadores(
    plataforma_viva: PlataformaViva, nueva_pagina: NuevaPagina
) -> None:
    viva = plataforma_viva
    teodora, carla = Cliente(viva, "tejidos"), Cliente(viva, "correos")
    correos = str(id_demo("unidad:correos"))
    envio = teodora.enviar(
        "/envios",
        {
            "remitente_unidad_id": teodora.unidad(),
            "operador_unidad_id": correos,
            "destinatario_nombre": "Luis Prueba",
            "destinatario_telefono": "70012345",
            "destino_municipio_ine": "071001",
            "destino_referencia": "Frente al mercado de Montero",
            "peso_g": 700,
            "contenido": "Dos chompas",
        },
    )
    carla.enviar(f"/envios/{envio['id']}/eventos", {"codigo": "EMA"})
    p = entrar(nueva_pagina(ancho=360, javascript=False), viva, "Carla")
    p.goto(f"{viva.url}/envios/operador/despachos?agencia={id_demo('agencia:LP-01')}")
    p.locator("summary", has_text="Preparar un despacho").click()
    nuevo = p.locator("details", has_text="Preparar un despacho")
    nuevo.get_by_label("A qué agencia va").select_option(str(id_demo("agencia:ORI-CBB")))
    nuevo.get_by_label("Vehículo").fill("Camión 2410-KLT")
    nuevo.get_by_label("Quién lo lleva").fill("Flota del Valle")
    navegador.pulsar(nuevo.get_by_role("button", name="Preparar"))
    despacho = p.url
    leer(p, "RR000000005BO")
    dice(p, "No existe ese envío")
    p.errores.clear()  # the browser notes the 422 itself
    leer(p, envio["numero"])
    dice(p, envio["numero"])
    pulsar(p, "Sale el despacho")
    dice(p, "entrega estos envíos a")

    p.goto(f"{viva.url}/envios/operador/despachos?agencia={id_demo('agencia:ORI-CBB')}")
    dice(p, "Vienen para acá")
    p.goto(despacho)
    leer(p, envio["numero"])
    dice(p, r"Llegaron 1\.")
    pulsar(p, "Cerrar la recepción")
    dice(p, "Recibido el")
    eventos = carla.leer(f"/envios/{envio['id']}/eventos")["datos"]
    assert [(e["codigo"], e["cuenta"]) for e in eventos] == [("EMA", True), ("QHTE", True), ("QHTR", True)]
    p.goto(f"{viva.url}/seguimiento/{envio['numero']}")
    dice(p, "Otro operador lo recibió")
