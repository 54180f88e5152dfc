"""What the market calls things, for who sells and does not know the codes."""

from feria_inversa.panorama.buscar import ABIERTO
from feria_inversa.panorama.estados import Etapa
from feria_inversa.panorama.modelos import ProcesoDelMercado
from feria_inversa.panorama.vivos import NORMAS
from feria_inversa.plan import MESES
from feria_inversa.reglas import CATEGORIAS
from nucleo.reloj import ahora
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

MODALIDADES = {
    "CM": _l("Contratación menor"),
    "ANPE": _l("Apoyo nacional a la producción y empleo"),
    "ANPP": _l("Apoyo nacional, de más de 200.000"),
    "LP": _l("Licitación pública"),
    "LPI": _l("Licitación pública internacional"),
    "CD": _l("Contratación directa"),
    "EX": _l("Contratación por excepción"),
    "EM": _l("Contratación por emergencia"),
    "OF": _l("Objetos específicos"),
    "CNC": _l("Compra nacional competitiva"),
    "CND1": _l("Compra nacional directa"),
    "COOF": _l("Con objeto específico"),
}
ETAPAS = {
    ABIERTO: _l("Abiertas: reciben ofertas"),
    Etapa.PROGRAMADO: _l("Planificadas"),
    Etapa.EN_CURSO: _l("Cerradas, sin resultado que conste"),
    Etapa.ADJUDICADO: _l("Adjudicadas"),
    Etapa.DESIERTO: _l("Desiertas"),
    Etapa.SIN_EFECTO: _l("Anuladas o canceladas"),
    Etapa.NO_CONSTA: _l("No consta en qué quedaron"),
}
_DE_UNA = {
    ABIERTO: (_l("Recibe ofertas"), "bien"),
    Etapa.PROGRAMADO: (_l("Planificada"), "info"),
    Etapa.EN_CURSO: (_l("Cerrada, sin resultado que conste"), "neutro"),
    Etapa.ADJUDICADO: (_l("Adjudicada"), "bien"),
    Etapa.DESIERTO: (_l("Desierta"), "aviso"),
    Etapa.SIN_EFECTO: (_l("Anulada o cancelada"), "neutro"),
    Etapa.NO_CONSTA: (_l("No consta en qué quedó"), "neutro"),
}


def etapa_de(fila: ProcesoDelMercado) -> str:
    """Its stage at this moment."""
    if fila.etapa != Etapa.CONVOCADO:
        return fila.etapa
    return ABIERTO if fila.cierra_en is not None and fila.cierra_en > ahora() else Etapa.EN_CURSO


def en_que_esta(fila: ProcesoDelMercado) -> tuple[str, str]:
    """In words, and their tone."""
    texto, tono = _DE_UNA[etapa_de(fila)]
    return str(texto), tono


def nombre_de(clase: str, cual: str, departamentos: dict[str, str]) -> str:
    """What a part of a summary is called; «no consta» of what no source says."""
    if not cual:
        return _("No consta")
    if clase == "departamento":
        return departamentos.get(cual, cual)
    if clase == "modalidad":
        return f"{cual} · {MODALIDADES[cual]}" if cual in MODALIDADES else cual
    if clase == "categoria":
        return str(CATEGORIAS[cual])
    if clase == "etapa":
        return _("Abiertas, o cerradas sin resultado") if cual == Etapa.CONVOCADO else str(ETAPAS[cual])
    if clase == "mes":
        return mes_corto(int(cual))
    return cual


def con_la_elegida(opciones: list[tuple[str, str]], elegida: str) -> list[tuple[str, str]]:
    """With what a link asked for and the list does not have, so that looking again does not lose it."""
    falta = elegida and elegida not in dict(opciones)
    return [*opciones, (elegida, elegida)] if falta else opciones


def mes_corto(mes: int) -> str:
    """«ene», of the first."""
    return str(MESES[mes - 1])[:3]


def nombre_de_modalidad(codigo: str) -> str:
    return str(MODALIDADES.get(codigo, codigo))


def opciones_de_norma() -> list[tuple[str, str]]:
    return [(nombre, nombre) for nombre in NORMAS.values()]
