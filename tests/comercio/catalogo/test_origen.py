"""Where a good was made, as its seller declares it, and the family of its category that public buyers use."""

import json
from collections.abc import Callable
from typing import Any

import lxml.html
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from comercio.busqueda.buscar import buscar_productos
from comercio.busqueda.valores import Filtros
from comercio.cargas.columnas import COLUMNAS, PUEDEN_FALTAR
from comercio.catalogo.categorias import arbol
from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.publicar import editar_producto
from nucleo.archivos.recibido import Recibido
from nucleo.bd import transaccion
from tests.comercio.cargas.test_cargas import archivo, bajar, hacer, subir
from tests.comercio.conftest import Mercado
from tests.comercio.test_web import formulario_de

Leer = Callable[..., list[tuple[Any, ...]]]
ORIGENES = "SELECT titulo, origen FROM comercio_producto ORDER BY titulo"


def test_se_declara_se_muestra_y_se_filtra(mercado: Mercado, cliente: Any, sesion: Session) -> None:
    de_aqui = mercado.publicar("Chompa tejida", origen="BO")
    mercado.publicar("Chompa traída", origen="PE")
    callada = mercado.publicar("Chompa callada")

    def pagina(producto: Any) -> Any:
        return lxml.html.fromstring(cliente.get(f"/productos/{producto.id}").text)

    suya = pagina(de_aqui)
    dichos = [(dt.text, dt.getnext().text) for dt in suya.cssselect("dl.datos dt")]
    assert ("Origen, según declara quien vende", "Hecho en Bolivia") in dichos
    assert "Familia UNSPSC 53100000" in suya.text_content()
    (datos,) = suya.cssselect('script[type="application/ld+json"]')
    assert json.loads(datos.text)["countryOfOrigin"] == {"@type": "Country", "name": "BO"}
    assert "según declara quien vende" not in pagina(callada).text_content()

    hallados = buscar_productos(sesion, Filtros(q="chompa", origen="BO"))
    assert ([f.id for f in hallados.productos], hallados.facetas.total) == ([de_aqui.id], 1)
    lista = cliente.get("/tienda?q=chompa&origen=BO").text
    dichas = ("Chompa tejida", "Chompa traída", "Quitar filtro")
    assert [x in lista for x in dichas] == [True, False, True]
    assert "Chompa callada" in cliente.get("/tienda?q=chompa&origen=xx").text  # no country: nothing is asked
    por_api = cliente.get("/api/v1/productos?origen=PE").json()["datos"]
    assert [(p["titulo"], p["origen"]) for p in por_api] == [("Chompa traída", "PE")]
    assert cliente.get(f"/api/v1/productos/{de_aqui.id}").json()["unspsc"] == "53100000"


def test_de_un_servicio_nadie_lo_declara(mercado: Mercado, leer: Leer, bd: Engine) -> None:
    mercado.publicar("Bordado", categoria="confeccion", unidad_medida="servicio", origen="BO")
    chompa = mercado.publicar("Chompa", origen="BO")
    assert leer(ORIGENES) == [("Bordado", ""), ("Chompa", "BO")]
    with transaccion() as sesion:
        cambios = ProductoCambios(categoria="confeccion")
        editar_producto(sesion, mercado.actor_vendedor, chompa.id, chompa.version, cambios)
    assert leer(ORIGENES) == [("Bordado", ""), ("Chompa", "")]
    for mal in ("'BO'", "'bo'"):
        with pytest.raises(IntegrityError), bd.begin() as conexion:
            conexion.execute(text(f"UPDATE comercio_producto SET origen = {mal} WHERE titulo = 'Chompa'"))


def test_en_el_formulario_se_elige_y_se_quita(
    mercado: Mercado, sesion_web: Callable[..., Any], leer: Leer
) -> None:
    chompa = mercado.publicar("Chompa", origen="BO")
    vende, url = sesion_web(mercado.vendedor), f"/vender/productos/{chompa.id}"
    for elegido, queda in (("PE", "PE"), ("", ""), ("ZZ", "")):
        datos = formulario_de(vende.get(url).text)
        respuesta = vende.post(url, data=datos | {"origen": elegido})
        assert respuesta.status_code == (422 if elegido == "ZZ" else 303)
        assert leer(ORIGENES) == [("Chompa", queda)]
    assert "Elija un país de la lista" in respuesta.text


def test_va_y_vuelve_en_el_archivo(mercado: Mercado, leer: Leer) -> None:
    """By its name or its code; a file without the column, from before, leaves it as it is."""
    linea = {"categoria": "ceramica", "precio": "10", "existencia": "1"}
    lineas = [
        linea | {"codigo": f"P-{n}", "titulo": f"Jarro {n}", "origen": origen}
        for n, origen in enumerate(("bolivia", "PE", "Perú", "Narnia"))
    ]
    carga = subir(mercado, archivo(*lineas))
    assert (carga.lineas, carga.malas) == (4, 1)
    assert leer("SELECT texto FROM comercio_carga_linea WHERE texto <> ''") == [
        ("origen «Narnia»: escriba el nombre de un país, por ejemplo Bolivia.",)
    ]
    hacer(mercado, carga)
    esperado = [("Jarro 0", "BO"), ("Jarro 1", "PE"), ("Jarro 2", "PE")]
    assert leer(ORIGENES) == esperado
    vuelta = subir(mercado, Recibido.de_bytes(bajar(mercado), "productos.xlsx"))
    assert (vuelta.lineas, vuelta.malas) == (3, 0)
    hacer(mercado, vuelta)
    assert leer(ORIGENES) == esperado
    sin_ella = [c for c in COLUMNAS if c not in PUEDEN_FALTAR]
    de_antes = ";".join(sin_ella) + "\nP-0;Jarro cero;;ceramica;;;;;;;;;\n"
    vieja = subir(mercado, Recibido.de_bytes(de_antes.encode(), "productos.csv"))
    assert (vieja.lineas, vieja.malas) == (1, 0)
    hacer(mercado, vieja)
    assert leer(ORIGENES) == [("Jarro 1", "PE"), ("Jarro 2", "PE"), ("Jarro cero", "BO")]


def test_cada_categoria_tiene_su_familia(mercado: Mercado, sesion: Session, duenio: Engine) -> None:
    hojas = [n for n in arbol(sesion).nodos.values() if n.padre]
    assert len(hojas) == 37
    assert all(n.unspsc and len(n.unspsc) == 8 and n.unspsc.endswith("0000") for n in hojas)
    assert [n.unspsc for n in arbol(sesion).nodos.values() if n.padre is None] == [None] * 8
    with pytest.raises(IntegrityError), duenio.begin() as conexion:
        conexion.execute(text("UPDATE comercio_categoria SET unspsc = NULL WHERE codigo = 'ceramica'"))
