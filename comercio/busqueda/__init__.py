"""Search over what is on sale."""

from comercio.busqueda.buscar import buscar_productos, otros_del_vendedor, sugerir
from comercio.busqueda.enlaces import Enlaces, filtros_de_consulta
from comercio.busqueda.entender import raices_de
from comercio.busqueda.facetas import olvidar_facetas
from comercio.busqueda.listas import fichas_de
from comercio.busqueda.novedades import enlace_de_novedades
from comercio.busqueda.palabras import DEPARTAMENTOS
from comercio.busqueda.parecidos import EnVenta, parecidos_de
from comercio.busqueda.valores import ORDENES, Ficha, Filtros, Resultado

__all__ = [
    "DEPARTAMENTOS",
    "ORDENES",
    "EnVenta",
    "Enlaces",
    "Ficha",
    "Filtros",
    "Resultado",
    "buscar_productos",
    "enlace_de_novedades",
    "fichas_de",
    "filtros_de_consulta",
    "olvidar_facetas",
    "otros_del_vendedor",
    "parecidos_de",
    "raices_de",
    "sugerir",
]
