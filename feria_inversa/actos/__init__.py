"""The acts of a process: written once as they were, and published as they are done."""

from feria_inversa.actos.actas import APERTURA, acta_de_clase, acta_numero, levantar
from feria_inversa.actos.json_exacto import Crudo, a_json
from feria_inversa.actos.publicacion import al_publicar, publicar_acto

__all__ = [
    "APERTURA",
    "Crudo",
    "a_json",
    "acta_de_clase",
    "acta_numero",
    "al_publicar",
    "levantar",
    "publicar_acto",
]
