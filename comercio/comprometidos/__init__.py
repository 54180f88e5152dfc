"""Orders of public entities: they hold a commitment of a budget, and are paid at conformity."""

from comercio.comprometidos.consultas import (
    compromiso_de,
    compromisos_de,
    compromisos_de_compra,
    con_compromisos,
)
from comercio.comprometidos.pagar import anotar_pago_fuera, pagar, responder_pago_fuera
from comercio.comprometidos.pedir import ordenar
from comercio.comprometidos.valores import CompromisoLeido, OrdenDeEntidad
from comercio.custodia import PagoFuera

__all__ = [
    "CompromisoLeido",
    "OrdenDeEntidad",
    "PagoFuera",
    "anotar_pago_fuera",
    "compromiso_de",
    "compromisos_de",
    "compromisos_de_compra",
    "con_compromisos",
    "ordenar",
    "pagar",
    "responder_pago_fuera",
]
