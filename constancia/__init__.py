"""The public log: an RFC 6962 tree of facts that anybody can check, with signed heads (diseno.md D15).

The lowest room above the kernel, so that every other may put a leaf.
"""

from constancia.anotar import anotar, anotar_varios, hash_de
from constancia.comprobar import (
    Dicho,
    comprobar_constancia,
    decir_constancia,
    fallas_de_hojas,
    registrar_prueba,
)
from constancia.consultas import en_el_arbol, hashes_que_faltan, hojas_de_mas, objetos_con_hojas
from constancia.errores import HojaInexistente, HojaPendiente
from constancia.esquemas import PruebaDeHojas
from constancia.integrar import integrar_pendientes
from constancia.merkle import RAIZ_VACIA, camino_de, hash_de_hoja, incluida, raiz_de, raiz_por_camino
from constancia.palabras import frases_de, registrar_frases, registrar_tipo
from constancia.pruebas import prueba_de_hojas
from constancia.publicados import anotar_archivos, hoja_de_archivos
from constancia.recibos import Recibo, firmar_recibo
from constancia.verificar import verificar_constancia

__all__ = [
    "RAIZ_VACIA",
    "Dicho",
    "HojaInexistente",
    "HojaPendiente",
    "PruebaDeHojas",
    "Recibo",
    "anotar",
    "anotar_archivos",
    "anotar_varios",
    "camino_de",
    "comprobar_constancia",
    "decir_constancia",
    "en_el_arbol",
    "fallas_de_hojas",
    "firmar_recibo",
    "frases_de",
    "hash_de",
    "hash_de_hoja",
    "hashes_que_faltan",
    "hoja_de_archivos",
    "hojas_de_mas",
    "incluida",
    "integrar_pendientes",
    "objetos_con_hojas",
    "prueba_de_hojas",
    "raiz_de",
    "raiz_por_camino",
    "registrar_frases",
    "registrar_prueba",
    "registrar_tipo",
    "verificar_constancia",
]
