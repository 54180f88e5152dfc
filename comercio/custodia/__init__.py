"""The money of an order: in at the purchase, freed by a date, held by a dispute."""

from comercio.custodia.compromiso import EstadoCompromiso, Garantia
from comercio.custodia.estados import VIVA, EstadoCustodia
from comercio.custodia.mover import (
    NuevaCustodia,
    cobrada,
    congelar,
    desfechar,
    detener_por_banco,
    devolver,
    fechar,
    guardar,
    liberar,
    mudar,
    no_cobrar,
    por_cobrar,
    prometer,
    soltar,
    soltar_del_banco,
)
from comercio.custodia.valores import DineroDePedido, dinero_de, dineros_de

__all__ = [
    "VIVA",
    "DineroDePedido",
    "EstadoCompromiso",
    "EstadoCustodia",
    "Garantia",
    "NuevaCustodia",
    "cobrada",
    "congelar",
    "desfechar",
    "detener_por_banco",
    "devolver",
    "dinero_de",
    "dineros_de",
    "fechar",
    "guardar",
    "liberar",
    "mudar",
    "no_cobrar",
    "por_cobrar",
    "prometer",
    "soltar",
    "soltar_del_banco",
]
