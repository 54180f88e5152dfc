"""Open data: the tables that are written, what proves them, the catalogue and the pages."""

import csv
import hashlib
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from lxml import html
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef
from sqlalchemy import Engine, text
from sqlmodel import select

from constancia import comprobar_constancia, integrar_pendientes
from constancia.modelos import Hoja
from nucleo.archivos.modelos import Archivo
from nucleo.bd import transaccion
from nucleo.configuracion import ajustes
from tests.ayudas.personas import nueva_persona, nueva_unidad
from transparencia import hacer_tablas
from transparencia.hacer import hacer_tabla
from transparencia.modelos import TablaPublicada
from transparencia.verificar import verificar_catalogo

REGISTRO, CIERRES = "registro-de-unidades", "cierres-del-libro"
TABLA = f"/datos/{REGISTRO}/datos.csv"


@pytest.fixture
def inscritas(bd: Engine) -> Callable[..., None]:
    def inscribir(cuantas: int, **campos: Any) -> None:
        for _ in range(cuantas):
            nueva_unidad(representante=nueva_persona(), **campos)

    return inscribir


def filas(respuesta: Any) -> list[dict[str, str]]:
    assert respuesta.status_code == 200, respuesta.text
    return list(csv.DictReader(io.StringIO(respuesta.content.decode())))


def test_el_registro_se_cuenta_sin_senalar_a_nadie(inscritas: Any, cliente: Any) -> None:
    inscritas(6, municipio_ine="020101")
    inscritas(5, municipio_ine="030101")
    inscritas(2, municipio_ine="040101")
    hacer_tablas()

    dichas = filas(cliente.get(TABLA))

    por_lugar = {(f["nivel"], f["departamento"]): int(f["unidades"]) for f in dichas}
    # The two of Oruro, and the five of Cochabamba without which 13 less 6 less 5 would tell them.
    assert por_lugar == {
        ("pais", ""): 13,
        ("departamento", "La Paz"): 6,
        ("actividad", "La Paz"): 6,
        ("tipo", "La Paz"): 6,
    }


def test_la_tabla_se_escribe_una_vez_al_dia_y_si_es_igual_es_la_misma(
    inscritas: Any, cliente: Any, reloj: Any
) -> None:
    assert cliente.get(TABLA).status_code == 404
    inscritas(5)
    assert hacer_tablas() == 1  # there are no closings: an empty table is not published
    assert hacer_tablas() == 0
    antes = cliente.get(TABLA)
    with transaccion() as sesion:
        hecha = sesion.exec(select(TablaPublicada)).one().hecha_en

    reloj.adelantar(timedelta(days=1))
    assert hacer_tablas() == 1
    with transaccion() as sesion:
        fila = sesion.exec(select(TablaPublicada)).one()
        assert (fila.hecha_en, fila.filas) == (hecha, 4)
        assert fila.vista_en > hecha
        assert len(sesion.exec(select(Archivo)).all()) == 1
    assert cliente.get(TABLA, headers={"If-None-Match": antes.headers["etag"]}).status_code == 304

    inscritas(1)
    reloj.adelantar(timedelta(days=1))
    assert hacer_tablas() == 1
    despues = cliente.get(TABLA)
    assert despues.headers["etag"] != antes.headers["etag"]
    with transaccion() as sesion:
        assert sesion.exec(select(TablaPublicada)).one().hecha_en > hecha
        assert len(sesion.exec(select(Archivo)).all()) == 1
        assert len(sesion.exec(select(Hoja).where(Hoja.tipo == "datos_abiertos")).all()) == 2


def test_quien_bajo_el_archivo_demuestra_que_es_el_publicado(inscritas: Any, cliente: Any) -> None:
    inscritas(5)
    hacer_tablas()
    integrar_pendientes()
    sha256 = hashlib.sha256(cliente.get(TABLA).content).hexdigest()

    pagina = html.fromstring(cliente.get(f"/datos/{REGISTRO}").content)

    (enlace,) = pagina.xpath('//a[starts-with(@href, "/constancia/hojas/")]/@href')
    assert sha256 in pagina.text_content()
    hoja = html.fromstring(cliente.get(enlace).content)
    assert f"qhatu-hoja-v1|datos_abiertos|datos/{REGISTRO}|datos.csv={sha256}" in hoja.text_content()
    assert hoja.xpath(f'//a[@href="/datos/{REGISTRO}"]')
    prueba = cliente.get(f"/api/v1{enlace}/prueba").json()
    assert comprobar_constancia(prueba) == []
    assert prueba["hoja"]["contenido"] == f"datos.csv={sha256}"


def lo_que_ve_verify() -> list[str]:
    with transaccion() as sesion:
        return verificar_catalogo(sesion)


def test_verify_ve_el_archivo_que_nadie_anoto(inscritas: Any, duenio: Engine) -> None:
    inscritas(5)
    hacer_tablas()
    assert lo_que_ve_verify() == []
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE constancia_hoja DISABLE TRIGGER USER"))
        conexion.execute(text("DELETE FROM constancia_hoja WHERE tipo = 'datos_abiertos'"))
    assert lo_que_ve_verify() == [f"datos/{REGISTRO}: el registro público no tiene este archivo"]


def test_lo_que_falla_no_deja_nada(inscritas: Any, cliente: Any, monkeypatch: Any) -> None:
    inscritas(5)

    def fallar(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("transparencia.hacer.anotar_archivos", fallar)
    with pytest.raises(RuntimeError), transaccion() as sesion:
        hacer_tabla(sesion, REGISTRO)
    with transaccion() as sesion:
        assert sesion.exec(select(Archivo)).all() == []
    assert cliente.get(TABLA).status_code == 404


def test_el_catalogo_tiene_lo_que_se_publico(inscritas: Any, cliente: Any) -> None:
    inscritas(5)
    hacer_tablas()
    base = ajustes().url_publica

    ttl = cliente.get("/datos/catalogo.ttl")

    assert ttl.headers["content-type"] == "text/turtle; charset=utf-8"
    assert ttl.headers["access-control-allow-origin"] == "*"
    grafo = Graph().parse(data=ttl.text, format="turtle")
    suyo = URIRef(f"{base}/datos/{REGISTRO}")
    assert set(grafo.subjects(RDF.type, DCAT.Dataset)) == {suyo}
    (archivo,) = grafo.objects(suyo, DCAT.distribution)
    assert grafo.value(archivo, DCAT.downloadURL) == URIRef(f"{base}{TABLA}")
    assert grafo.value(archivo, DCAT.byteSize).toPython() == len(cliente.get(TABLA).content)
    assert str(grafo.value(suyo, DCTERMS.title)) == "Registro de unidades económicas"
    jsonld = cliente.get("/datos/catalogo.jsonld")
    assert jsonld.headers["content-type"] == "application/ld+json"
    assert f"{base}/datos/{REGISTRO}" in {n["@id"] for n in jsonld.json()["@graph"]}
    assert (
        cliente.get("/datos/catalogo.ttl", headers={"If-None-Match": ttl.headers["etag"]}).status_code == 304
    )


def test_las_paginas_dicen_que_hay_cuanto_y_como_citarlo(inscritas: Any, cliente: Any) -> None:
    vacia = cliente.get("/datos").text
    assert vacia.count("Todavía no hay archivos") == vacia.count('<section class="panel"') >= 3
    inscritas(5)
    hacer_tablas()

    lista, una = cliente.get("/datos").text, cliente.get(f"/datos/{REGISTRO}").text

    assert f'<a href="/datos/{REGISTRO}">Registro de unidades económicas</a>' in lista
    assert "1 archivo, 1 kB" in lista
    assert "Qhatu. Registro de unidades económicas [conjunto de datos]. Actualizado el" in una
    (datos,) = html.fromstring(una).cssselect('script[type="application/ld+json"]')
    dicho = json.loads(datos.text_content())
    assert dicho["@type"] == "Dataset"
    assert dicho["distribution"][0]["contentUrl"] == f"{ajustes().url_publica}{TABLA}"
    assert dicho["distribution"][0]["sha256"] == hashlib.sha256(cliente.get(TABLA).content).hexdigest()
    columnas = cliente.get(f"{TABLA}-metadata.json").json()["tableSchema"]["columns"]
    assert [c["name"] for c in columnas] == list(filas(cliente.get(TABLA))[0])
    for nadie in ("/datos/no-hay", "/datos/no-hay/datos.csv", "/datos/compras-del-estado/datos.csv"):
        assert cliente.get(nadie).status_code == 404
    assert cliente.get("/datos/no-hay/datos.csv-metadata.json").status_code == 404
    assert '<a href="/datos">Datos abiertos</a>' in cliente.get("/").text
