"""OCDS packages: what travels around the releases."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from feria_inversa.actos import Crudo, a_json
from feria_inversa.datos_abiertos.modelos import ReleaseOcds
from feria_inversa.datos_abiertos.ocds import EXTENSION_LOTES, EXTENSION_OFERTAS, EXTENSION_TECNICAS
from feria_inversa.datos_abiertos.piezas import fecha
from nucleo.configuracion import ajustes
from nucleo.reloj import ahora

LICENCIA = "https://opendatacommons.org/licenses/pddl/1-0/"


def _cabecera(uri: str, releases: Sequence[ReleaseOcds]) -> dict[str, Any]:
    ultima = max((release.fecha for release in releases), default=ahora())
    base = ajustes().url_publica
    return {
        "uri": uri,
        "version": "1.1",
        "extensions": [EXTENSION_OFERTAS]
        + ([EXTENSION_LOTES] if _dicen(releases, "lots") else [])
        + ([EXTENSION_TECNICAS] if _dicen(releases, "techniques") else []),
        "publishedDate": fecha(ultima),
        "publisher": {"name": "Qhatu", "uri": base},
        "license": LICENCIA,
        "publicationPolicy": f"{base}/feria/datos-abiertos",
    }


def _dicen(releases: Sequence[ReleaseOcds], campo: str) -> bool:
    return any(f'"{campo}":' in release.contenido for release in releases)


def paquete_de_releases(uri: str, releases: Sequence[ReleaseOcds], siguiente: str | None = None) -> str:
    """A release package, each release byte for byte as it was published."""
    paquete = _cabecera(uri, releases) | {"releases": [Crudo(release.contenido) for release in releases]}
    if siguiente:
        paquete["links"] = {"next": siguiente}
    return a_json(paquete)


def compilar(releases: Sequence[ReleaseOcds]) -> Crudo:
    """The compiled release: the content of the last release, which carries everything public."""
    ultima = releases[-1]
    contenido = json.loads(ultima.contenido, parse_float=Decimal)
    contenido |= {"id": f"{ultima.ocid}-{contenido['date']}", "tag": ["compiled"]}
    return Crudo(a_json(_sin_nulos(contenido) if ":null" in ultima.contenido else contenido))


def _sin_nulos(valor: Any) -> Any:
    """As a merge has it: what a release says to be null is there no more."""
    if isinstance(valor, dict):
        return {clave: _sin_nulos(v) for clave, v in valor.items() if v is not None}
    return [_sin_nulos(v) for v in valor] if isinstance(valor, list) else valor


def paquete_de_record(uri: str, releases: Sequence[ReleaseOcds]) -> str:
    """A record package of one process: all its releases and the compiled one."""
    record = {
        "ocid": releases[0].ocid,
        "releases": [Crudo(release.contenido) for release in releases],
        "compiledRelease": compilar(releases),
    }
    return a_json(_cabecera(uri, releases) | {"records": [record]})
