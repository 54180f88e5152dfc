"""Each kind of user in a real browser: on a small screen without JavaScript, and on a wide one."""

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from nucleo.ids import id_demo
from nucleo.reloj import ZONA
from tests.ayudas import navegador
from tests.ayudas.viva import PlataformaViva
from tests.jornadas.ayudas import adelantar_reloj

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
NuevaPagina = Callable[..., Any]


def entrar(pagina: Any, viva: PlataformaViva, nombre: str) -> Any:
    return navegador.ingresar(pagina, viva.url, f"{nombre} Prueba")


def pulsar(pagina: Any, texto: str) -> None:
    """Press the button or link that says so, and wait for the next page."""
    patron = re.compile(texto)
    boton = pagina.locator("main").get_by_role("button", name=patron)
    enlace = pagina.locator("main").get_by_role("link", name=patron)
    navegador.pulsar((boton if boton.count() else enlace).first)


def dice(pagina: Any, texto: str) -> None:
    visto = pagina.locator("main").inner_text()
    assert re.search(texto, visto, re.IGNORECASE), f"{pagina.url} no dice «{texto}»:\n{visto[:2000]}"
    ancho = pagina.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert ancho <= 0, f"{pagina.url} se desborda {ancho} px"


def recargar_hasta(pagina: Any, texto: str) -> None:
    """What events do takes a moment: look again until the page says so."""
    for _ in range(60):
        pagina.reload()
        if re.search(texto, pagina.locator("main").inner_text(), re.IGNORECASE):
            return
        pagina.wait_for_timeout(500)
    dice(pagina, texto)


def una_foto() -> bytes:
    salida = io.BytesIO()
    Image.new("RGB", (800, 600), (160, 30, 90)).save(salida, "JPEG")
    return salida.getvalue()


def test_registrar_una_unidad_desde_un_telefono_sin_javascript(
    plataforma_viva: PlataformaViva, nueva_pagina: NuevaPagina
) -> None:
    nombre = f"Panadería de prueba {uuid4().hex[:6]} (demostración)"
    p = entrar(nueva_pagina(ancho=360, javascript=False), plataforma_viva, "Luis")
    p.goto(f"{plataforma_viva.url}/mis-unidades/nueva")
    p.get_by_label("Persona natural").check()
    p.get_by_label("Nombre de la unidad").fill(nombre)
    pulsar(p, "Guardar y continuar")
    if "/parecidas" in p.url:
        pulsar(p, "Ninguna es|continuar")
    p.locator("main input[type=radio]").first.check()
    pulsar(p, "Guardar y continuar")
    p.get_by_label("¿Qué hace la unidad?").fill("panadería")
    pulsar(p, "Buscar actividad")
    pulsar(p, "Es la principal")
    pulsar(p, "Continuar")
    p.get_by_label("Municipio").select_option("020101")
    p.get_by_label("¿Cómo se llega?").fill("Zona Villa Fátima, frente al mercado")
    pulsar(p, "Guardar y continuar")
    p.get_by_label("Teléfono").fill("70123456")
    pulsar(p, "Guardar y continuar")
    pulsar(p, "Guardar y continuar")  # identifiers are optional
    dice(p, re.escape(nombre))
    p.get_by_label("Declaro que estos datos son verdaderos").check()
    pulsar(p, "Presentar al registro")
    dice(p, "presentada|en revisión")

    r = entrar(nueva_pagina(), plataforma_viva, "Rosa")
    r.goto(f"{plataforma_viva.url}/regulador/unidades")
    pulsar(r, re.escape(nombre))
    pulsar(r, "Inscribir")
    p.goto(f"{plataforma_viva.url}/mis-unidades")
    dice(p, rf"{re.escape(nombre)}[\s\S]*inscrita")


def test_publicar_comprar_despachar_entregar_y_cobrar(
    plataforma_viva: PlataformaViva, nueva_pagina: NuevaPagina
) -> None:
    titulo = f"Chal de alpaca de prueba {uuid4().hex[:6]}"
    vende = entrar(nueva_pagina(), plataforma_viva, "Teodora")
    vende.goto(f"{plataforma_viva.url}/vender")
    pulsar(vende, "Publicar un producto")
    vende.get_by_label("Título").fill(titulo)
    vende.get_by_label("Descripción").fill("Tejido a mano en telar, 180 por 60 centímetros.")
    vende.get_by_label("Categoría").select_option(index=3)
    vende.get_by_label("Precio").fill("240,00")
    vende.get_by_label("¿Cuánto tiene?").fill("2")
    vende.get_by_label("Peso con empaque").fill("350")
    vende.get_by_label("Foto").set_input_files(
        {"name": "chal.jpg", "mimeType": "image/jpeg", "buffer": una_foto()}
    )
    pulsar(vende, "^Publicar$")
    dice(vende, titulo)

    compra = nueva_pagina(ancho=360, javascript=False)
    compra.goto(f"{plataforma_viva.url}/tienda?q={titulo.rsplit(' ', 1)[-1]}")
    pulsar(compra, titulo)
    pulsar(compra, "Agregar al carrito")
    entrar(compra, plataforma_viva, "Ana")
    compra.goto(f"{plataforma_viva.url}/carrito")
    dice(compra, rf"{titulo}[\s\S]*240,00")
    pulsar(compra, "Continuar con la compra")
    compra.get_by_label("Nombre de quien recibe").fill("Ana Prueba")
    compra.get_by_label("Teléfono", exact=True).fill("70100001")
    compra.get_by_label(re.compile("Municipio|Ciudad|Lugar")).first.select_option("030101")
    compra.get_by_label("Cómo llegar").fill("Avenida Heroínas, portón rojo junto a la farmacia")
    pulsar(compra, "^Pagar")
    dice(compra, "pagad|custodia")
    compra.goto(f"{plataforma_viva.url}/pedidos")
    navegador.pulsar(compra.locator("main a[href^='/pedidos/']").first)
    pedido = compra.url

    vende.goto(pedido.replace("/pedidos/", "/vender/pedidos/"))
    pulsar(vende, "Anunciar al correo")
    dice(vende, "falta que lo reciba el correo")
    numero = re.search(r"[A-Z]{2} ?\d{3} ?\d{3} ?\d{3} ?BO", vende.locator("main").inner_text())
    assert numero is not None
    numero_plano = numero[0].replace(" ", "")

    lleva = entrar(nueva_pagina(ancho=360), plataforma_viva, "Carla")
    for evento in ("EMA", "EMG", "EDG"):
        lleva.goto(f"{plataforma_viva.url}/envios/operador/escanear")
        lleva.get_by_label("Qué pasó").select_option(evento)
        lleva.get_by_label("Número de envío").fill(numero_plano)
        pulsar(lleva, "^Registrar")
    compra.goto(f"{plataforma_viva.url}/seguimiento/{numero_plano}")
    codigo = re.sub(r"\D", "", compra.locator(".envios-codigo__digitos").inner_text())
    assert len(codigo) == 7
    lleva.goto(f"{plataforma_viva.url}/envios/operador?ver=en_reparto")
    while not lleva.get_by_role("link", name=re.compile(f"Entregar.*{numero_plano}")).count():
        pulsar(lleva, "^Ver más")  # other journeys have parcels there, older ones
    pulsar(lleva, f"Entregar.*{numero_plano}")
    lleva.get_by_label("Código de entrega").fill(codigo)
    pulsar(lleva, "Confirmar la entrega")

    compra.goto(pedido)
    recargar_hasta(compra, "Lo recibió")
    compra.locator("summary", has_text="Está bien: pagar ahora").click()
    pulsar(compra, "Sí, está conforme")
    recargar_hasta(compra, "Pedido concluido")
    vende.goto(f"{plataforma_viva.url}/billetera")
    pulsar(vende, "Cooperativa de Tejidos Illimani")
    dice(vende, r"\+ Bs\s232,80")
    anonima = nueva_pagina(ancho=360)
    anonima.goto(f"{plataforma_viva.url}/seguimiento/{numero_plano}")
    dice(anonima, "entregado")
    assert "Ana" not in anonima.locator("main").inner_text()


@pytest.mark.al_final(1)  # the clock goes 13 days ahead
def test_publicar_una_necesidad_recibir_dos_ofertas_y_adjudicar(
    plataforma_viva: PlataformaViva, nueva_pagina: NuevaPagina
) -> None:
    titulo = f"Pupitres de prueba {uuid4().hex[:6]}"
    compra = entrar(nueva_pagina(), plataforma_viva, "Alberto")
    compra.goto(f"{plataforma_viva.url}/compras/nueva")
    compra.get_by_label("Qué se necesita, en una línea").fill(titulo)
    compra.get_by_label("Bienes").check()
    compra.get_by_label("Municipio de entrega").select_option("020101")
    compra.get_by_label("Plazo máximo de entrega, en días").fill("20")
    pulsar(compra, "Guardar y seguir con los ítems")
    compra.get_by_label("Descripción").fill("Pupitre unipersonal de madera con parrilla")
    compra.get_by_label("Cantidad").fill("40")
    compra.get_by_label("Unidad de medida").select_option("pieza")
    compra.get_by_label("Precio referencial por unidad").fill("320,00")
    pulsar(compra, "Añadir el ítem")
    pulsar(compra, "Revisar y publicar")
    compra.get_by_label("Compra de práctica").check()  # it may close on any day of the week
    vence = datetime.now(ZONA) + timedelta(days=12)
    compra.get_by_label("Las ofertas se reciben hasta").fill(vence.strftime("%Y-%m-%dT%H:%M"))
    pulsar(compra, "^Publicar")
    gestion = compra.url
    necesidad = gestion.replace("/compras/", "/feria/")
    pulsar(compra, "Fijar los días del proceso")
    pulsar(compra, "^Fijar los días")
    dice(compra, "Cronograma")

    for nombre, unidad, precio, ancho in (
        ("Mario", "madera", "295,00", 360),
        ("Félix", "ferreteria", "301,50", 1280),
    ):
        oferta = entrar(nueva_pagina(ancho=ancho, javascript=ancho > 360), plataforma_viva, nombre)
        oferta.goto(f"{necesidad}/ofertar")
        if (suyas := oferta.locator("select[name=unidad_id]")).count():
            suyas.select_option(str(id_demo(f"unidad:{unidad}")))
        oferta.get_by_label("Su precio por unidad").fill(precio)
        oferta.get_by_label("Marca o procedencia").fill("Taller propio")
        oferta.get_by_label("Entrega en días").fill("15")
        pulsar(oferta, "Revisar los totales")
        dice(oferta, "11.800,00|12.060,00")
        pulsar(oferta, "Presentar la oferta")
        dice(oferta, "recib|presentada")
    compra.goto(gestion)
    assert "295,00" not in compra.content()

    adelantar_reloj(plataforma_viva, "13 days")
    try:
        compra = entrar(nueva_pagina(), plataforma_viva, "Alberto")
        compra.goto(gestion)
        pulsar(compra, "Abrir los sobres ahora")
        dice(compra, "295,00")
        compra.locator("main input[type=radio]").first.check()
        pulsar(compra, "Registrar la decisión")
        pulsar(compra, "Emitir órdenes de compra")
        dice(compra, "11.800,00")
        anonima = nueva_pagina(ancho=360)
        anonima.goto(necesidad)
        dice(anonima, "adjudicad|contratad")
        enlace = anonima.locator("a[href*='/ocds/']").first.get_attribute("href")
        paquete = anonima.request.get(f"{plataforma_viva.url}{enlace}").json()
        assert paquete["releases"][0]["tag"] == ["tender"]
    finally:
        adelantar_reloj(plataforma_viva, "0")
