"""Accessibility: contrast of the tokens in both themes, and axe over the pages in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from demostracion.elenco import id_de_unidad
from nucleo.ids import id_demo
from nucleo.plantillas import ESTATICOS
from nucleo.reloj import fecha_bolivia
from tests.ayudas.navegador import controles_bajos, desborde, faltas_de_axe
from tests.ayudas.viva import PlataformaViva

TONOS = ("bien", "aviso", "mal", "info", "neutro")
# (ink, surface, least ratio): 4.5 for text (WCAG 1.4.3), 3 for control borders and the focus ring (1.4.11).
PARES = [
    *[
        (tinta, fondo, 4.5)
        for tinta in ("tinta", "tinta-suave")
        for fondo in ("papel", "superficie", "superficie-2")
    ],
    *[("enlace", fondo, 4.5) for fondo in ("papel", "superficie")],
    *[(tono, f"{tono}-tenue", 4.5) for tono in TONOS],
    *[("tinta", f"{tono}-tenue", 4.5) for tono in TONOS],
    *[("mal", fondo, 4.5) for fondo in ("papel", "superficie")],
    ("sobre-acento", "acento", 4.5),
    ("sobre-acento", "acento-fuerte", 4.5),
    ("acento-fuerte", "acento-tenue", 4.5),
    ("enlace", "acento-tenue", 4.5),
    ("sobre-noche", "noche", 4.5),
    ("sobre-noche", "noche-2", 4.5),
    ("sobre-noche-suave", "noche", 4.5),
    *[("borde-fuerte", fondo, 3.0) for fondo in ("papel", "superficie")],
    *[("foco", fondo, 3.0) for fondo in ("papel", "superficie", "superficie-2")],
]


def _fichas() -> tuple[dict[str, str], dict[str, str]]:
    claro, oscuro = (
        (ESTATICOS / "css/fichas.css").read_text("utf-8").split("@media (prefers-color-scheme: dark)")
    )
    leer = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})\b")
    dia = dict(leer.findall(claro))
    return dia, dia | dict(leer.findall(oscuro))


def _luminancia(color: str) -> float:
    canales = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lineales = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canales]
    return 0.2126 * lineales[0] + 0.7152 * lineales[1] + 0.0722 * lineales[2]


def _contraste(uno: str, otro: str) -> float:
    claro, oscuro = sorted((_luminancia(uno), _luminancia(otro)), reverse=True)
    return (claro + 0.05) / (oscuro + 0.05)


def test_el_contraste_se_mide_como_lo_manda_la_norma() -> None:
    assert _contraste("#000000", "#ffffff") == pytest.approx(21)
    assert _contraste("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tema", [0, 1], ids=["claro", "oscuro"])
@pytest.mark.parametrize(("tinta", "fondo", "minimo"), PARES, ids=[f"{t}-sobre-{f}" for t, f, _m in PARES])
def test_contraste_de_las_fichas(tema: int, tinta: str, fondo: str, minimo: float) -> None:
    fichas = _fichas()[tema]

    assert _contraste(fichas[tinta], fichas[fondo]) >= minimo


PAGINAS = (
    "/",
    "/buscar?q=chompa",
    "/buscar",
    "/estilo",
    "/no-existe",
    "/sin-conexion",
    "/constancia",
    "/constancia/comprobar",
    "/feriados",
    "/datos",
    "/datos/aprender",
    "/datos/compras-del-estado",
    "/datos/registro-de-unidades",
    "/plazos",
    "/plazos/tramites.subsanacion?inicio=2026-02-06T10:00&lugar=040101",
    "/feria",
    f"/feria/{id_demo('convocatoria:9')}/cronograma",
    f"/feria/{id_demo('convocatoria:10')}/preguntas",
    f"/feria/{id_demo('convocatoria:9')}/papeles",
    "/feria/mercado?q=uniformes",
    "/feria/mercado/precios?q=guantes",
    "/feria/mercado/entidades/0389",
    "/feria/mercado/familias/4213",
    "/feria/mercado/temporada?entidad=0389",
    "/feria/mercado/banderas",
    f"/feria/{id_demo('convocatoria:28')}/banderas",
    f"/feria/{id_demo('convocatoria:28')}/pruebas",
    f"/feria/{id_demo('convocatoria:31')}",
    f"/feria/{id_demo('convocatoria:33')}",
    f"/feria/{id_demo('convocatoria:32')}/acta",
    f"/feria/{id_demo('subasta:viva')}",
    f"/feria/{id_demo('subasta:viva')}/subasta",
    f"/feria/{id_demo('subasta:terminada')}/subasta",
    f"/resguardos/{id_demo('resguardo:universidad')}",
    "/verificar-busqueda",
    f"/feria/planes?gestion={fecha_bolivia().year}",
    f"/feria/planes/{id_demo('plan:alcaldia')}",
    f"/feria/planes/{id_demo('plan:alcaldia')}?version=1",
    "/compras-de-catalogo",
    f"/compras-de-catalogo/{id_demo('compra:alcaldia:19.5')}",
    "/tienda",
    "/tienda?q=marciano",
    "/tienda/reglas",
    "/carrito",
    "/cuanto-cuesta-enviar",
    "/cuanto-cuesta-enviar?origen=020101&destino=051201&peso_kg=1,2&valor_declarado=500",
)


@pytest.mark.navegador
@pytest.mark.parametrize("oscuro", [False, True], ids=["claro", "oscuro"])
@pytest.mark.parametrize("ancho", [360, 1280])
def test_paginas_publicas(
    plataforma_viva: PlataformaViva, nueva_pagina: Callable[..., Any], ancho: int, oscuro: bool
) -> None:
    """No violation of WCAG 2.2 AA, nothing wider than the screen, every control big enough to touch."""
    pagina = nueva_pagina(ancho, oscuro=oscuro, reduced_motion="reduce", service_workers="block")
    for ruta in PAGINAS:
        pagina.goto(plataforma_viva.url + ruta)
        assert faltas_de_axe(pagina) == [], ruta
        assert desborde(pagina) == 0, ruta
        assert controles_bajos(pagina) == [], ruta
    # The browser itself logs the 404 that was asked for.
    pagina.errores[:] = [e for e in pagina.errores if "/no-existe" not in e]


PAGINAS_DE = {
    "ana": (
        "/panel",
        "/buzon",
        "/buzon/preferencias",
        "/mis-alertas",
        "/cuenta",
        "/billetera",
        "/billetera/movimientos",
        "/pagar",
    ),
    "tejidos": (
        "/panel",
        "/ofertas",
        f"/feria/{id_demo('convocatoria:10')}/ofertar",
        f"/invitaciones/{id_de_unidad('tejidos')}",
        f"/feria/{id_demo('subasta:viva')}/subasta",
        "/ordenes-de-compra",
        "/cobros",
        "/billetera/planillas/nueva",
    ),
    "alcaldia": (
        "/panel",
        "/compras",
        "/compras/nueva",
        f"/compras/{id_demo('convocatoria:29')}",
        f"/compras/{id_demo('convocatoria:10')}/cronograma",
        f"/compras/{id_demo('convocatoria:10')}/certificacion",
        f"/compras/{id_demo('convocatoria:10')}/preguntas",
        f"/compras/{id_demo('convocatoria:10')}/papeles",
        f"/compras/{id_demo('convocatoria:10')}/cambios",
        f"/compras/{id_demo('convocatoria:16')}/impugnaciones",
        f"/compras/{id_demo('convocatoria:16')}",
        f"/compras/{id_demo('convocatoria:10')}/documentos",
        f"/compras/{id_demo('convocatoria:30')}/documentos",
        f"/compras/{id_demo('convocatoria:30')}/documentos-pedidos",
        f"/compras/{id_demo('convocatoria:16')}/calificacion",
        f"/compras/{id_demo('convocatoria:30')}/sin-convocatoria",
        f"/compras/{id_demo('convocatoria:30')}/publicar",
        f"/compras/{id_demo('subasta:viva')}",
        f"/feria/{id_demo('subasta:viva')}/subasta",
        f"/entidades/{id_de_unidad('alcaldia')}/unidades-ejecutoras",
        f"/entidades/{id_de_unidad('alcaldia')}/resguardos",
        f"/entidades/{id_de_unidad('alcaldia')}/planes",
        f"/planes/{id_demo('plan:alcaldia')}",
        f"/planes/{id_demo('plan:alcaldia')}/lineas/1",
        "/llaves-que-guardo",
        f"/resguardos/{id_demo('resguardo:universidad')}",
        f"/feria/{id_demo('convocatoria:31')}/llave",
        f"/entidades/{id_de_unidad('alcaldia')}/certificaciones",
        f"/certificaciones/{id_demo('certificacion:0412')}",
        f"/entidades/{id_de_unidad('alcaldia')}/compras-de-catalogo",
        f"/compras-de-catalogo/{id_demo('compra_de_catalogo:lluchus')}",
        f"/entidades/{id_de_unidad('alcaldia')}/papeles",
        "/ordenes-de-compra",
        "/cobros",
        "/cobros/conceptos",
    ),
    "correos": ("/panel", "/envios/operador", "/envios/operador/escanear", "/tarifas"),
    "regulador": (
        "/regulador/unidades",
        "/regulador/feriados",
        "/regulador/pagos",
        "/regulador/pagos/reglas",
        "/regulador/retiros",
        "/regulador/banco",
    ),
}


@pytest.mark.navegador
@pytest.mark.parametrize("persona", list(PAGINAS_DE))
def test_las_paginas_de_cada_persona_caben_en_un_telefono(
    plataforma_viva: PlataformaViva, nueva_pagina: Callable[..., Any], persona: str
) -> None:
    pagina = nueva_pagina(360, reduced_motion="reduce", service_workers="block")
    pagina.goto(f"{plataforma_viva.url}/ingresar")
    pagina.get_by_role("link", name="Continuar con Ciudadanía Digital").click()
    pagina.locator(f"button[name=persona][value={persona}]").click()
    pagina.wait_for_url(f"{plataforma_viva.url}/**")
    for ruta in PAGINAS_DE[persona]:
        assert pagina.goto(plataforma_viva.url + ruta).status == 200, ruta
        assert faltas_de_axe(pagina) == [], ruta
        assert desborde(pagina) == 0, ruta
    if persona == "tejidos":  # its number is another each time
        pagina.goto(f"{plataforma_viva.url}/ofertas")
        pagina.locator("a[href^='/ofertas/']").first.click()
        pagina.wait_for_url("**/ofertas/*")
        assert faltas_de_axe(pagina) == []
        assert desborde(pagina) == 0
    if persona == "alcaldia":  # its number is another each time: through the page of who bid
        pagina.goto(f"{plataforma_viva.url}/compras/{id_demo('convocatoria:16')}")
        pagina.locator("a[href^='/feria/proveedores/']").first.click()
        pagina.wait_for_url("**/feria/proveedores/*")
        assert faltas_de_axe(pagina) == []
        assert desborde(pagina) == 0
        pagina.goto(f"{plataforma_viva.url}/ordenes-de-compra")
        pagina.locator("a[href^='/ordenes-de-compra/']").first.click()
        pagina.wait_for_url("**/ordenes-de-compra/*")
        assert faltas_de_axe(pagina) == []
        assert desborde(pagina) == 0


@pytest.mark.navegador
def test_el_menu_se_abre_con_el_teclado_y_se_cierra_con_escape(
    plataforma_viva: PlataformaViva, nueva_pagina: Callable[..., Any]
) -> None:
    pagina = nueva_pagina(360)
    pagina.goto(plataforma_viva.url + "/buscar")

    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.className") == "saltar"
    boton = pagina.locator(".menu--secciones > summary")
    boton.focus()
    pagina.keyboard.press("Enter")
    assert pagina.get_by_role("link", name="Tienda").first.is_visible()
    pagina.keyboard.press("Escape")
    assert boton.evaluate("(e) => e.parentElement.open") is False
    assert boton.evaluate("(e) => e === document.activeElement") is True


@pytest.mark.navegador
def test_sin_javascript_el_menu_y_la_busqueda_funcionan(
    plataforma_viva: PlataformaViva, nueva_pagina: Callable[..., Any]
) -> None:
    pagina = nueva_pagina(360, javascript=False)
    pagina.goto(plataforma_viva.url + "/estilo")

    pagina.locator(".menu--secciones > summary").click()
    assert pagina.get_by_role("link", name="Tienda").first.is_visible()
    pagina.locator(".menu--secciones > summary").click()
    pagina.get_by_role("searchbox").fill("zzqx")
    pagina.get_by_role("search").get_by_role("button", name="Buscar").click()
    assert pagina.get_by_role("heading", level=1).inner_text() == "Resultados de «zzqx»"


@pytest.mark.navegador
def test_sin_red_aparece_la_pagina_sin_conexion(
    plataforma_viva: PlataformaViva, nueva_pagina: Callable[..., Any]
) -> None:
    pagina = nueva_pagina(360)
    pagina.goto(plataforma_viva.url + "/estilo")
    pagina.evaluate("navigator.serviceWorker.ready.then(() => true)")
    pagina.wait_for_function("navigator.serviceWorker.controller !== null")

    pagina.context.set_offline(True)
    pagina.goto(plataforma_viva.url + "/tienda")

    assert pagina.get_by_role("heading", level=1).inner_text() == "No hay conexión"
    guardadas = pagina.evaluate(
        """async () => {
            const almacen = await caches.open((await caches.keys())[0]);
            return (await almacen.keys()).map((solicitud) => new URL(solicitud.url).pathname);
        }"""
    )
    assert [r for r in guardadas if not r.startswith(("/estatico/", "/hoja.css", "/sin-conexion"))] == []
    pagina.errores.clear()
