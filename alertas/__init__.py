"""Saved searches that go on by themselves: what is new comes to the mailbox, a webhook or a feed.

A room registers what it has (`registrar_emparejador`) and says what is new (`emparejar`): `docs/recetas.md`.
"""

from alertas.consultas import unidades_avisadas
from alertas.emparejadores import (
    Busqueda,
    Emparejador,
    Hallazgo,
    Objeto,
    registrar_emparejador,
)
from alertas.emparejar import emparejar, emparejar_varios
from alertas.presentar import enlace_para_avisarme

__all__ = [
    "Busqueda",
    "Emparejador",
    "Hallazgo",
    "Objeto",
    "emparejar",
    "emparejar_varios",
    "enlace_para_avisarme",
    "registrar_emparejador",
    "unidades_avisadas",
]
