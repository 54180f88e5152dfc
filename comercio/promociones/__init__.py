"""Promotions and coupons of sellers: what they take off a price, and with what it may be compared."""

from comercio.promociones.bloqueos import uso_de_la_compra
from comercio.promociones.en_listas import Rebajada, olvidar_promotores, rebajada_de, rebajadas
from comercio.promociones.errores import CuponNoVale
from comercio.promociones.esquemas import Codigo, CuponNuevo, PromocionNueva, RebajaFicha
from comercio.promociones.presentar import cuanto_menos, rebaja
from comercio.promociones.promover import dar_cupon, promover
from comercio.promociones.usar import (
    CuponAplicado,
    PorRebajar,
    aplicar_cupon,
    cupon_de_compra,
    normalizar,
    por_que_no_vale,
    restriccion_de,
    usar_cupon,
)

__all__ = [
    "Codigo",
    "CuponAplicado",
    "CuponNoVale",
    "CuponNuevo",
    "PorRebajar",
    "PromocionNueva",
    "RebajaFicha",
    "Rebajada",
    "aplicar_cupon",
    "cuanto_menos",
    "cupon_de_compra",
    "dar_cupon",
    "normalizar",
    "olvidar_promotores",
    "por_que_no_vale",
    "promover",
    "rebaja",
    "rebajada_de",
    "rebajadas",
    "restriccion_de",
    "usar_cupon",
    "uso_de_la_compra",
]
