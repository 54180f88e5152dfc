"""A fee from the counter to the receipt: paid by code, by a photo of its QR and by card; part is given back.
Seen by who paid, by who charges, and by a visitor who verifies."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from nucleo.ids import id_demo
from tests.ayudas.viva import PlataformaViva
from tests.jornadas.ayudas import Cliente
from tests.jornadas.test_navegador import dice, entrar, pulsar

pytestmark = [pytest.mark.lento, pytest.mark.navegador]


def emitir(entidad: Cliente) -> Any:
    """A fixed fee of the demonstration municipality, for whoever has its code."""
    return entidad.enviar(
        "/ordenes-de-cobro", {"unidad_id": str(id_demo("unidad:alcaldia")), "concepto": "CERT-RES"}
    )


def seguir_y_pagar(pagina: Any) -> None:
    pulsar(pagina, "Continuar")
    dice(pagina, r"Confirme el pago[\s\S]*20,00")
    pulsar(pagina, "^Pagar Bs")
    dice(pagina, "Bs\xa020,00")


def test_pagar_una_tasa_por_codigo_por_qr_y_con_tarjeta_y_devolver_una_parte(
    plataforma_viva: PlataformaViva, nueva_pagina: Callable[..., Any]
) -> None:
    url = plataforma_viva.url
    entidad = Cliente(plataforma_viva, "alcaldia")
    por_codigo, por_qr, con_tarjeta = (emitir(entidad) for _ in range(3))

    ana = entrar(nueva_pagina(ancho=360, javascript=False), plataforma_viva, "Ana")
    ana.goto(f"{url}/pagar")
    ana.get_by_label("Código de pago").fill(por_codigo["cpt"])
    pulsar(ana, "Ver qué se paga")
    dice(ana, r"Certificado de residencia[\s\S]*Falta pagar[\s\S]*20,00")
    seguir_y_pagar(ana)
    pulsar(ana, "Página de verificación")
    verificacion = ana.url

    mostrador = nueva_pagina()
    mostrador.goto(por_qr["url_pago"])
    foto = mostrador.locator("svg.cobros-qr").screenshot()
    ana.goto(f"{url}/pagar/qr")
    ana.get_by_label("Foto del código QR").set_input_files(
        {"name": "foto.png", "mimeType": "image/png", "buffer": foto}
    )
    pulsar(ana, "Ver qué se paga")
    assert ana.url == por_qr["url_pago"]
    seguir_y_pagar(ana)

    luis = entrar(nueva_pagina(ancho=360), plataforma_viva, "Luis")
    luis.goto(con_tarjeta["url_pago"])
    pulsar(luis, "Pagar con tarjeta")
    luis.get_by_label(re.compile("Paga bien$")).check()
    pulsar(luis, "^Pagar")
    dice(luis, "Pago realizado")
    pulsar(luis, "Ver el comprobante")
    dice(luis, "Bs\xa020,00")

    alberto = entrar(nueva_pagina(), plataforma_viva, "Alberto")
    for orden, medio in ((por_codigo, "Billetera"), (por_qr, "Billetera"), (con_tarjeta, "Tarjeta")):
        alberto.goto(f"{url}/cobros/ordenes/{orden['id']}")
        dice(alberto, rf"Pagada[\s\S]*{medio}")
    alberto.goto(f"{url}/cobros/ordenes/{por_codigo['id']}")
    pulsar(alberto, "^Devolver")
    alberto.get_by_label("Monto a devolver").fill("5,50")
    alberto.get_by_label("Motivo").fill("Cobro en exceso")
    pulsar(alberto, "^Devolver$")
    alberto.goto(f"{url}/cobros/ordenes/{por_codigo['id']}")
    dice(alberto, r"devuelto Bs\s5,50")

    visitante = nueva_pagina(ancho=360)
    visitante.goto(verificacion)
    dice(visitante, r"auténtico[\s\S]*20,00")
    dice(visitante, r"devolv|devuelt")
    assert "Ana Prueba" not in visitante.content()
    ana.goto(f"{url}/billetera")
    assert re.search(r"5,50", ana.locator("main").inner_text())
