"""OCDS packages: what travels around the releases."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from feria_inversa.actos import Crudo, a_json
from feria_inversa.datos_abiertos.consultas import Registro
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


def _cabecera(uri: str, fechas: Sequence[datetime], contenidos: Sequence[str]) -> dict[str, Any]:
    base = ajustes().url_publica
    return {
        "uri": uri,
        "version": "1.1",
        "extensions": [EXTENSION_OFERTAS, *_otras_extensiones(contenidos)],
        "publishedDate": fecha(max(fechas, default=ahora())),
        "publisher": {"name": "Qhatu", "uri": base},
        "license": LICENCIA,
        "publicationPolicy": f"{base}/feria/datos-abiertos",
    }


def _otras_extensiones(contenidos: Sequence[str]) -> list[str]:
    """Those that something of a package needs: most need none."""
    return [
        extension
        for extension, senias in _SENIAS.items()
        if any(senia in contenido for contenido in contenidos for senia in senias)
    ]


def _de_releases(uri: str, releases: Sequence[ReleaseOcds]) -> dict[str, Any]:
    return _cabecera(uri, [r.fecha for r in releases], [r.contenido for r in releases])


def paquete_de_releases(
    uri: str, releases: Sequence[ReleaseOcds], enlaces: Mapping[str, str] | None = None
) -> str:
    """A release package, each release byte for byte as it was published; `enlaces`: where it goes on."""
    paquete = _de_releases(uri, releases) | {"releases": [Crudo(release.contenido) for release in releases]}
    return a_json(paquete | ({"links": dict(enlaces)} if enlaces else {}))


def paquete_de_record(uri: str, releases: Sequence[ReleaseOcds], compilado: CompiladoOcds) -> str:
    """A record package of one process: all its releases and what they say together."""
    record = {
        "ocid": releases[0].ocid,
        "releases": [Crudo(release.contenido) for release in releases],
        "compiledRelease": Crudo(compilado.contenido),
    }
    return a_json(_de_releases(uri, releases) | {"records": [record]})


def paquete_de_registros(uri: str, registros: Sequence[Registro], enlaces: Mapping[str, str]) -> str:
    """A record package of many: what the releases of each say together, and where each release is."""
    records = [
        {
            "ocid": registro.ocid,
            "releases": [
                {"url": donde_esta(r.ocid, r.release_id), "date": fecha(r.fecha), "tag": r.etiquetas}
                for r in registro.releases
            ],
            "compiledRelease": Crudo(registro.compilado),
        }
        for registro in registros
    ]
    fechas = [registro.releases[-1].fecha for registro in registros]
    cabecera = _cabecera(uri, fechas, [registro.compilado for registro in registros])
    return a_json(cabecera | {"records": records, "links": dict(enlaces)})


def donde_esta(ocid: str, release_id: str) -> str:
    """The address of a release: that of the package of its process, with its id."""
    return f"{ajustes().url_publica}/ocds/releases/{ocid}#{release_id}"
