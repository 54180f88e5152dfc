"""Facts written as Turtle and as JSON-LD: the little of both that a catalogue needs.

Every node has an address, so there is none without a name, and no node inside another.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

PREFIJOS = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_NO_EN_UNA_DIRECCION = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_SE_ESCAPAN = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_CORTES = re.compile(r'["\\\x00-\x1f\x7f]')


@dataclass(frozen=True, slots=True)
class Nodo:
    """A thing, by its address, or by a name that begins with one of `PREFIJOS`: `dcat:Dataset`."""

    direccion: str

    @property
    def completa(self) -> str:
        """Its whole address, with nothing in it that an address may not have."""
        prefijo, dos_puntos, resto = self.direccion.partition(":")
        if dos_puntos and prefijo in PREFIJOS:
            return PREFIJOS[prefijo] + resto
        return _NO_EN_UNA_DIRECCION.sub(lambda c: f"%{ord(c[0]):02X}", self.direccion)


@dataclass(frozen=True, slots=True)
class Literal:
    """A text in a language, or a value of a type (`xsd:date`)."""

    texto: str
    tipo: str | None = None
    idioma: str | None = None


Valor = Nodo | Literal
Hecho = tuple[Nodo, str, Valor]
"""Of what, which of its properties (`dct:title`), what it is."""


def en_turtle(hechos: Iterable[Hecho]) -> str:
    """Facts of one thing stand together where they come one after another."""
    return "\n".join(_lineas(hechos)) + "\n"


def _lineas(hechos: Iterable[Hecho]) -> Iterator[str]:
    for prefijo, direccion in PREFIJOS.items():
        yield f"@prefix {prefijo}: <{direccion}> ."
    for sujeto, suyos in groupby(hechos, itemgetter(0)):
        yield ""
        yield f"<{sujeto.completa}>"
        yield (
            " ;\n".join(f"    {propiedad} {_en_turtle(valor)}" for _sujeto, propiedad, valor in suyos) + " ."
        )


def _en_turtle(valor: Valor) -> str:
    if isinstance(valor, Nodo):
        return f"<{valor.completa}>"
    escrito = f'"{_CORTES.sub(_escapar, valor.texto)}"'
    if valor.idioma:
        return f"{escrito}@{valor.idioma}"
    return f"{escrito}^^{valor.tipo}" if valor.tipo else escrito


def _escapar(caracter: re.Match[str]) -> str:
    return _SE_ESCAPAN.get(caracter[0], f"\\u{ord(caracter[0]):04X}")


def en_jsonld(hechos: Iterable[Hecho]) -> str:
    """One flat graph (JSON-LD 1.1)."""
    nodos: dict[str, dict[str, Any]] = {}
    for sujeto, propiedad, valor in hechos:
        nodo = nodos.setdefault(sujeto.completa, {"@id": sujeto.completa})
        if propiedad == "rdf:type":
            assert isinstance(valor, Nodo)
            _agregar(nodo, "@type", valor.completa)
        else:
            _agregar(nodo, propiedad, _en_jsonld(valor))
    return json.dumps({"@context": PREFIJOS, "@graph": list(nodos.values())}, ensure_ascii=False)


def _agregar(nodo: dict[str, Any], propiedad: str, valor: Any) -> None:
    """The same fact told again is one."""
    if valor not in nodo.setdefault(propiedad, []):
        nodo[propiedad].append(valor)


def _en_jsonld(valor: Valor) -> dict[str, str]:
    if isinstance(valor, Nodo):
        return {"@id": valor.completa}
    marca = {"@type": valor.tipo} if valor.tipo else {"@language": valor.idioma} if valor.idioma else {}
    return {"@value": valor.texto, **marca}
