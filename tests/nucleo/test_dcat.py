"""The catalogue as facts: read back by another's parser, valid against the shapes of DCAT-AP 3; small counts
cannot be computed from what is told.
"""

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCAT, DCTERMS, RDF, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from nucleo.dcat import (
    Archivo,
    Conjunto,
    Edicion,
    Editor,
    Frecuencia,
    Servicio,
    TablaAbierta,
    callar_pocos,
    describir,
    en_jsonld,
    en_turtle,
)
from nucleo.dcat.escribir import Literal as Texto
from nucleo.dcat.escribir import Nodo

EXTERNOS = Path(os.environ.get("QHATU_DATOS_EXTERNOS", Path(__file__).parents[3] / "shared" / "datos"))
FORMAS = EXTERNOS / "abiertos/dcat-ap-3.0.1"
HOSTIL = 'Ñandú "de" \\ Oruro\n\t\r\x00\x1f\x7f <b>&amp;</b> """ ^^<x> @es . { } \u2028 🧶'
BASE = "https://qhatu.example"
pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning",
    "ignore:Code. .* is not defined in namespace DCAT",
)
CUANDO = datetime(2026, 11, 30, 12, tzinfo=UTC)
EDITOR = Editor("Qhatu", BASE, f"{BASE}/datos", "Datos abiertos", "Lo que se publica.")


def _conjunto(id_: str, titulo: str, *, serie: bool) -> Conjunto:
    return Conjunto(
        id=id_,
        titulo=titulo,
        descripcion=titulo,
        pagina="/algo",
        frecuencia=Frecuencia.DIARIA,
        palabras=[titulo, "otra"],
        tabla=None if serie else TablaAbierta({"n": "Cuántas."}, lambda _s: iter(())),
        ediciones=(lambda _s: []) if serie else None,
        servicios=(Servicio(f"o/{id_}.json", HOSTIL, "Por páginas."),) if serie else (),
    )


def _edicion(id_: str, *archivos: str) -> Edicion:
    return Edicion(
        id=id_,
        titulo=HOSTIL,
        desde=date(2026, 11, 1),
        hasta=date(2026, 11, 30),
        hecha_en=CUANDO,
        archivos=tuple(
            Archivo(
                ruta,
                "Tabla",
                "https://jsonlines.org/" if "gz" in ruta else "text/csv",
                12,
                "ab" * 32,
                "application/gzip" if "gz" in ruta else None,
            )
            for ruta in archivos
        ),
        hoja=b"",
    )


@pytest.fixture
def hechos() -> list[Any]:
    publicados = {
        _conjunto("compras", HOSTIL, serie=True): [
            _edicion("2026-11", "o/11.gz", "o/11.csv"),
            _edicion("2026-10"),
        ],
        _conjunto("registro", "Registro", serie=False): [_edicion("registro", "datos/registro/datos.csv")],
        _conjunto("vacio", "Sin nada", serie=True): [],
    }
    return list(describir(EDITOR, publicados))


def _leer(texto: str, formato: str) -> Graph:
    return Graph().parse(data=texto, format=formato)


def test_turtle_y_jsonld_dicen_lo_mismo_a_quien_los_lee(hechos: list[Any]) -> None:
    turtle, jsonld = _leer(en_turtle(hechos), "turtle"), _leer(en_jsonld(hechos), "json-ld")
    assert isomorphic(turtle, jsonld)
    assert len(turtle) == len(set(turtle)) > 80
    serie = URIRef(f"{BASE}/datos/compras")
    assert turtle.value(serie, RDF.type) == DCAT["DatasetSeries"]
    assert turtle.value(serie, DCTERMS.title) == Literal(HOSTIL, lang="es")
    assert set(turtle.subjects(DCAT["inSeries"], serie)) == {
        URIRef(f"{BASE}/datos/compras#2026-11"),
        URIRef(f"{BASE}/datos/compras#2026-10"),
    }
    assert {str(d) for d in turtle.objects(URIRef(f"{BASE}/datos"), DCAT.dataset)} == {
        f"{BASE}/datos/compras#2026-11",
        f"{BASE}/datos/compras#2026-10",
        f"{BASE}/datos/registro",
    }
    suyo = URIRef(f"{BASE}/o/11.gz#distribucion")
    assert turtle.value(suyo, DCAT.downloadURL) == URIRef(f"{BASE}/o/11.gz")
    assert turtle.value(suyo, DCAT.byteSize).toPython() == 12
    assert "vacio" not in en_turtle(hechos)


def test_donde_se_pregunta_es_de_todas_las_ediciones(hechos: list[Any]) -> None:
    grafo = _leer(en_turtle(hechos), "turtle")
    suyo = URIRef(f"{BASE}/o/compras.json#distribucion")  # none of a dataset that has nothing yet
    sin_archivo = set(grafo.subjects(RDF.type, DCAT.Distribution)) - set(grafo.subjects(DCAT.downloadURL))
    assert sin_archivo == {suyo}
    assert set(grafo.subjects(DCAT.distribution, suyo)) == {URIRef(f"{BASE}/datos/compras")}
    assert set(grafo.objects(suyo, DCAT.accessURL)) == {URIRef(f"{BASE}/o/compras.json")}
    assert grafo.value(suyo, DCTERMS.title) == Literal(HOSTIL, lang="es")
    assert str(grafo.value(suyo, DCAT.mediaType)).endswith("/application/json")


def test_que_es_cada_archivo_y_en_que_viene() -> None:
    def archivo(nombre: str, tipo: str, comprimido: str | None) -> Archivo:
        return Archivo(nombre, nombre, tipo, 1, "ab" * 32, comprimido)

    edicion = replace(
        _edicion("2026-11"),
        archivos=(
            archivo("a.jsonl.gz", "https://jsonlines.org/", "application/gzip"),
            archivo("b.zip", "text/csv", "application/zip"),
            archivo("c.csv", "text/csv", None),
        ),
    )
    grafo = _leer(en_turtle(describir(EDITOR, {_conjunto("compras", "x", serie=True): [edicion]})), "turtle")
    iana = "http://www.iana.org/assignments/media-types"
    dicho = {
        nombre: {
            str(que).rpartition("#")[2].rpartition("/")[2]: str(valor)
            for que, valor in grafo.predicate_objects(URIRef(f"{BASE}/{nombre}#distribucion"))
            if str(que).endswith(("mediaType", "format", "Format"))
        }
        for nombre in ("a.jsonl.gz", "b.zip", "c.csv")
    }
    assert dicho == {
        "a.jsonl.gz": {"format": "https://jsonlines.org/", "compressFormat": f"{iana}/application/gzip"},
        "b.zip": {"mediaType": f"{iana}/text/csv", "packageFormat": f"{iana}/application/zip"},
        "c.csv": {"mediaType": f"{iana}/text/csv"},
    }


@given(titulo=st.text(), direccion=st.text(max_size=20))
def test_ningun_titulo_ni_direccion_rompe_lo_escrito(titulo: str, direccion: str) -> None:
    titulo = titulo.encode(errors="ignore").decode()  # a lone half of a character is no text in a file
    direccion = direccion.encode(errors="ignore").decode()
    hechos = [(Nodo(f"{BASE}/{direccion}"), "dct:title", Texto(titulo, idioma="es"))]
    for leido in (_leer(en_turtle(hechos), "turtle"), _leer(en_jsonld(hechos), "json-ld")):
        ((_quien, _que, valor),) = leido
        assert str(valor) == titulo


@pytest.mark.skipif(not FORMAS.exists(), reason="sin las formas de DCAT-AP (QHATU_DATOS_EXTERNOS)")
def test_el_catalogo_vale_como_dcat_ap(hechos: list[Any]) -> None:
    from pyshacl import validate

    sin_tipos = [h for h in hechos if h[1] != "rdf:type" or h[2].direccion != "dct:LicenseDocument"]
    sin_titulo = [h for h in hechos if h[1] != "dct:title"]
    sin_direccion = [h for h in hechos if h[1] != "dcat:accessURL"]
    formas = Graph().parse(FORMAS / "dcat-ap-SHACL.ttl")
    vale, _grafo, dicho = validate(_leer(en_turtle(hechos), "turtle"), shacl_graph=formas)
    assert vale, dicho
    for malos in (sin_titulo, sin_tipos, sin_direccion):
        assert not validate(_leer(en_turtle(malos), "turtle"), shacl_graph=formas)[0]


def test_el_jsonld_es_un_grafo_plano(hechos: list[Any]) -> None:
    nodos = json.loads(en_jsonld(hechos))["@graph"]
    assert len({nodo["@id"] for nodo in nodos}) == len(nodos)


# --- small counts -------------------------------------------------------------------------------------------

TABLAS = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from("12")),
    st.integers(1, 12),
    max_size=12,
)


def test_lo_que_se_calla_se_protege_con_lo_mas_chico() -> None:
    cuentas = {("lp", "x"): 3, ("lp", "y"): 9, ("lp", "z"): 30, ("or", "x"): 20, ("pt", "x"): 6}
    assert callar_pocos(cuentas) == {
        (): 68,
        ("lp",): 42,
        ("lp", "z"): 30,
        ("or",): 20,
        ("or", "x"): 20,
        ("pt",): 6,
        ("pt", "x"): 6,
    }
    assert callar_pocos({("lp",): 4}) == {}


@given(TABLAS)
def test_nada_de_pocos_se_dice_ni_se_calcula(cuentas: dict[tuple[str, ...], int]) -> None:
    dichas = callar_pocos(cuentas)
    assert all(cuantos >= 5 for cuantos in dichas.values())
    celdas = sorted(cuentas)
    ecuaciones = [[Fraction(c[: len(d)] == d) for c in celdas] for d in dichas]
    rango = _rango(ecuaciones)
    todas = {c[:largo] for c, largo in product(celdas, range(4))}
    for callada in todas - dichas.keys():
        suma = [Fraction(c[: len(callada)] == callada) for c in celdas]
        assert _rango([*ecuaciones, suma]) == rango + 1, (callada, dichas)


def _rango(filas: list[list[Fraction]]) -> int:
    """Of a matrix, by elimination: a sum can be computed from others when it does not add to it."""
    filas, rango = [list(f) for f in filas], 0
    for columna in range(len(filas[0]) if filas else 0):
        pivote = next((f for f in filas[rango:] if f[columna]), None)
        if pivote is None:
            continue
        filas.remove(pivote)
        filas.insert(rango, pivote)
        for otra in filas[rango + 1 :]:
            factor = otra[columna] / pivote[columna]
            otra[:] = [a - factor * b for a, b in zip(otra, pivote, strict=True)]
        rango += 1
    return rango
