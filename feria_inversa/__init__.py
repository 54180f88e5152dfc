"""The reverse fair: public entities show what they need, registered units bid for it in closed envelopes.

What ends in `_con` acts on an authorisation already judged.
"""

from feria_inversa import datos_abiertos as datos_abiertos  # each act is published there
from feria_inversa.certificaciones import CertificacionEntrada
from feria_inversa.compra_de_catalogo import CompraPedida, PagoDeCompra
from feria_inversa.designaciones import Nombramiento
from feria_inversa.documentos import Clase as ClaseDeDocumento
from feria_inversa.evaluacion import DecisionEntrada
from feria_inversa.fachada import (
    abrir_con,
    aceptar_con,
    adjudicar_con,
    aprobar_del_catalogo,
    cambiar_plan,
    cancelar_con,
    comparar,
    conformar_del_catalogo,
    crear_con,
    crear_plan,
    designar_en_entidad,
    designar_en_proceso,
    emitir_con,
    ensayar_clave,
    entregar_parte,
    items_de,
    linea_de_plan,
    llamar_otra_vez_con,
    nombrar_depositarios,
    ordenes_de,
    pagar_del_catalogo,
    pedir_del_catalogo,
    pedir_documentos,
    preguntar,
    presentar_con,
    publicar_con,
    publicar_plan,
    pujar_con,
    registrar_certificacion,
    responder_pregunta,
    subir_documento,
    terminar_subasta,
    traer_clave,
)
from feria_inversa.llaves import publica_del
from feria_inversa.ofertas import LineaEntrada
from feria_inversa.papeles import Papel
from feria_inversa.plan import Cambio as CambioDePlan
from feria_inversa.plan import LineaEntrada as LineaDePlan
from feria_inversa.procesos import ConvocatoriaEntrada, ItemEntrada, PedidoEntrada, cerrar_recepcion
from feria_inversa.reglas import Clave, Valor, agregar_modalidad, agregar_norma

__all__ = [
    "CambioDePlan",
    "CertificacionEntrada",
    "ClaseDeDocumento",
    "Clave",
    "CompraPedida",
    "ConvocatoriaEntrada",
    "DecisionEntrada",
    "ItemEntrada",
    "LineaDePlan",
    "LineaEntrada",
    "Nombramiento",
    "PagoDeCompra",
    "Papel",
    "PedidoEntrada",
    "Valor",
    "abrir_con",
    "aceptar_con",
    "adjudicar_con",
    "agregar_modalidad",
    "agregar_norma",
    "aprobar_del_catalogo",
    "cambiar_plan",
    "cancelar_con",
    "cerrar_recepcion",
    "comparar",
    "conformar_del_catalogo",
    "crear_con",
    "crear_plan",
    "designar_en_entidad",
    "designar_en_proceso",
    "emitir_con",
    "ensayar_clave",
    "entregar_parte",
    "items_de",
    "linea_de_plan",
    "llamar_otra_vez_con",
    "nombrar_depositarios",
    "ordenes_de",
    "pagar_del_catalogo",
    "pedir_del_catalogo",
    "pedir_documentos",
    "preguntar",
    "presentar_con",
    "publica_del",
    "publicar_con",
    "publicar_plan",
    "pujar_con",
    "registrar_certificacion",
    "responder_pregunta",
    "subir_documento",
    "terminar_subasta",
    "traer_clave",
]
