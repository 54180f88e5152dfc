"""Controlled units of measure: a price is comparable only when its unit is one of a list.

Each unit carries its UN/CEFACT Recommendation 20 code where one exists, for OCDS.
"""

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
    UnidadDeMedida(
        "unidad",
        "unidad",
        "unidades",
        "C62",
        0,
        ("un", "u", "ud", "und", "uni", "unid", "udd", "uddes", "unds", "c/u", "unidad/pieza", "unitario"),
    ),
    UnidadDeMedida("pieza", "pieza", "piezas", "H87", 0, ("pza", "pzas", "pz", "pzs", "pieszas")),
    UnidadDeMedida("equipo", "equipo", "equipos", None, 0, ("eq", "eqp", "equ")),
    UnidadDeMedida("juego", "juego", "juegos", "SET", 0, ("set", "sets", "jgo", "jgos")),
    UnidadDeMedida("kit", "kit", "kits", "KT", 0, ()),
    UnidadDeMedida("par", "par", "pares", "PR", 0, ()),
    UnidadDeMedida("docena", "docena", "docenas", "DZN", 0, ("doc",)),
    UnidadDeMedida("ciento", "ciento", "cientos", "CEN", 0, ()),
    UnidadDeMedida("millar", "millar", "millares", "MIL", 0, ()),
    UnidadDeMedida("caja", "caja", "cajas", "XBX", 0, ("cja", "cjas", "cj", "caj", "cajita", "cajitas")),
    UnidadDeMedida(
        "paquete",
        "paquete",
        "paquetes",
        "XPK",
        0,
        ("paq", "paqs", "paqt", "pq", "pqt", "pqts", "pqte", "pack"),
    ),
    UnidadDeMedida("bolsa", "bolsa", "bolsas", "XBG", 0, ("bls", "bol", "bols")),
    UnidadDeMedida("saco", "saco", "sacos", "XSA", 0, ()),
    UnidadDeMedida("bidon", "bidón", "bidones", "XJC", 0, ("bid",)),
    UnidadDeMedida("balde", "balde", "baldes", "XBJ", 0, ()),
    UnidadDeMedida("tambor", "tambor", "tambores", "XDR", 0, ("turril", "turriles")),
    UnidadDeMedida("botella", "botella", "botellas", "XBO", 0, ("bot", "btlla")),
    UnidadDeMedida("frasco", "frasco", "frascos", "XJR", 0, ("fco", "fcos", "fra")),
    UnidadDeMedida("bote", "bote", "botes", "XTN", 0, ("lata", "latas")),
    UnidadDeMedida("tubo", "tubo", "tubos", "XTU", 0, ()),
    UnidadDeMedida("pomo", "pomo", "pomos", None, 0, ()),
    UnidadDeMedida("tarro", "tarro", "tarros", None, 0, ()),
    UnidadDeMedida("tacho", "tacho", "tachos", None, 0, ()),
    UnidadDeMedida("envase", "envase", "envases", None, 0, ("envase de lata", "envases de lata")),
    UnidadDeMedida("botellon", "botellón", "botellones", None, 0, ()),
    UnidadDeMedida("cilindro", "cilindro", "cilindros", "XCY", 0, ()),
    UnidadDeMedida("tanque", "tanque", "tanques", None, 0, ()),
    UnidadDeMedida("recarga", "recarga", "recargas", None, 0, ()),
    UnidadDeMedida("cartucho", "cartucho", "cartuchos", None, 0, ()),
    UnidadDeMedida("jaba", "jaba", "jabas", "XCR", 0, ("java", "javas")),
    UnidadDeMedida("bandeja", "bandeja", "bandejas", None, 0, ()),
    UnidadDeMedida("maple", "maple", "maples", None, 0, ()),
    UnidadDeMedida("mazo", "mazo", "mazos", None, 0, ("maso", "masos")),
    UnidadDeMedida("lote", "lote", "lotes", None, 0, ()),
    UnidadDeMedida("balon", "balón", "balones", None, 0, ()),
    UnidadDeMedida("rack", "rack", "racks", None, 0, ()),
    UnidadDeMedida("blister", "blíster", "blísteres", None, 0, ()),
    UnidadDeMedida("casete", "casete", "casetes", None, 0, ("cassette",)),
    UnidadDeMedida("fardo", "fardo", "fardos", None, 0, ()),
    UnidadDeMedida("conjunto", "conjunto", "conjuntos", None, 0, ()),
    UnidadDeMedida("bobina", "bobina", "bobinas", None, 0, ()),
    UnidadDeMedida("carrete", "carrete", "carretes", None, 0, ()),
    UnidadDeMedida("rollo", "rollo", "rollos", "XRO", 0, ("rll",)),
    UnidadDeMedida("sobre", "sobre", "sobres", "XEN", 0, ("sobre esteril", "sobres individuales")),
    UnidadDeMedida("sachet", "sachet", "sachets", None, 0, ()),
    UnidadDeMedida("tira", "tira", "tiras", None, 0, ()),
    UnidadDeMedida("barra", "barra", "barras", "XBR", 0, ()),
    UnidadDeMedida("plancha", "plancha", "planchas", "XSL", 0, ()),
    UnidadDeMedida("hoja", "hoja", "hojas", "XST", 0, ()),
    UnidadDeMedida("resma", "resma", "resmas", "RM", 0, ()),
    UnidadDeMedida("taco", "taco", "tacos", None, 0, ()),
    UnidadDeMedida("talonario", "talonario", "talonarios", None, 0, ("block", "blocks")),
    UnidadDeMedida("ejemplar", "ejemplar", "ejemplares", None, 0, ("libro", "libros")),
    UnidadDeMedida(
        "comprimido",
        "comprimido",
        "comprimidos",
        "U2",
        0,
        ("comp", "com", "comp ranur", "comprimido ranurado", "tableta", "tabletas", "pastilla", "pastillas"),
    ),
    UnidadDeMedida("capsula", "cápsula", "cápsulas", "AV", 0, ("cap", "caps", "capsula blanda")),
    UnidadDeMedida(
        "comprimido_o_capsula",
        "comprimido o cápsula",
        "comprimidos o cápsulas",
        None,
        0,
        (
            "cap o comp",
            "caps y/o comp",
            "comp o cap",
            "comp o capsula",
            "comp capsula",
            "capsula o comprimido",
        ),
    ),
    UnidadDeMedida("perla", "perla", "perlas", None, 0, ()),
    UnidadDeMedida("capsula_o_perla", "cápsula o perla", "cápsulas o perlas", None, 0, ("cap o perla",)),
    UnidadDeMedida("ovulo", "óvulo", "óvulos", None, 0, ()),
    UnidadDeMedida("supositorio", "supositorio", "supositorios", None, 0, ()),
    UnidadDeMedida("ampolla", "ampolla", "ampollas", "AW", 0, ("amp", "iny", "inyectable", "inyectables")),
    UnidadDeMedida("infusor", "infusor", "infusores", None, 0, ()),
    UnidadDeMedida("frasco_ampolla", "frasco ampolla", "frascos ampolla", None, 0, ("fco amp",)),
    UnidadDeMedida("vial", "vial", "viales", "VI", 0, ()),
    UnidadDeMedida("jeringa", "jeringa", "jeringas", None, 0, ("jeringa prellenada", "jeringas prellenadas")),
    UnidadDeMedida("jarabe", "jarabe", "jarabes", None, 0, ()),
    UnidadDeMedida("suspension", "suspensión", "suspensiones", None, 0, ("suspencion", "susp")),
    UnidadDeMedida("emulsion", "emulsión", "emulsiones", None, 0, ("emul oral", "emulsion oral")),
    UnidadDeMedida("solucion", "solución", "soluciones", None, 0, ("sol",)),
    UnidadDeMedida(
        "solucion_oral",
        "solución oral",
        "soluciones orales",
        None,
        0,
        ("sol oral", "sol o gota", "solucion oral gotas"),
    ),
    UnidadDeMedida(
        "sol_oftalmica",
        "solución oftálmica",
        "soluciones oftálmicas",
        None,
        0,
        ("sol oftal", "sol oftalm", "sol oftalmologica"),
    ),
    UnidadDeMedida("solucion_topica", "solución tópica", "soluciones tópicas", None, 0, ("sol topica",)),
    UnidadDeMedida(
        "sol_parenteral",
        "solución parenteral",
        "soluciones parenterales",
        None,
        0,
        ("sol paren", "sol parent", "sol parenteral", "solucion paranteral"),
    ),
    UnidadDeMedida(
        "sol_gran_volumen",
        "solución parenteral de gran volumen",
        "soluciones parenterales de gran volumen",
        None,
        0,
        ("sol par gv", "sol par de g vol", "sol par de gran vol"),
    ),
    UnidadDeMedida("gotas", "gotas", "gotas", None, 0, ("gotas orales",)),
    UnidadDeMedida("crema", "crema", "cremas", None, 0, ("crema vaginal",)),
    UnidadDeMedida("crema_o_pomada", "crema o pomada", "cremas o pomadas", None, 0, ("crema pomada",)),
    UnidadDeMedida("pomada", "pomada", "pomadas", None, 0, ()),
    UnidadDeMedida("unguento", "ungüento", "ungüentos", None, 0, ("ung oft",)),
    UnidadDeMedida("locion", "loción", "lociones", None, 0, ()),
    UnidadDeMedida("gas", "gas", "gases", None, 3, ("gas m3", "gas (m3)", "(gas) m3")),
    UnidadDeMedida("gel", "gel", "geles", None, 0, ()),
    UnidadDeMedida("aerosol", "aerosol", "aerosoles", None, 0, ("aerosol dosificador",)),
    UnidadDeMedida("polvo", "polvo", "polvos", None, 0, ("polvo granulado",)),
    UnidadDeMedida(
        "prueba", "prueba", "pruebas", None, 0, ("test", "tests", "determinacion", "determinaciones")
    ),
    UnidadDeMedida("dosis", "dosis", "dosis", None, 0, ()),
    UnidadDeMedida("plantin", "plantín", "plantines", None, 0, ("planta", "plantula", "plantulas")),
    UnidadDeMedida("prenda", "prenda", "prendas", None, 0, ()),
    UnidadDeMedida("implante", "implante", "implantes", None, 0, ()),
    UnidadDeMedida("ciclo", "ciclo", "ciclos", None, 0, ()),
    UnidadDeMedida("cabeza", "cabeza", "cabezas", None, 0, ()),
    UnidadDeMedida("racion", "ración", "raciones", None, 0, ()),
    UnidadDeMedida("kilogramo", "kilogramo", "kilogramos", "KGM", 3, ("kg", "kgs", "kilo", "kilos", "kgr")),
    UnidadDeMedida("gramo", "gramo", "gramos", "GRM", 3, ("g", "gr", "grs")),
    UnidadDeMedida("libra", "libra", "libras", "LBR", 2, ("lb", "lbs")),
    UnidadDeMedida("quintal", "quintal", "quintales", None, 2, ("qq", "qqs", "qts")),
    UnidadDeMedida("arroba", "arroba", "arrobas", None, 2, ("@",)),
    UnidadDeMedida("tonelada", "tonelada", "toneladas", "TNE", 4, ("tn", "ton", "t")),
    UnidadDeMedida("litro", "litro", "litros", "LTR", 3, ("l", "lt", "ltro", "lts", "ltr", "ltrs")),
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
    UnidadDeMedida("servicio", "servicio", "servicios", "E48", 0, ("serv", "srv", "svc")),
    UnidadDeMedida("punto", "punto", "puntos", None, 0, ()),
    UnidadDeMedida("obra", "obra", "obras", None, 0, ()),
    UnidadDeMedida(
        "global", "global", "globales", None, 0, ("glb", "gbl", "gl", "glob", "gbal", "total", "general")
    ),
)
UNIDADES: dict[str, UnidadDeMedida] = {unidad.codigo: unidad for unidad in _LISTA}


def nombre_de(codigo: str, cantidad: Decimal) -> str:
    """The unit's name for this quantity: «pieza» or «piezas»."""
    unidad = UNIDADES[codigo]
    return unidad.nombre if cantidad == 1 else unidad.plural
