"""The public log: an RFC 6962 tree of facts that anybody can check, with signed heads (diseno.md D15).

The lowest room above the kernel, so that every other may put a leaf.
"""

from constancia.anotar import anotar, anotar_varios, hash_de
from constancia.comprobar import comprobar_constancia
from constancia.consultas import hashes_que_faltan, hojas_de_mas, objetos_con_hojas
from constancia.integrar import integrar_pendientes
from constancia.merkle import RAIZ_VACIA, camino_de, hash_de_hoja, incluida, raiz_de, raiz_por_camino
from constancia.palabras import registrar_tipo
from constancia.publicados import anotar_archivos, hoja_de_archivos
from constancia.recibos import Recibo, firmar_recibo
from constancia.verificar import verificar_constancia

__all__ = [
    "RAIZ_VACIA",
    "Recibo",
    "anotar",
    "anotar_archivos",
    "anotar_varios",
    "camino_de",
    "comprobar_constancia",
    "firmar_recibo",
    "hash_de",
    "hash_de_hoja",
    "hashes_que_faltan",
    "hoja_de_archivos",
    "hojas_de_mas",
    "incluida",
    "integrar_pendientes",
    "objetos_con_hojas",
    "raiz_de",
    "raiz_por_camino",
    "registrar_tipo",
    "verificar_constancia",
]
