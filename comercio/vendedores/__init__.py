"""Who sells: the units for which somebody may sell, when they are away, and the authority over them."""

from comercio.vendedores.autoridad import es_autoridad, exigir_autoridad
from comercio.vendedores.mesa import mesa_de
from comercio.vendedores.tiendas import elegir_tienda, tiendas_de
from comercio.vendedores.vacaciones import (
    de_vacaciones,
    esta_de_vacaciones,
    exigir_dias,
    terminar_vacaciones,
    tomar_vacaciones,
    vacaciones_de,
    vuelve_de,
)

__all__ = [
    "de_vacaciones",
    "elegir_tienda",
    "es_autoridad",
    "esta_de_vacaciones",
    "exigir_autoridad",
    "exigir_dias",
    "mesa_de",
    "terminar_vacaciones",
    "tiendas_de",
    "tomar_vacaciones",
    "vacaciones_de",
    "vuelve_de",
]
