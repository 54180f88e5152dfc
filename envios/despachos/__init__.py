"""Bags, manifests, their reception, hand-overs in bulk and the route sheet of the day."""

from envios.despachos import despachos, hojas, recibir, sacas
from envios.despachos.consultas import contenido_de_saca
from envios.despachos.modelos import Saca
from envios.despachos.presentar import rondas_de_hoy
from nucleo.fachada import con_valor, sin_fila


def _numero(saca: Saca) -> str:
    return saca.numero


abrir_saca = con_valor(sacas.abrir_saca, _numero)
"""Answers with the number of the bag."""
agregar_a_la_hoja = sin_fila(hojas.agregar)
cargar = sin_fila(despachos.cargar)
cerrar_recepcion = sin_fila(recibir.cerrar_recepcion)
cerrar_saca = sin_fila(sacas.cerrar_saca)
despachar = sin_fila(despachos.despachar)
meter = sin_fila(sacas.meter)
preparar_despacho = sin_fila(despachos.preparar_despacho)
preparar_hoja = sin_fila(hojas.preparar_hoja)
recibir_en_destino = sin_fila(recibir.recibir)
salir_a_reparto = sin_fila(hojas.salir)

__all__ = [
    "abrir_saca",
    "agregar_a_la_hoja",
    "cargar",
    "cerrar_recepcion",
    "cerrar_saca",
    "contenido_de_saca",
    "despachar",
    "meter",
    "preparar_despacho",
    "preparar_hoja",
    "recibir_en_destino",
    "rondas_de_hoy",
    "salir_a_reparto",
]
