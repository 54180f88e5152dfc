"""A unit as the API names it."""

from empresa_digital.registro import Unidad
from feria_inversa.entidades.esquemas import UnidadResumen


def unidad_breve(unidad: Unidad) -> UnidadResumen:
    return UnidadResumen(id=unidad.id, numero=unidad.numero, nombre=unidad.nombre)
