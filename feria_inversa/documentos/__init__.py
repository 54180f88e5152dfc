"""The documents of a process: files with their versions, each since a version of the process."""

from feria_inversa.documentos.clases import NOMBRES, Clase, ClaseTraida, opciones_de_clase
from feria_inversa.documentos.consultas import (
    Publicado,
    Version,
    documentos_de,
    retrato_de,
    version_publica,
)
from feria_inversa.documentos.dbc import Adjunto, DatosDelDbc, LoteDelDbc, Renglon
from feria_inversa.documentos.errores import DocumentoNoEncontrado
from feria_inversa.documentos.guardar import (
    DocumentoNuevo,
    agregar,
    agregar_dbc,
    copiar,
    leer_documento,
    quitar,
    quitar_todos,
)
from feria_inversa.documentos.modelos import DOCUMENTOS_MAXIMOS, PEDIDOS_MAXIMOS
from feria_inversa.documentos.pedidos import (
    Pedido,
    pedidos_de,
    poner_pedidos,
    retrato_de_pedidos,
    usuales,
)

__all__ = [
    "DOCUMENTOS_MAXIMOS",
    "NOMBRES",
    "PEDIDOS_MAXIMOS",
    "Adjunto",
    "Clase",
    "ClaseTraida",
    "DatosDelDbc",
    "DocumentoNoEncontrado",
    "DocumentoNuevo",
    "LoteDelDbc",
    "Pedido",
    "Publicado",
    "Renglon",
    "Version",
    "agregar",
    "agregar_dbc",
    "copiar",
    "documentos_de",
    "leer_documento",
    "opciones_de_clase",
    "pedidos_de",
    "poner_pedidos",
    "quitar",
    "quitar_todos",
    "retrato_de",
    "retrato_de_pedidos",
    "usuales",
    "version_publica",
]
