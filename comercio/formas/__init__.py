"""How what was bought gets to who bought it: what each seller offers, and who pays for it."""

from comercio.formas.estados import FormaDeEntrega
from comercio.formas.ofrecer import (
    SIN_COBRO,
    Cobro,
    Forma,
    a_donde_reparte,
    declarar,
    formas_de,
    leer_formas,
    ofrecidas,
)
from comercio.formas.portes import PorLlevar, Porte, en_dias, olvidar_tarifas, portes

__all__ = [
    "SIN_COBRO",
    "Cobro",
    "Forma",
    "FormaDeEntrega",
    "PorLlevar",
    "Porte",
    "a_donde_reparte",
    "declarar",
    "en_dias",
    "formas_de",
    "leer_formas",
    "ofrecidas",
    "olvidar_tarifas",
    "portes",
]
