"""OCDS packages: what travels around the releases."""

from collections.abc import Sequence
from typing import Any

from feria_inversa.actos import Crudo, a_json
from feria_inversa.datos_abiertos.modelos import CompiladoOcds, ReleaseOcds
from feria_inversa.datos_abiertos.ocds import (
    EXTENSION_LOTES,
    EXTENSION_OFERTAS,
    EXTENSION_PREGUNTAS,
    EXTENSION_TECNICAS,
)
from feria_inversa.datos_abiertos.piezas import fecha
from nucleo.configuracion import ajustes
from nucleo.reloj import ahora

_SENIAS = {
    EXTENSION_LOTES: ('"lots":', '"relatedLot'),
    EXTENSION_PREGUNTAS: ('"enquiries":',),
    EXTENSION_TECNICAS: ('"techniques":',),
}
LICENCIA = "https://opendatacommons.org/licenses/pddl/1-0/"


def _cabecera(uri: str, releases: Sequence[ReleaseOcds]) -> dict[str, Any]:
    ultima = max((release.fecha for release in releases), default=ahora())
    base = ajustes().url_publica
    return {
        "uri": uri,
        "version": "1.1",
        "extensions": [EXTENSION_OFERTAS, *_otras_extensiones(releases)],
        "publishedDate": fecha(ultima),
        "publisher": {"name": "Qhatu", "uri": base},
        "license": LICENCIA,
        "publicationPolicy": f"{base}/feria/datos-abiertos",
    }


def _otras_extensiones(releases: Sequence[ReleaseOcds]) -> list[str]:
    """Those that some release of a package needs: most need none."""
    return [
        extension
        for extension, senias in _SENIAS.items()
        if any(senia in release.contenido for release in releases for senia in senias)
    ]


def paquete_de_releases(uri: str, releases: Sequence[ReleaseOcds], siguiente: str | None = None) -> str:
    """A release package, each release byte for byte as it was published."""
    paquete = _cabecera(uri, releases) | {"releases": [Crudo(release.contenido) for release in releases]}
    if siguiente:
        paquete["links"] = {"next": siguiente}
    return a_json(paquete)


def paquete_de_record(uri: str, releases: Sequence[ReleaseOcds], compilado: CompiladoOcds) -> str:
    """A record package of one process: all its releases and what they say together."""
    record = {
        "ocid": releases[0].ocid,
        "releases": [Crudo(release.contenido) for release in releases],
        "compiledRelease": Crudo(compilado.contenido),
    }
    return a_json(_cabecera(uri, releases) | {"records": [record]})
