"""Words that several pages share."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from babel import Locale

from nucleo.dinero import formato_cantidad
from nucleo.lectores import sin_acentos
from nucleo.textos import gettext as _

BOLIVIA = "BO"
_SIN_PAIS = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))
"""What CLDR names beside countries."""


def medidas() -> dict[str, str]:
    """The units of measure, as they are read after «por» or in a list."""
    return {
        "unidad": _("unidad"),
        "par": _("par"),
        "docena": _("docena"),
        "juego": _("juego"),
        "kg": _("kilo"),
        "g": _("gramo"),
        "arroba": _("arroba"),
        "quintal": _("quintal"),
        "litro": _("litro"),
        "metro": _("metro"),
        "m2": _("metro cuadrado"),
        "caja": _("caja"),
        "paquete": _("paquete"),
        "servicio": _("servicio"),
        "hora": _("hora"),
    }


def medida(codigo: str) -> str:
    return medidas().get(codigo, codigo)


def en_medida(cantidad: Decimal, codigo: str) -> str:
    """How much of something, as it is read: «1 unidad», «2,5 kilos»."""
    plurales = {
        "unidad": _("unidades"),
        "par": _("pares"),
        "docena": _("docenas"),
        "juego": _("juegos"),
        "kg": _("kilos"),
        "g": _("gramos"),
        "arroba": _("arrobas"),
        "quintal": _("quintales"),
        "litro": _("litros"),
        "metro": _("metros"),
        "m2": _("metros cuadrados"),
        "caja": _("cajas"),
        "paquete": _("paquetes"),
        "servicio": _("servicios"),
        "hora": _("horas"),
    }
    return f"{formato_cantidad(cantidad)} {medida(codigo) if cantidad == 1 else plurales.get(codigo, codigo)}"


def quedan(cantidad: Decimal) -> str:
    """How much is left, as it is read inside a sentence: «queda 1», «quedan 2,5»."""
    return (_("queda %(n)s") if cantidad == 1 else _("quedan %(n)s")) % {"n": formato_cantidad(cantidad)}


def en_palabras(atributos: Mapping[str, str]) -> str:
    """What tells a variant from the others: «color rojo, talla M»."""
    return ", ".join(f"{nombre} {valor}" for nombre, valor in atributos.items())


def verbo_de(estado: str) -> str:
    """What a seller does to bring a product to this state."""
    return {
        "publicado": _("Publicar"),
        "pausado": _("Poner en pausa"),
        "retirado": _("Retirar de la tienda"),
        "borrador": _("Volver a tenerlo, como borrador"),
    }[estado]


@cache
def paises() -> dict[str, str]:
    """By code (ISO 3166), Bolivia first and the others by name."""
    territorios = Locale("es").territories
    nombres = {c: n for c, n in territorios.items() if len(c) == 2 and c.isalpha() and c not in _SIN_PAIS}
    return {BOLIVIA: nombres.pop(BOLIVIA)} | dict(
        sorted(nombres.items(), key=lambda par: sin_acentos(par[1]))
    )


def origen_en_palabras(origen: str) -> str:
    """Where something was made, as its seller declares it; nothing when they did not."""
    if not origen:
        return ""
    if origen == BOLIVIA:
        return _("Hecho en Bolivia")
    return _("Hecho en otro país: %(pais)s") % {"pais": paises().get(origen, origen)}
