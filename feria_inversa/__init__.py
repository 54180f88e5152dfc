"""The reverse fair: public entities show what they need, registered units bid for it in closed envelopes.

What ends in `_con` acts on an authorisation already judged.
"""

from feria_inversa.adjudicacion import adjudicar_con, emitir_con
from feria_inversa.apertura import abrir_con
from feria_inversa.consultas import comparar_por_id, items_de
from feria_inversa.convocatorias import cancelar_con, cerrar_recepcion, crear_con, publicar_con
from feria_inversa.esquemas import ConvocatoriaEntrada, DecisionEntrada, ItemEntrada, LineaEntrada
from feria_inversa.modalidades import agregar_modalidad
from feria_inversa.ofertas import presentar_con

__all__ = [
    "ConvocatoriaEntrada",
    "DecisionEntrada",
    "ItemEntrada",
    "LineaEntrada",
    "abrir_con",
    "adjudicar_con",
    "agregar_modalidad",
    "cancelar_con",
    "cerrar_recepcion",
    "comparar_por_id",
    "crear_con",
    "emitir_con",
    "items_de",
    "presentar_con",
    "publicar_con",
]
