"""Every page of the market has a door: one can come to it from the frame, the panel, another room."""

import inspect
import re
import sys
from pathlib import Path
from typing import Any

from tests.ayudas.rutas import rutas

RAIZ = Path(__file__).parents[2]
SIN_PUERTA = {
    "/verificar-busqueda": "its address is printed on the paper that it verifies",
    "/busquedas-congeladas/nueva": "the shop makes its address out of the search",
}
DE_PARTIDA = (
    "templates/*.html",
    "templates/plataforma/*.html",
    "templates/feria_inversa/**/*.html",
    "comercio/*/panel.py",
)


def _paginas(aplicacion: Any) -> dict[str, str]:
    """The module of each page without parameters in its address."""
    return {
        ruta: str(hecha.endpoint.__module__)
        for metodo, ruta, hecha in rutas(aplicacion)
        if metodo == "GET"
        and re.fullmatch(r"comercio\.\w+\.web\w*", hecha.endpoint.__module__)
        and not re.search(r"[{.]", ruta)
    }


def _lleva_a(texto: str, ruta: str) -> bool:
    return re.search(rf"[\"'=]{re.escape(ruta)}[\"'?#{{&]", texto) is not None


def test_a_cada_pagina_se_llega(aplicacion: Any) -> None:
    """From what everybody sees to each page, by the addresses written in the templates that modules draw."""
    paginas = _paginas(aplicacion)
    assert len(paginas) > 30
    fuentes = {m: inspect.getsource(sys.modules[m]) for m in paginas.values()}
    dibujos = {
        m: [
            (RAIZ / "templates" / t).read_text("utf-8")
            for t in re.findall(r'"(comercio/[\w/]+\.html)"', fuente)
        ]
        for m, fuente in fuentes.items()
    }
    por_leer = [p.read_text("utf-8") for patron in DE_PARTIDA for p in RAIZ.glob(patron)]
    sin_llegar = set(paginas) - set(SIN_PUERTA)
    while por_leer:
        texto = por_leer.pop()
        for ruta in [r for r in sin_llegar if _lleva_a(texto, r)]:
            sin_llegar.discard(ruta)
            por_leer += dibujos[paginas[ruta]]
    assert sorted(sin_llegar) == []
