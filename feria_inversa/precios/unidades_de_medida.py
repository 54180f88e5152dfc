"""Controlled units of measure, and the reading of the many spellings people use for them.

The SICOES files write 725 units in 14.981 items; a price is comparable only when its unit is one of a list.
Each unit carries its UN/CEFACT Recommendation 20 code where one exists, for OCDS.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class UnidadDeMedida:
    """`decimales`: how many decimals a quantity in this unit may carry (0: only whole ones)."""

    codigo: str
    nombre: str
    plural: str
    uncefact: str | None
    decimales: int
    sinonimos: tuple[str, ...] = ()


_LISTA = (
    UnidadDeMedida("unidad", "unidad", "unidades", "C62", 0, ("un", "u", "und", "uni", "unid", "udd", "c/u")),
    UnidadDeMedida("pieza", "pieza", "piezas", "H87", 0, ("pza", "pzas", "pz", "pzs", "pieszas")),
    UnidadDeMedida("equipo", "equipo", "equipos", None, 0, ("eq", "eqp")),
    UnidadDeMedida("juego", "juego", "juegos", "SET", 0, ("set", "sets", "jgo", "jgos")),
    UnidadDeMedida("kit", "kit", "kits", "KT", 0, ()),
    UnidadDeMedida("par", "par", "pares", "PR", 0, ()),
    UnidadDeMedida("docena", "docena", "docenas", "DZN", 0, ("doc",)),
    UnidadDeMedida("ciento", "ciento", "cientos", "CEN", 0, ()),
    UnidadDeMedida("millar", "millar", "millares", "MIL", 0, ()),
    UnidadDeMedida("caja", "caja", "cajas", "XBX", 0, ("cja", "cjas", "cj")),
    UnidadDeMedida("paquete", "paquete", "paquetes", "XPK", 0, ("paq", "paqs", "pqt", "pqte", "pack")),
    UnidadDeMedida("bolsa", "bolsa", "bolsas", "XBG", 0, ("bls", "bol")),
    UnidadDeMedida("saco", "saco", "sacos", "XSA", 0, ()),
    UnidadDeMedida("bidon", "bidón", "bidones", "XJC", 0, ("bid",)),
    UnidadDeMedida("balde", "balde", "baldes", "XBJ", 0, ()),
    UnidadDeMedida("tambor", "tambor", "tambores", "XDR", 0, ("turril", "turriles")),
    UnidadDeMedida("botella", "botella", "botellas", "XBO", 0, ("bot",)),
    UnidadDeMedida("frasco", "frasco", "frascos", "XJR", 0, ("fco", "fcos", "fra")),
    UnidadDeMedida("bote", "bote", "botes", "XTN", 0, ("lata", "latas")),
    UnidadDeMedida("tubo", "tubo", "tubos", "XTU", 0, ()),
    UnidadDeMedida("rollo", "rollo", "rollos", "XRO", 0, ("rll",)),
    UnidadDeMedida("sobre", "sobre", "sobres", "XEN", 0, ()),
    UnidadDeMedida("barra", "barra", "barras", "XBR", 0, ()),
    UnidadDeMedida("plancha", "plancha", "planchas", "XSL", 0, ()),
    UnidadDeMedida("hoja", "hoja", "hojas", "XST", 0, ()),
    UnidadDeMedida("talonario", "talonario", "talonarios", None, 0, ("block", "blocks")),
    UnidadDeMedida("ejemplar", "ejemplar", "ejemplares", None, 0, ("libro", "libros")),
    UnidadDeMedida("comprimido", "comprimido", "comprimidos", "U2", 0, ("comp", "tableta", "tabletas")),
    UnidadDeMedida("capsula", "cápsula", "cápsulas", "AV", 0, ("cap",)),
    UnidadDeMedida("ampolla", "ampolla", "ampollas", "AW", 0, ("amp", "inyectable", "inyectables")),
    UnidadDeMedida("jarabe", "jarabe", "jarabes", None, 0, ()),
    UnidadDeMedida("solucion", "solución", "soluciones", None, 0, ()),
    UnidadDeMedida("prueba", "prueba", "pruebas", None, 0, ("test", "tests", "determinacion")),
    UnidadDeMedida("dosis", "dosis", "dosis", None, 0, ()),
    UnidadDeMedida("plantin", "plantín", "plantines", None, 0, ()),
    UnidadDeMedida("racion", "ración", "raciones", None, 0, ()),
    UnidadDeMedida("kilogramo", "kilogramo", "kilogramos", "KGM", 3, ("kg", "kgs", "kilo", "kilos", "kgr")),
    UnidadDeMedida("gramo", "gramo", "gramos", "GRM", 3, ("g", "gr", "grs")),
    UnidadDeMedida("libra", "libra", "libras", "LBR", 2, ("lb", "lbs")),
    UnidadDeMedida("quintal", "quintal", "quintales", None, 2, ("qq", "qqs")),
    UnidadDeMedida("arroba", "arroba", "arrobas", None, 2, ("@",)),
    UnidadDeMedida("tonelada", "tonelada", "toneladas", "TNE", 4, ("tn", "ton", "t")),
    UnidadDeMedida("litro", "litro", "litros", "LTR", 3, ("l", "lt", "lts", "ltr", "ltrs")),
    UnidadDeMedida("mililitro", "mililitro", "mililitros", "MLT", 0, ("ml", "cc")),
    UnidadDeMedida("galon", "galón", "galones", "GLL", 2, ("gal", "gln")),
    UnidadDeMedida("metro", "metro", "metros", "MTR", 3, ("m", "mt", "mts", "mtr", "metro lineal")),
    UnidadDeMedida("metro_cuadrado", "metro cuadrado", "metros cuadrados", "MTK", 3, ("m2", "mt2", "mts2")),
    UnidadDeMedida("metro_cubico", "metro cúbico", "metros cúbicos", "MTQ", 3, ("m3", "mt3", "mts3")),
    UnidadDeMedida("hora", "hora", "horas", "HUR", 2, ("hr", "hrs", "h")),
    UnidadDeMedida("jornada", "jornada", "jornadas", None, 1, ("jornal", "jornales")),
    UnidadDeMedida("dia", "día", "días", "DAY", 0, ()),
    UnidadDeMedida("mes", "mes", "meses", "MON", 0, ()),
    UnidadDeMedida("viaje", "viaje", "viajes", None, 0, ()),
    UnidadDeMedida("servicio", "servicio", "servicios", "E48", 0, ("serv", "srv")),
    UnidadDeMedida("global", "global", "globales", None, 0, ("glb", "gbl", "gl", "glob")),
)
UNIDADES: dict[str, UnidadDeMedida] = {unidad.codigo: unidad for unidad in _LISTA}


def _clave(texto: str) -> str:
    """Lower case, without accents, full stops or blanks: PDF columns cut words in two («INYECTA BLE»)."""
    sin_acentos = unicodedata.normalize("NFKD", texto).encode("ascii", "ignore").decode()
    return re.sub(r"[\s._-]+", "", sin_acentos.lower())


_POR_CLAVE = {
    _clave(escrito): unidad.codigo
    for unidad in _LISTA
    for escrito in (unidad.codigo, unidad.nombre, unidad.plural, *unidad.sinonimos)
}


def normalizar(texto: str) -> str | None:
    """The code of the unit that somebody wrote (`"PZAS."`, `"COMPRIMI DO"`), or None if not in the list."""
    return _POR_CLAVE.get(_clave(texto))


def nombre_de(codigo: str, cantidad: Decimal) -> str:
    """The unit's name for this quantity: «pieza» or «piezas»."""
    unidad = UNIDADES[codigo]
    return unidad.nombre if cantidad == 1 else unidad.plural
