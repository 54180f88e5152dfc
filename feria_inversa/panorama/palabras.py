"""What the market calls things, for who sells and does not know the codes."""

from collections.abc import Callable

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
FAMILIAS = {
    "5310": _l("Ropa y uniformes"),
    "5311": _l("Calzado"),
    "1116": _l("Telas"),
    "5011": _l("Carne y aves"),
    "5013": _l("Leche y huevos"),
    "5018": _l("Pan y repostería"),
    "5019": _l("Comida preparada"),
    "5020": _l("Bebidas"),
    "5022": _l("Cereales y granos"),
    "9010": _l("Servicio de comida y refrigerio"),
    "5611": _l("Muebles de oficina"),
    "5612": _l("Muebles de escuela"),
    "4412": _l("Material de escritorio"),
    "1411": _l("Papel"),
    "8212": _l("Imprenta y fotocopias"),
    "4321": _l("Computadoras"),
    "4713": _l("Material de limpieza"),
    "7611": _l("Servicio de limpieza"),
    "3011": _l("Cemento, cal y yeso"),
    "3010": _l("Fierro y perfiles"),
    "3120": _l("Pegamentos y pinturas"),
    "2510": _l("Vehículos"),
    "2517": _l("Repuestos de vehículos"),
    "1510": _l("Combustibles"),
    "7811": _l("Transporte de personas"),
    "4213": _l("Ropa y textiles médicos"),
    "4218": _l("Equipo para diagnóstico"),
    "5110": _l("Medicamentos contra infecciones"),
}
"""Families of UNSPSC that people look for by name; any other is asked for by its number."""
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


def nombre_de_familia(codigo: str) -> str:
    if codigo in FAMILIAS:
        return f"{codigo} · {FAMILIAS[codigo]}"
    return _("Familia UNSPSC %(codigo)s") % {"codigo": codigo}


def familias_para_elegir(elegida: str) -> list[tuple[str, str]]:
    familias = [(codigo, str(nombre)) for codigo, nombre in FAMILIAS.items()]
    return con_la_elegida(familias, elegida, nombre_de_familia)


def con_la_elegida(
    opciones: list[tuple[str, str]], elegida: str, nombre: Callable[[str], str] = str
) -> list[tuple[str, str]]:
    """With what a link asked for and the list does not have, so that looking again does not lose it."""
    falta = elegida and elegida not in dict(opciones)
    return [*opciones, (elegida, nombre(elegida))] if falta else opciones


def mes_corto(mes: int) -> str:
    """«ene», of the first."""
    return str(MESES[mes - 1])[:3]


def opciones_de_norma() -> list[tuple[str, str]]:
    return [(nombre, nombre) for nombre in NORMAS.values()]
