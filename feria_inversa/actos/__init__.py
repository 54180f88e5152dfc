"""The acts of a process: written once as they were, and published as they are done."""

from feria_inversa.actos.actas import (
    AMPLIACION,
    APERTURA,
    ENMIENDA,
    EVALUACION,
    INFORME,
    INTERRUPCION,
    REANUDACION,
    SUBASTA,
    SUSPENSION,
    Renglon,
    acta_de_clase,
    acta_numero,
    actas_de_clase,
    actas_de_versiones,
    levantar,
    renglon_de_clase,
    renglones_sin_version,
)
from feria_inversa.actos.json_exacto import Crudo, a_json
from feria_inversa.actos.publicacion import (
    al_publicar,
    antes_de_un_acto,
    avisar_de_un_acto,
    publicar_acto,
)

__all__ = [
    "AMPLIACION",
    "APERTURA",
    "ENMIENDA",
    "EVALUACION",
    "INFORME",
    "INTERRUPCION",
    "REANUDACION",
    "SUBASTA",
    "SUSPENSION",
    "Crudo",
    "Renglon",
    "a_json",
    "acta_de_clase",
    "acta_numero",
    "actas_de_clase",
    "actas_de_versiones",
    "al_publicar",
    "antes_de_un_acto",
    "avisar_de_un_acto",
    "levantar",
    "publicar_acto",
    "renglon_de_clase",
    "renglones_sin_version",
]
