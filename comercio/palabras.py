"""Words that several pages share."""

from nucleo.textos import gettext as _
from nucleo.textos import ngettext

DEPARTAMENTOS = {
    "01": "Chuquisaca",
    "02": "La Paz",
    "03": "Cochabamba",
    "04": "Oruro",
    "05": "Potosí",
    "06": "Tarija",
    "07": "Santa Cruz",
    "08": "Beni",
    "09": "Pando",
}


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


def quedan(disponible: int) -> str:
    """How many are left, said plainly when few."""
    if disponible <= 0:
        return _("Agotado")
    if disponible <= 5:
        return ngettext("Queda %(n)s", "Quedan %(n)s", disponible) % {"n": disponible}
    return _("Disponible")


def verbo_de(estado: str) -> str:
    """What a seller does to bring a product to this state."""
    return {
        "publicado": _("Publicar"),
        "pausado": _("Poner en pausa"),
        "retirado": _("Retirar para siempre"),
    }[estado]
