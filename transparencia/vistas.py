"""A dataset as its page shows it, and as machines that read pages understand it (schema.org)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nucleo.configuracion import ajustes
from nucleo.dcat import LICENCIA, Archivo, Conjunto, Edicion, Editor
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _

NOMBRE = "Qhatu"
MAXIMO_EN_PAGINA = 36
"""Files that the page of a dataset holds, of its newest editions; the catalogue has all of them."""


def editor() -> Editor:
    base = ajustes().url_publica
    return Editor(
        nombre=NOMBRE,
        base=base,
        pagina=f"{base}/datos",
        titulo=_("Datos abiertos de Qhatu"),
        descripcion=_(
            "Lo que la plataforma publica para cualquiera: las compras del Estado, el registro de unidades,"
            " la tienda, los envíos y los cierres del libro de pagos."
        ),
    )


@dataclass(frozen=True, slots=True)
class Resumen:
    """A dataset in the list: since when, until when, how many files and bytes."""

    conjunto: Conjunto
    ediciones: Sequence[Edicion]

    @property
    def archivos(self) -> list[Archivo]:
        return [archivo for edicion in self.ediciones for archivo in edicion.archivos]

    @property
    def bytes(self) -> int:
        return sum(archivo.bytes for archivo in self.archivos)

    @property
    def desde(self) -> date:
        return min(edicion.desde for edicion in self.ediciones)

    @property
    def hasta(self) -> date:
        return max(edicion.hasta for edicion in self.ediciones)

    @property
    def hecha_en(self) -> datetime:
        return max(edicion.hecha_en for edicion in self.ediciones)


def como_citar(resumen: Resumen) -> str:
    """One line with what lets another find the same data."""
    datos = {
        "editor": NOMBRE,
        "titulo": resumen.conjunto.titulo,
        "cuando": filtro_fecha(resumen.hecha_en),
        "direccion": f"{editor().pagina}/{resumen.conjunto.id}",
    }
    return _("%(editor)s. %(titulo)s [conjunto de datos]. Actualizado el %(cuando)s. %(direccion)s") % datos


def en_schema_org(resumen: Resumen) -> dict[str, Any]:
    """https://schema.org/Dataset: what a searcher of data reads in the page."""
    conjunto, quien = resumen.conjunto, editor()
    direccion = f"{quien.pagina}/{conjunto.id}"
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": direccion,
        "name": str(conjunto.titulo),
        "description": str(conjunto.descripcion),
        "url": direccion,
        "license": LICENCIA,
        "isAccessibleForFree": True,
        "inLanguage": "es",
        "keywords": [str(palabra) for palabra in conjunto.palabras],
        "spatialCoverage": "Bolivia",
        "creator": {"@type": "Organization", "name": quien.nombre, "url": f"{quien.base}/"},
        "includedInDataCatalog": {"@type": "DataCatalog", "name": quien.titulo, "url": quien.pagina},
        **_lo_publicado(resumen, quien),
    }


def _lo_publicado(resumen: Resumen, quien: Editor) -> Mapping[str, Any]:
    if not resumen.ediciones:
        return {}
    return {
        "temporalCoverage": f"{resumen.desde.isoformat()}/{resumen.hasta.isoformat()}",
        "dateModified": resumen.hecha_en.isoformat(),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": archivo.titulo,
                "contentUrl": f"{quien.base}/{archivo.ruta}",
                "encodingFormat": archivo.comprimido or archivo.tipo,
                "contentSize": f"{archivo.bytes} B",
                "sha256": archivo.sha256,
            }
            for archivo in resumen.archivos[:MAXIMO_EN_PAGINA]
        ],
    }


def diccionario(conjunto: Conjunto) -> dict[str, Any]:
    """What the columns of a table hold, as CSV on the Web (W3C) has it."""
    assert conjunto.tabla is not None
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "es"}],
        "url": "datos.csv",
        "dc:title": str(conjunto.titulo),
        "dc:description": str(conjunto.descripcion),
        "dc:license": {"@id": LICENCIA},
        "tableSchema": {
            "columns": [
                {"name": nombre, "titles": nombre, "dc:description": str(que)}
                for nombre, que in conjunto.tabla.columnas.items()
            ]
        },
    }
