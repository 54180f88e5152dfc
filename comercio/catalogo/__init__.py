"""What is sold: products, their pictures, their categories."""

from comercio.catalogo.bloqueos import bloquear_de_existencias, bloquear_de_variantes, bloquear_producto
from comercio.catalogo.categorias import Arbol, Nodo, arbol
from comercio.catalogo.consultas import Detalle, detalle_de_producto, titulos_de
from comercio.catalogo.errores import (
    CantidadInvalida,
    ElijaVariante,
    ProductoNoEncontrado,
    VarianteNoEncontrada,
)
from comercio.catalogo.esquemas import (
    Escalon,
    MotivoDeAjuste,
    MovimientoNuevo,
    ProductoBreve,
    ProductoCambios,
    ProductoNuevo,
    VarianteCambios,
    VarianteNueva,
    VendedorDePedido,
)
from comercio.catalogo.estados import EstadoProducto, EstadoVariante, Modalidad, Motivo, nombre_estado
from comercio.catalogo.historial import (
    HISTORIAL,
    PrecioDesde,
    desde_cuanto,
    hace_dias,
    leer_historial,
    menor_en,
)
from comercio.catalogo.importar import ProductoImportado, importar_productos
from comercio.catalogo.medidas import Cantidad, UnidadMedida, cabe_en, en_su_medida
from comercio.catalogo.movimientos import anotar_movimientos, exigir_medida, lugar_principal
from comercio.catalogo.opciones import (
    OPCIONES,
    REBAJA,
    Opcion,
    opcion_de,
    opciones_de,
    opciones_por_id,
    rebajada_de,
    variante_pedida,
    variantes_pedidas,
)
from comercio.catalogo.palabras import en_medida, en_palabras, medida, medidas, quedan
from comercio.catalogo.precios import (
    LINEAS_MAXIMAS,
    Cambio,
    Como,
    LineaDePrecio,
    QueVariantes,
    cambiar_precios,
    proponer_precios,
    variantes_de,
)
from comercio.catalogo.presentar import rebaja, vendedor
from comercio.catalogo.publicar import crear_producto, editar_producto, poner_en
from comercio.catalogo.rebajas import ClaseDeRebaja, Rebaja, Rebajada, la_menor, rebaja_de
from comercio.catalogo.variantes import existencia_principal, unica_variante
from comercio.catalogo.variar import crear_variante, editar_variante, mover_existencia

__all__ = [
    "HISTORIAL",
    "LINEAS_MAXIMAS",
    "OPCIONES",
    "REBAJA",
    "Arbol",
    "Cambio",
    "Cantidad",
    "CantidadInvalida",
    "ClaseDeRebaja",
    "Como",
    "Detalle",
    "ElijaVariante",
    "Escalon",
    "EstadoProducto",
    "EstadoVariante",
    "LineaDePrecio",
    "Modalidad",
    "Motivo",
    "MotivoDeAjuste",
    "MovimientoNuevo",
    "Nodo",
    "Opcion",
    "PrecioDesde",
    "ProductoBreve",
    "ProductoCambios",
    "ProductoImportado",
    "ProductoNoEncontrado",
    "ProductoNuevo",
    "QueVariantes",
    "Rebaja",
    "Rebajada",
    "UnidadMedida",
    "VarianteCambios",
    "VarianteNoEncontrada",
    "VarianteNueva",
    "VendedorDePedido",
    "anotar_movimientos",
    "arbol",
    "bloquear_de_existencias",
    "bloquear_de_variantes",
    "bloquear_producto",
    "cabe_en",
    "cambiar_precios",
    "crear_producto",
    "crear_variante",
    "desde_cuanto",
    "detalle_de_producto",
    "editar_producto",
    "editar_variante",
    "en_medida",
    "en_palabras",
    "en_su_medida",
    "exigir_medida",
    "existencia_principal",
    "hace_dias",
    "importar_productos",
    "la_menor",
    "leer_historial",
    "lugar_principal",
    "medida",
    "medidas",
    "menor_en",
    "mover_existencia",
    "nombre_estado",
    "opcion_de",
    "opciones_de",
    "opciones_por_id",
    "poner_en",
    "proponer_precios",
    "quedan",
    "rebaja",
    "rebaja_de",
    "rebajada_de",
    "titulos_de",
    "unica_variante",
    "variante_pedida",
    "variantes_de",
    "variantes_pedidas",
    "vendedor",
]
