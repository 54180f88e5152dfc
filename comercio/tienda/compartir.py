"""A product as others show it: its address in words, what a link to it shows, what search engines read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from comercio.catalogo import Detalle, Modalidad, Nodo, Opcion, foto_compartida, rebajada_de
from comercio.opiniones import Distribucion
from nucleo.configuracion import ajustes
from nucleo.dinero import formato_bs
from nucleo.lectores import sin_acentos


@dataclass(frozen=True, slots=True)
class Compartida:
    """Addresses are whole, with the server's. `datos` is its JSON-LD (schema.org)."""

    url: str
    titulo: str
    descripcion: str
    foto: str | None
    foto_descripcion: str
    datos: dict[str, Any]


def direccion(producto_id: UUID, titulo: str) -> str:
    """`/productos/…/chompa-de-alpaca`: the id says which it is, the words are for people."""
    palabras = re.sub(r"[^a-z0-9]+", "-", sin_acentos(titulo))[:80].strip("-")
    return f"/productos/{producto_id}/{palabras}" if palabras else f"/productos/{producto_id}"


def absoluta(ruta: str) -> str:
    return ajustes().url_publica + ruta


def compartida(detalle: Detalle, camino: Sequence[Nodo], dicho: Distribucion) -> Compartida:
    p = detalle.producto
    precio = (rebajada_de(detalle.opciones) or p).precio
    fotos = [foto_compartida(f.archivo_id) for f in detalle.fotos]
    url, texto = absoluta(direccion(p.id, p.titulo)), " ".join(p.descripcion.split())
    return Compartida(
        url=url,
        titulo=p.titulo,
        descripcion=f"{formato_bs(precio)} · {p.vendedor_nombre}, {p.lugar}. {texto}"[:200].strip(),
        foto=fotos[0] if fotos else None,
        foto_descripcion=detalle.fotos[0].descripcion if fotos else "",
        datos={
            "@context": "https://schema.org",
            "@type": "Service" if p.modalidad == Modalidad.SERVICIO else "Product",
            "@id": url,
            "name": p.titulo,
            "description": texto or p.titulo,
            "category": " > ".join(nodo.nombre for nodo in camino),
            "image": fotos,
            "offers": [_oferta(opcion, url) for opcion in detalle.opciones],
        }
        | ({"countryOfOrigin": {"@type": "Country", "name": p.origen}} if p.origen else {})
        | _calificacion(dicho),
    )


def _calificacion(dicho: Distribucion) -> dict[str, Any]:
    """Nothing without reviews: a mean is never told without how many there are."""
    if dicho.media is None:
        return {}
    suma = {
        "@type": "AggregateRating",
        "ratingValue": f"{dicho.media}",
        "reviewCount": dicho.n,
        "bestRating": 5,
    }
    return {"aggregateRating": suma}


def _oferta(opcion: Opcion, url: str) -> dict[str, Any]:
    p = opcion.producto
    por_hacer = "MadeToOrder" if p.dias_de_elaboracion else "InStock"
    hay = por_hacer if opcion.disponible > 0 else "OutOfStock"
    return {
        "@type": "Offer",
        "url": url,
        "sku": opcion.variante.sku,
        "name": opcion.titulo,
        "price": f"{opcion.rebajado.amount:.2f}",
        "priceCurrency": "BOB",
        "availability": f"https://schema.org/{hay}",
        "seller": {"@type": "Organization", "name": p.vendedor_nombre},
    }
