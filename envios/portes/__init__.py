"""Postage: named account, held at the announcement, the operator's at the admission, exact to the centavo."""

from envios.portes.accesos import porte_a_la_vista
from envios.portes.cobros import por_cobrar
from envios.portes.consultas import espera_respuesta, excedente_de_item, porte_de, portes_de
from envios.portes.errores import PorteTerminado, SinExcedente, SinPorte
from envios.portes.esquemas import PorteLeido
from envios.portes.estados import EstadoExcedente, EstadoPorte
from envios.portes.liquidar import devolver_recojo, saldar, toca_saldar
from envios.portes.medir import fijar_medida
from envios.portes.retener import cobrado_en_ventanilla, retener
from envios.portes.valores import PorteDeItem

__all__ = [
    "EstadoExcedente",
    "EstadoPorte",
    "PorteDeItem",
    "PorteLeido",
    "PorteTerminado",
    "SinExcedente",
    "SinPorte",
    "cobrado_en_ventanilla",
    "devolver_recojo",
    "espera_respuesta",
    "excedente_de_item",
    "fijar_medida",
    "por_cobrar",
    "porte_a_la_vista",
    "porte_de",
    "portes_de",
    "retener",
    "saldar",
    "toca_saldar",
]
