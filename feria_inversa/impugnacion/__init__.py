"""Appeals against the decision on an item."""

from feria_inversa.impugnacion.consultas import impugnaciones_de
from feria_inversa.impugnacion.estados import EstadoImpugnacion, nombre_de_impugnacion
from feria_inversa.impugnacion.formularios import (
    IMPUGNACION,
    RESOLUCION,
    HojaDeImpugnacion,
    HojaDeResolucion,
)
from feria_inversa.impugnacion.impugnar import impugnar, retirar_impugnacion
from feria_inversa.impugnacion.resolver import decidieron, resolver_impugnacion

__all__ = [
    "IMPUGNACION",
    "RESOLUCION",
    "EstadoImpugnacion",
    "HojaDeImpugnacion",
    "HojaDeResolucion",
    "decidieron",
    "impugnaciones_de",
    "impugnar",
    "nombre_de_impugnacion",
    "resolver_impugnacion",
    "retirar_impugnacion",
]
