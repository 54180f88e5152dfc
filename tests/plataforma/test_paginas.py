"""The pages of the platform itself: home, search, panel, errors and what browsers ask for."""

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from nucleo.plantillas import HOJA, entorno, renderizar

PRESUPUESTO_CSS = 16_000
PRESUPUESTO_PAGINA = 60_000


def _comprimido(texto: bytes) -> int:
    import gzip

    return len(gzip.compress(texto, 6))


def test_la_portada_dice_que_es_el_lugar_tambien_vacia(cliente: TestClient) -> None:
    respuesta = cliente.get("/")

    assert respuesta.status_code == 200
    for verbo in ("Comprar", "Pagar", "Vender", "Vender al Estado", "Seguir un envío"):
        assert re.search(rf'<a class="tarjeta__enlace" href="/\w+">{verbo}</a>', respuesta.text)
    assert "La tienda está por abrir" in respuesta.text
    assert "No hay necesidades abiertas" in respuesta.text


def test_la_portada_tiene_un_solo_buscador(cliente: TestClient) -> None:
    texto = cliente.get("/").text

    assert texto.count('role="search"') == 1
    assert texto.count('id="buscador"') == 1


def test_buscar_sin_palabras_dice_que_escribir(cliente: TestClient) -> None:
    respuesta = cliente.get("/buscar", params={"q": "   "})

    assert respuesta.status_code == 200
    assert "Escriba qué busca" in respuesta.text


def test_buscar_lo_que_no_hay_lo_dice_y_escapa_lo_escrito(cliente: TestClient) -> None:
    respuesta = cliente.get("/buscar", params={"q": "<b>zzqx</b>"})

    assert respuesta.status_code == 200
    assert "No encontramos nada con «&lt;b&gt;zzqx&lt;/b&gt;»" in respuesta.text
    assert "<b>zzqx" not in respuesta.text


def test_las_sugerencias_son_una_lista_y_no_las_guarda_nadie_con_nombre(cliente: TestClient) -> None:
    respuesta = cliente.get("/buscar/sugerencias", params={"q": "chom"})

    assert (respuesta.status_code, respuesta.json()) == (200, [])
    assert "set-cookie" not in respuesta.headers


def test_el_panel_pide_ingresar_y_vuelve(cliente: TestClient) -> None:
    respuesta = cliente.get("/panel")

    assert respuesta.status_code == 303
    assert respuesta.headers["location"] == "/ingresar?volver=%2Fpanel"


def test_una_direccion_que_no_existe_ofrece_buscar_y_el_numero_de_solicitud(cliente: TestClient) -> None:
    respuesta = cliente.get("/no-existe")

    assert respuesta.status_code == 404
    assert "No encontramos esa página" in respuesta.text
    assert respuesta.headers["x-request-id"] in respuesta.text
    assert 'action="/buscar"' in respuesta.text


@pytest.mark.parametrize("estado", [403, 404, 405, 409, 412, 422, 429, 500, 503])
def test_cada_error_dice_que_paso_y_que_hacer_sin_contexto(estado: int) -> None:
    html = renderizar(f"errores/{estado}.html", estado=estado, solicitud="abc123")

    assert f"Error {estado}" in html
    assert "<code>abc123</code>" in html
    assert 'class="boton boton--primario"' in html or 'class="boton boton--secundario"' in html


def test_donde_solo_llega_un_formulario_se_dice_adonde_volver(cliente: TestClient) -> None:
    """Where a refused form leaves its page: opened again, it leads to the page that has the form."""
    respuesta = cliente.get("/comprar/con-qr")

    assert respuesta.status_code == 405
    assert "Error 405" in respuesta.text
    assert 'class="boton boton--primario" href="/comprar"' in respuesta.text


def test_un_error_sin_pagina_propia_usa_la_general() -> None:
    html = renderizar("errores/error.html", estado=415, titulo="Tipo no admitido", solicitud="abc123")

    assert "Error 415" in html
    assert "Tipo no admitido" in html
    assert 'class="boton boton--primario"' in html


def test_la_pagina_sin_conexion_no_dice_quien_es(cliente: TestClient) -> None:
    respuesta = cliente.get("/sin-conexion")

    assert respuesta.status_code == 200
    assert "No hay conexión" in respuesta.text
    assert "Mi cuenta" not in respuesta.text


def test_el_trabajador_guarda_la_hoja_de_hoy_y_ninguna_pagina_personal(cliente: TestClient) -> None:
    hoja = re.search(r'rel="stylesheet" href="([^"]+)"', cliente.get("/").text)
    codigo = cliente.get("/sw.js")

    assert hoja is not None
    assert codigo.headers["content-type"].startswith("text/javascript")
    assert hoja[1] in codigo.text
    assert "__" not in codigo.text


def test_pesos(cliente: TestClient) -> None:
    """A page without photos, all it needs included, fits the budget of a slow line."""
    html = cliente.get("/").text
    hoja = cliente.get("/hoja.css").content
    direcciones = set(re.findall(r'(?:src|href)="(/estatico/[^"]+)"', html))
    estaticos = [cliente.get(d).content for d in direcciones]
    guiones = [cliente.get(d).content for d in direcciones if ".js" in d]

    assert _comprimido(hoja) <= PRESUPUESTO_CSS
    assert sum(map(_comprimido, guiones)) <= 20_000
    assert (
        _comprimido(html.encode()) + _comprimido(hoja) + sum(map(_comprimido, estaticos))
        <= PRESUPUESTO_PAGINA
    )
    assert 2 + len(direcciones) <= 10


def test_ninguna_pagina_propia_lleva_estilos_ni_guiones_en_linea(cliente: TestClient) -> None:
    for ruta in ("/", "/buscar?q=lana", "/estilo", "/no-existe", "/sin-conexion"):
        html = cliente.get(ruta).text
        assert not re.search(r"<[^>]+\sstyle=", html), ruta
        assert not re.search(r"<[^>]+\son\w+=", html), ruta
        assert "<style" not in html
        assert all('src="' in etiqueta for etiqueta in re.findall(r"<script[^>]*>", html)), ruta


def test_la_guia_de_estilo_no_existe_en_produccion(cliente: TestClient, monkeypatch: Any) -> None:
    from plataforma import portada

    monkeypatch.setattr(portada, "ajustes", lambda: type("A", (), {"es_demostracion": False})())

    assert cliente.get("/estilo").status_code == 404


def test_todas_las_plantillas_compilan() -> None:
    for nombre in entorno().list_templates(extensions=["html", "svg"]):
        entorno().get_template(nombre)
    assert len(HOJA) == len(set(HOJA))
