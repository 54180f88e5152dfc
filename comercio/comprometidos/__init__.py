"""Orders of public entities: they hold a commitment of a budget, and are paid at conformity."""

from comercio.comprometidos.actos import anotar_o_proponer, pagar_o_proponer
from comercio.comprometidos.consultas import (
    compromiso_de,
    compromisos_de_compra,
    compromisos_de_pedidos,
    contar_por_pagar,
    intervinieron,
    pagos_dichos,
    pedidos_adeudados,
    vendido_en,
)
from comercio.comprometidos.cotizar import formas_de_oferta, importe_de_hoy, porte_de_oferta
from comercio.comprometidos.deudas import contar_deudas, contar_entidades_tarde
from comercio.comprometidos.pagos import (
    anotar_pago_fuera,
    elegir_con_que_se_paga,
    pagar,
    responder_pago_fuera,
)
from comercio.comprometidos.pedir import ordenar
from comercio.comprometidos.valores import CompromisoLeido, OrdenDeEntidad, Vendido
from comercio.custodia import PagoFuera

__all__ = [
    "CompromisoLeido",
    "OrdenDeEntidad",
    "PagoFuera",
    "Vendido",
    "anotar_o_proponer",
    "anotar_pago_fuera",
    "compromiso_de",
    "compromisos_de_compra",
    "compromisos_de_pedidos",
    "contar_deudas",
    "contar_entidades_tarde",
    "contar_por_pagar",
    "elegir_con_que_se_paga",
    "formas_de_oferta",
    "importe_de_hoy",
    "intervinieron",
    "ordenar",
    "pagar",
    "pagar_o_proponer",
    "pagos_dichos",
    "pedidos_adeudados",
    "porte_de_oferta",
    "responder_pago_fuera",
    "vendido_en",
]
