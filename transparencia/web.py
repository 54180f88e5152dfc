"""The pages and files of the catalogue of open data, for anybody."""

import json
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from starlette.responses import HTMLResponse

from nucleo.archivos.servir import respuesta_abierta
from nucleo.bd import Sesion
from nucleo.dcat import LICENCIA, conjuntos, describir, en_jsonld, en_turtle
from nucleo.etag import coincide, etag_de
from nucleo.textos import en_castellano
from nucleo.web import pagina, publico
from transparencia.consultas import publicado, publicados, tabla_publicada
from transparencia.errores import ConjuntoNoEncontrado
from transparencia.vistas import (
    MAXIMO_EN_PAGINA,
    Resumen,
    como_citar,
    diccionario,
    editor,
    en_schema_org,
)

router = APIRouter(prefix="/datos", include_in_schema=False, dependencies=[Depends(publico)])
Cual = Annotated[str, Path(max_length=60)]


@router.get("")
def datos(request: Request, sesion: Sesion) -> HTMLResponse:
    """What is published, each with since when and how much."""
    return pagina(
        request,
        "transparencia/datos.html",
        conjuntos=[Resumen(*par) for par in publicados(sesion).items()],
        licencia=LICENCIA,
        base=editor().pagina,
    )


@router.get("/catalogo.ttl")
def catalogo_ttl(request: Request, sesion: Sesion) -> Response:
    """The catalogue in Turtle."""
    with en_castellano():
        texto = en_turtle(describir(editor(), publicados(sesion)))
    return _abierto(request, texto, "text/turtle; charset=utf-8")


@router.get("/catalogo.jsonld")
def catalogo_jsonld(request: Request, sesion: Sesion) -> Response:
    """The catalogue in JSON-LD."""
    with en_castellano():
        texto = en_jsonld(describir(editor(), publicados(sesion)))
    return _abierto(request, texto, "application/ld+json")


@router.get("/aprender")
def aprender(request: Request) -> HTMLResponse:
    """Three questions answered with the files."""
    return pagina(request, "transparencia/aprender.html")


@router.get("/{conjunto}")
def un_conjunto(request: Request, sesion: Sesion, conjunto: Cual) -> HTMLResponse:
    """A dataset: what it holds, its files, what proves them, how to cite it."""
    resumen = Resumen(*publicado(sesion, conjunto))
    return pagina(
        request,
        "transparencia/conjunto.html",
        resumen=resumen,
        conjunto=resumen.conjunto,
        ediciones=list(islice(resumen.ediciones, MAXIMO_EN_PAGINA // 3)),
        citar=como_citar(resumen) if resumen.ediciones else None,
        para_maquinas=en_schema_org(resumen),
        licencia=LICENCIA,
    )


@router.get("/{conjunto}/datos.csv")
def tabla(request: Request, sesion: Sesion, conjunto: Cual) -> Response:
    """The table of a dataset."""
    _conjunto, fila = tabla_publicada(sesion, conjunto)
    return respuesta_abierta(sesion, fila.archivo_id, request, f"{conjunto}.csv")


@router.get("/{conjunto}/datos.csv-metadata.json")
def columnas(request: Request, conjunto: Cual) -> Response:
    """What its columns hold (CSV on the Web)."""
    suyo = conjuntos().get(conjunto)
    if suyo is None or suyo.tabla is None:
        raise ConjuntoNoEncontrado
    with en_castellano():
        return _abierto(request, json.dumps(diccionario(suyo), ensure_ascii=False), "application/csvm+json")


def _abierto(request: Request, cuerpo: str, tipo: str) -> Response:
    """For other sites' pages too."""
    marca = etag_de(cuerpo.encode())
    cabeceras = {"ETag": marca, "Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"}
    if coincide(marca, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=cabeceras)
    return Response(cuerpo, media_type=tipo, headers=cabeceras)
