"""The catalogue as facts, in the words of DCAT-AP 3."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from nucleo.dcat.conjuntos import Archivo, Conjunto, Edicion, Servicio
from nucleo.dcat.escribir import Hecho, Literal, Nodo

LICENCIA = "https://opendatacommons.org/licenses/pddl/1-0/"
"""Public domain: whoever takes the data owes nothing."""
_UE = "http://publications.europa.eu/resource/authority"
_IANA = "http://www.iana.org/assignments/media-types"
_ZIP = "application/zip"
_TEMAS = Nodo(f"{_UE}/data-theme")
_TEMA = Nodo(f"{_UE}/data-theme/GOVE")
_IDIOMA = Nodo(f"{_UE}/language/SPA")
_LUGAR = Nodo(f"{_UE}/country/BOL")
_LICENCIA = Nodo(LICENCIA)
_DISPONIBLE = Nodo(f"{_UE}/planned-availability/STABLE")
_SHA256 = Nodo("spdx:checksumAlgorithm_sha256")
_TIPO = "rdf:type"

Publicados = Mapping[Conjunto, Sequence[Edicion]]


@dataclass(frozen=True, slots=True)
class Editor:
    """Who publishes. `base`: the address of the platform; `pagina`: that of the catalogue; `titulo` and
    `descripcion`, of the catalogue."""

    nombre: str
    base: str
    pagina: str
    titulo: str
    descripcion: str

    @property
    def nodo(self) -> Nodo:
        return Nodo(f"{self.base}/#editor")

    def conjunto(self, conjunto: Conjunto) -> Nodo:
        return Nodo(f"{self.pagina}/{conjunto.id}")

    def edicion(self, conjunto: Conjunto, edicion: Edicion) -> Nodo:
        """A table is its only edition."""
        suyo = self.conjunto(conjunto)
        return suyo if conjunto.tabla else Nodo(f"{suyo.direccion}#{edicion.id}")


def describir(editor: Editor, publicados: Publicados) -> Iterator[Hecho]:
    """A dataset of editions is a series, each edition a dataset of it; what has no edition yet is not told.
    What is of one thing comes together."""
    yield from _catalogo(editor, publicados)
    yield from _vocabularios(editor)
    for conjunto, ediciones in publicados.items():
        if ediciones and conjunto.ediciones:
            yield from _serie(editor, conjunto, ediciones)
        for edicion in ediciones:
            yield from _dataset(editor, conjunto, edicion)
            for archivo in edicion.archivos:
                yield from _distribucion(editor, edicion, archivo)
        for servicio in conjunto.servicios if ediciones else ():
            yield from _servicio(editor, conjunto, servicio)


def _catalogo(editor: Editor, publicados: Publicados) -> Iterator[Hecho]:
    este = Nodo(editor.pagina)
    yield este, _TIPO, Nodo("dcat:Catalog")
    yield from _titulado(este, editor.titulo, editor.descripcion)
    yield este, "dct:publisher", editor.nodo
    yield este, "dct:language", _IDIOMA
    yield este, "dct:license", _LICENCIA
    yield este, "dct:spatial", _LUGAR
    yield este, "foaf:homepage", este
    yield este, "dcat:themeTaxonomy", _TEMAS
    hechas = [edicion.hecha_en for ediciones in publicados.values() for edicion in ediciones]
    if hechas:
        yield este, "dct:modified", _instante(max(hechas))
    for conjunto, ediciones in publicados.items():
        for edicion in ediciones:
            yield este, "dcat:dataset", editor.edicion(conjunto, edicion)


def _vocabularios(editor: Editor) -> Iterator[Hecho]:
    """What the things that we name are: who reads the catalogue alone need ask nobody."""
    yield editor.nodo, _TIPO, Nodo("foaf:Agent")
    yield editor.nodo, _TIPO, Nodo("vcard:Organization")
    yield editor.nodo, _TIPO, Nodo("vcard:Kind")
    yield editor.nodo, "foaf:name", Literal(editor.nombre, idioma="es")
    yield editor.nodo, "foaf:homepage", Nodo(f"{editor.base}/")
    yield editor.nodo, "vcard:fn", Literal(editor.nombre)
    yield editor.nodo, "vcard:hasURL", Nodo(f"{editor.base}/")
    yield Nodo(f"{editor.base}/"), _TIPO, Nodo("foaf:Document")
    yield Nodo(editor.pagina), _TIPO, Nodo("foaf:Document")
    yield _IDIOMA, _TIPO, Nodo("dct:LinguisticSystem")
    yield _LUGAR, _TIPO, Nodo("dct:Location")
    yield _LICENCIA, _TIPO, Nodo("dct:LicenseDocument")
    yield _SHA256, _TIPO, Nodo("spdx:ChecksumAlgorithm")
    yield _TEMAS, _TIPO, Nodo("skos:ConceptScheme")
    yield _TEMAS, "dct:title", Literal("Data theme", idioma="en")
    for concepto, nombre in ((_TEMA, "Gobierno y sector público"), (_DISPONIBLE, "estable")):
        yield concepto, _TIPO, Nodo("skos:Concept")
        yield concepto, "skos:prefLabel", Literal(nombre, idioma="es")


def _serie(editor: Editor, conjunto: Conjunto, ediciones: Sequence[Edicion]) -> Iterator[Hecho]:
    este = editor.conjunto(conjunto)
    yield este, _TIPO, Nodo("dcat:DatasetSeries")
    yield from _titulado(este, str(conjunto.titulo), str(conjunto.descripcion))
    yield from _comun(editor, este, conjunto)
    yield este, "dct:modified", _instante(max(e.hecha_en for e in ediciones))
    yield from _periodo(este, min(e.desde for e in ediciones), max(e.hasta for e in ediciones))


def _dataset(editor: Editor, conjunto: Conjunto, edicion: Edicion) -> Iterator[Hecho]:
    este = editor.edicion(conjunto, edicion)
    titulo = str(conjunto.titulo) if conjunto.tabla else f"{conjunto.titulo}: {edicion.titulo}"
    yield este, _TIPO, Nodo("dcat:Dataset")
    yield from _titulado(este, titulo, str(conjunto.descripcion))
    yield este, "dct:identifier", Literal(este.completa)
    yield from _comun(editor, este, conjunto)
    yield este, "dct:language", _IDIOMA
    yield este, "dct:modified", _instante(edicion.hecha_en)
    yield este, "dcat:theme", _TEMA
    yield este, "dcat:landingPage", editor.conjunto(conjunto)
    for palabra in conjunto.palabras:
        yield este, "dcat:keyword", Literal(str(palabra), idioma="es")
    if conjunto.ediciones:
        yield este, "dcat:inSeries", editor.conjunto(conjunto)
    for archivo in edicion.archivos:
        yield este, "dcat:distribution", _nodo_de(editor, archivo)
    yield from _periodo(este, edicion.desde, edicion.hasta)
    yield editor.conjunto(conjunto), _TIPO, Nodo("foaf:Document")


def _comun(editor: Editor, este: Nodo, conjunto: Conjunto) -> Iterator[Hecho]:
    yield este, "dct:publisher", editor.nodo
    yield este, "dcat:contactPoint", editor.nodo
    yield este, "dct:spatial", _LUGAR
    frecuencia = Nodo(f"{_UE}/frequency/{conjunto.frecuencia.value}")
    yield este, "dct:accrualPeriodicity", frecuencia
    yield frecuencia, _TIPO, Nodo("dct:Frequency")


def _periodo(este: Nodo, desde: date, hasta: date) -> Iterator[Hecho]:
    cuando = Nodo(f"{este.direccion}{'-' if '#' in este.direccion else '#'}periodo")
    yield este, "dct:temporal", cuando
    yield cuando, _TIPO, Nodo("dct:PeriodOfTime")
    yield cuando, "dcat:startDate", Literal(desde.isoformat(), "xsd:date")
    yield cuando, "dcat:endDate", Literal(hasta.isoformat(), "xsd:date")


def _nodo_de(editor: Editor, archivo: Archivo) -> Nodo:
    return Nodo(f"{editor.base}/{archivo.ruta}#distribucion")


def _distribucion(editor: Editor, edicion: Edicion, archivo: Archivo) -> Iterator[Hecho]:
    este, donde = _nodo_de(editor, archivo), Nodo(f"{editor.base}/{archivo.ruta}")
    yield este, _TIPO, Nodo("dcat:Distribution")
    yield este, "dct:title", Literal(f"{archivo.titulo}, {edicion.titulo}", idioma="es")
    yield este, "dcat:accessURL", donde
    yield este, "dcat:downloadURL", donde
    yield este, "dct:license", _LICENCIA
    yield este, "dct:language", _IDIOMA
    yield este, "dct:modified", _instante(edicion.hecha_en)
    yield este, "dcatap:availability", _DISPONIBLE
    yield este, "dcat:byteSize", Literal(str(archivo.bytes), "xsd:nonNegativeInteger")
    yield from _formato(este, archivo)
    suma = Nodo(f"{editor.base}/{archivo.ruta}#sha256")
    yield este, "spdx:checksum", suma
    yield suma, _TIPO, Nodo("spdx:Checksum")
    yield suma, "spdx:algorithm", _SHA256
    yield suma, "spdx:checksumValue", Literal(archivo.sha256, "xsd:hexBinary")


def _servicio(editor: Editor, conjunto: Conjunto, servicio: Servicio) -> Iterator[Hecho]:
    """Where it is asked for, of all the editions: a distribution with no file. Not a `dcat:DataService`: the
    shapes of DCAT-AP 3.0.1 name two of its properties that they do not define, so no checker can judge one.
    """
    este, tipo = Nodo(f"{editor.base}/{servicio.ruta}#distribucion"), Nodo(f"{_IANA}/application/json")
    yield editor.conjunto(conjunto), "dcat:distribution", este
    yield este, _TIPO, Nodo("dcat:Distribution")
    yield from _titulado(este, str(servicio.titulo), str(servicio.descripcion))
    yield este, "dcat:accessURL", Nodo(f"{editor.base}/{servicio.ruta}")
    yield este, "dct:license", _LICENCIA
    yield este, "dct:language", _IDIOMA
    yield este, "dcatap:availability", _DISPONIBLE
    yield este, "dcat:mediaType", tipo
    yield tipo, _TIPO, Nodo("dct:MediaType")


def _formato(este: Nodo, archivo: Archivo) -> Iterator[Hecho]:
    """A media type is one that IANA registered; of another there is the address that defines it. What comes
    in a ZIP are files together, and one file compressed in anything else."""
    if "://" in archivo.tipo:
        yield este, "dct:format", Nodo(archivo.tipo)
        yield Nodo(archivo.tipo), _TIPO, Nodo("dct:MediaTypeOrExtent")
        yield Nodo(archivo.tipo), _TIPO, Nodo("dct:MediaType")
    else:
        yield from _de_iana(este, "dcat:mediaType", archivo.tipo)
    if archivo.comprimido:
        como = "dcat:packageFormat" if archivo.comprimido == _ZIP else "dcat:compressFormat"
        yield from _de_iana(este, como, archivo.comprimido)


def _de_iana(este: Nodo, que: str, tipo: str) -> Iterator[Hecho]:
    yield este, que, Nodo(f"{_IANA}/{tipo}")
    yield Nodo(f"{_IANA}/{tipo}"), _TIPO, Nodo("dct:MediaType")


def _titulado(este: Nodo, titulo: str, descripcion: str) -> Iterator[Hecho]:
    yield este, "dct:title", Literal(titulo, idioma="es")
    yield este, "dct:description", Literal(descripcion, idioma="es")


def _instante(valor: datetime) -> Literal:
    return Literal(valor.isoformat(), "xsd:dateTime")
