"""Delivery with the recipient's code, its proof, and attempts; what the recipient chooses meanwhile."""

from envios.entrega.codigos import renovar_codigo
from envios.entrega.consultas import (
    eleccion_vigente,
    elecciones_vigentes,
    entregado_con_codigo,
    pruebas_de,
)
from envios.entrega.devolver import anunciar_devolucion, devolucion_de
from envios.entrega.elegir import Eleccion, elegir
from envios.entrega.entregar import entregar
from envios.entrega.esquemas import PruebaPorGuardar
from envios.entrega.formularios import PRORROGA
from envios.entrega.palabras import instrucciones_de
from envios.entrega.prueba import (
    DatosDePrueba,
    agregar_archivo,
    guardar_prueba,
    guardar_prueba_de_evento,
    probar_entrega,
)
from envios.entrega.tipos import ClaseDeArchivo, QuienPuede, Relacion
from envios.entrega.vistas import PanelDeEntrega, panel_de

__all__ = [
    "PRORROGA",
    "ClaseDeArchivo",
    "DatosDePrueba",
    "Eleccion",
    "PanelDeEntrega",
    "PruebaPorGuardar",
    "QuienPuede",
    "Relacion",
    "agregar_archivo",
    "anunciar_devolucion",
    "devolucion_de",
    "eleccion_vigente",
    "elecciones_vigentes",
    "elegir",
    "entregado_con_codigo",
    "entregar",
    "guardar_prueba",
    "guardar_prueba_de_evento",
    "instrucciones_de",
    "panel_de",
    "probar_entrega",
    "pruebas_de",
    "renovar_codigo",
]
