"""The reverse fair: public entities show what they need, registered units bid for it in closed envelopes.

What ends in `_con` acts on an authorisation already judged.
"""

from feria_inversa import datos_abiertos as datos_abiertos  # each act is published there
from feria_inversa.designaciones import Nombramiento
from feria_inversa.evaluacion import DecisionEntrada
from feria_inversa.fachada import (
    abrir_con,
    aceptar_con,
    adjudicar_con,
    cancelar_con,
    comparar,
    crear_con,
    designar_en_proceso,
    emitir_con,
    items_de,
    ordenes_de,
    preguntar,
    presentar_con,
    publicar_con,
    responder_pregunta,
)
from feria_inversa.ofertas import LineaEntrada
from feria_inversa.papeles import Papel
from feria_inversa.procesos import ConvocatoriaEntrada, ItemEntrada, cerrar_recepcion
from feria_inversa.reglas import Clave, Valor, agregar_modalidad, agregar_norma

__all__ = [
    "Clave",
    "ConvocatoriaEntrada",
    "DecisionEntrada",
    "ItemEntrada",
    "LineaEntrada",
    "Nombramiento",
    "Papel",
    "Valor",
    "abrir_con",
    "aceptar_con",
    "adjudicar_con",
    "agregar_modalidad",
    "agregar_norma",
    "cancelar_con",
    "cerrar_recepcion",
    "comparar",
    "crear_con",
    "designar_en_proceso",
    "emitir_con",
    "items_de",
    "ordenes_de",
    "preguntar",
    "presentar_con",
    "publicar_con",
    "responder_pregunta",
]
