"""Events published here; `objeto_id` is the report or the taking off sale, `datos` carry the product."""

DENUNCIA_TERMINADA = "DenunciaDeProductoTerminada"
PRODUCTO_INTERVENIDO = "ProductoIntervenido"
INTERVENCION_MOVIDA = "IntervencionDeProductoMovida"
