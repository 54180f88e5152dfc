"""Atom feeds (RFC 4287): news for a reader of one's own choice."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from lxml import etree
from starlette.responses import Response

from nucleo.configuracion import ajustes

_NS = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entrada:
    """One piece of news; `enlace` is a path of this platform."""

    id: UUID
    titulo: str
    enlace: str
    momento: datetime
    texto: str = ""


def atom(id: UUID, titulo: str, enlace: str, entradas: Sequence[Entrada], momento: datetime) -> Response:
    """The feed, newest first; `momento` is for one without entries. Private: nothing between may keep it."""
    raiz = etree.Element(f"{{{_NS}}}feed", nsmap={None: _NS})
    _cabeza(raiz, id, titulo, enlace, entradas[0].momento if entradas else momento)
    _texto(etree.SubElement(raiz, f"{{{_NS}}}author"), "name", "Qhatu")
    for entrada in entradas:
        nodo = etree.SubElement(raiz, f"{{{_NS}}}entry")
        _cabeza(nodo, entrada.id, entrada.titulo, entrada.enlace, entrada.momento)
        if entrada.texto:
            _texto(nodo, "summary", entrada.texto)
    cuerpo = etree.tostring(raiz, xml_declaration=True, encoding="UTF-8")
    return Response(cuerpo, media_type="application/atom+xml", headers={"Cache-Control": "private, no-store"})


def _cabeza(nodo: etree._Element, id: UUID, titulo: str, enlace: str, momento: datetime) -> None:
    _texto(nodo, "id", f"urn:uuid:{id}")
    _texto(nodo, "title", titulo)
    _texto(nodo, "updated", momento.astimezone(UTC).isoformat())
    etree.SubElement(nodo, f"{{{_NS}}}link", href=ajustes().url_publica + enlace)


def _texto(padre: etree._Element, nombre: str, texto: str) -> None:
    etree.SubElement(padre, f"{{{_NS}}}{nombre}").text = _NO_XML.sub("", str(texto))
