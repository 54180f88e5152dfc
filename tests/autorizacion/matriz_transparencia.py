"""Rows of the open data: anybody reads them."""

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import PUBLICO, Fila, fila

_TABLA = {"params": {"conjunto": "conjunto"}}


def preparar(e: Escena) -> None:
    from transparencia import hacer_tablas

    hacer_tablas()
    e.valores["conjunto"] = "registro-de-unidades"


FILAS: list[Fila] = [
    fila("GET", "/datos", PUBLICO, 200),
    fila("GET", "/datos/aprender", PUBLICO, 200),
    fila("GET", "/datos/catalogo.ttl", PUBLICO, 200),
    fila("GET", "/datos/catalogo.jsonld", PUBLICO, 200),
    fila("GET", "/datos/{conjunto}", PUBLICO, 200, **_TABLA),
    fila("GET", "/datos/{conjunto}/datos.csv", PUBLICO, 200, **_TABLA),
    fila("GET", "/datos/{conjunto}/datos.csv-metadata.json", PUBLICO, 200, **_TABLA),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
