"""What postal operators owe: cash collected on delivery, and indemnities; each with its date and its end."""

from envios.deudas.abrir import abrir, seguir_entrega
from envios.deudas.accesos import operador_con
from envios.deudas.avisos import avisar_sin_rendir
from envios.deudas.bloqueos import bloquear_cobros
from envios.deudas.ceder import Cedido, bloquear_lo_cobrado, ceder, lo_cedido
from envios.deudas.cobros import cobrar_al_entregar, cobros_de
from envios.deudas.consultas import (
    Vencimiento,
    contra_entrega_de,
    deudas_de_envio,
    exigir_sin_mora,
    operadores_en_mora,
    quienes_no_rinden,
    vencimientos,
)
from envios.deudas.errores import DeudaDistinta, OperadorEnMora
from envios.deudas.estados import ClaseDeDeuda, EstadoDeuda
from envios.deudas.pagar import cerrar_ronda, pagar_en_efectivo
from envios.deudas.valores import DeudaDeOperador, Mora

__all__ = [
    "Cedido",
    "ClaseDeDeuda",
    "DeudaDeOperador",
    "DeudaDistinta",
    "EstadoDeuda",
    "Mora",
    "OperadorEnMora",
    "Vencimiento",
    "abrir",
    "avisar_sin_rendir",
    "bloquear_cobros",
    "bloquear_lo_cobrado",
    "ceder",
    "cerrar_ronda",
    "cobrar_al_entregar",
    "cobros_de",
    "contra_entrega_de",
    "deudas_de_envio",
    "exigir_sin_mora",
    "lo_cedido",
    "operador_con",
    "operadores_en_mora",
    "pagar_en_efectivo",
    "quienes_no_rinden",
    "seguir_entrega",
    "vencimientos",
]
