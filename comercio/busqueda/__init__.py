"""Search over what is on sale."""

from comercio.busqueda.buscar import otros_del_vendedor, sugerir
from comercio.busqueda.entender import raices_de
from comercio.busqueda.novedades import enlace_de_novedades
from comercio.busqueda.valores import Ficha

__all__ = ["Ficha", "enlace_de_novedades", "otros_del_vendedor", "raices_de", "sugerir"]
