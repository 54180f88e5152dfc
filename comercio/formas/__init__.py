"""How what was bought gets to who bought it: what each seller offers, and who pays for it."""

from comercio.formas.estados import FormaDeEntrega
from comercio.formas.ofrecer import (
    OFRECIDAS,
    SIN_COBRO,
    Cobro,
    Forma,
    a_donde_reparte,
    declarar,
    formas_de,
    leer_formas,
)
from comercio.formas.portes import PorLlevar, Porte, olvidar_tarifas, portes

__all__ = [
    "OFRECIDAS",
    "SIN_COBRO",
    "Cobro",
    "Forma",
    "FormaDeEntrega",
    "PorLlevar",
    "Porte",
    "a_donde_reparte",
    "declarar",
    "formas_de",
    "leer_formas",
    "olvidar_tarifas",
    "portes",
]
