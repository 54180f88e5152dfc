"""Promotions and coupons of sellers: what they take off a price, and with what it may be compared."""

from comercio.promociones.bloqueos import uso_de_la_compra
from comercio.promociones.consultas import minimo_de_cupon
from comercio.promociones.crear import dar_cupon, promover
from comercio.promociones.en_listas import leer_rebajada, precios_rebajados, rebajadas
from comercio.promociones.errores import CuponNoVale
from comercio.promociones.esquemas import Codigo, CuponNuevo, PromocionNueva
from comercio.promociones.presentar import cuanto_menos
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
    "aplicar_cupon",
    "cuanto_menos",
    "cupon_de_compra",
    "dar_cupon",
    "leer_rebajada",
    "minimo_de_cupon",
    "normalizar",
    "por_que_no_vale",
    "precios_rebajados",
    "promover",
    "rebajadas",
    "restriccion_de",
    "usar_cupon",
    "uso_de_la_compra",
]
