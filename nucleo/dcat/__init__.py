"""Open data: each room registers its datasets, and all of them together are a catalogue (DCAT-AP 3).

A dataset is a series of editions whose files its room keeps (a month each, say), or one table of figures that
whoever publishes the catalogue writes and keeps.
"""

from nucleo.dcat.catalogo import LICENCIA, Editor, describir
from nucleo.dcat.conjuntos import (
    Archivo,
    Conjunto,
    Edicion,
    Frecuencia,
    Servicio,
    TablaAbierta,
    conjuntos,
    registrar,
)
from nucleo.dcat.escribir import en_jsonld, en_turtle
from nucleo.dcat.pocos import K, callar_pocos

__all__ = [
    "LICENCIA",
    "Archivo",
    "Conjunto",
    "Edicion",
    "Editor",
    "Frecuencia",
    "K",
    "Servicio",
    "TablaAbierta",
    "callar_pocos",
    "conjuntos",
    "describir",
    "en_jsonld",
    "en_turtle",
    "registrar",
]
