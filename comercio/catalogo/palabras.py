"""Words that several pages share."""

from collections.abc import Mapping
from decimal import Decimal

from nucleo.dinero import formato_cantidad
from nucleo.textos import gettext as _


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
