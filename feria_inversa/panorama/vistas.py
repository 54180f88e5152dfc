"""The market as its page and its sheets show it."""

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup
from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import nombres_de_unidades
from feria_inversa.panorama.estados import Etapa
from feria_inversa.panorama.modelos import ProcesoDelMercado
from feria_inversa.panorama.palabras import en_que_esta, mes_corto, nombre_de
from feria_inversa.panorama.resumen import CLASES, CONTADOS, Resumen
from nucleo.archivos.tablas import celda, celda_de_numero, escribir_tabla
from nucleo.graficos import barras
from nucleo.textos import gettext as _
from nucleo.vitrina import hasta

MERCADO = "/feria/mercado"
LETRAS = 300
"""Of what is bought, in a list: some say it in four thousand."""
COLUMNAS = (
    "cuce",
    "entidad",
    "objeto",
    "etapa",
    "estado_segun_la_fuente",
    "categoria",
    "modalidad",
    "norma",
    "departamento",
    "publicado",
    "previsto",
    "decidido",
    "total_referencial",
    "total_adjudicado",
    "proponentes",
    "items",
    "fuente",
    "visto_en",
    "fallas",
)


def quienes(sesion: Session, filas: Sequence[ProcesoDelMercado]) -> dict[int | None, str]:
    """The entity of each: as its source names it; of what is planned, as the registry does."""
    sin_nombre = {fila.unidad_id for fila in filas if fila.entidad is None and fila.unidad_id is not None}
    nombres = nombres_de_unidades(sesion, sin_nombre) if sin_nombre else {}
    return {
        fila.id: fila.entidad or (nombres.get(fila.unidad_id, "") if fila.unidad_id else "") for fila in filas
    }


def pagina_de(fila: ProcesoDelMercado) -> str | None:
    """Where it is told whole; what only files of before tell has no page."""
    if fila.convocatoria_id is not None:
        return f"/feria/{fila.convocatoria_id}"
    if fila.etapa == Etapa.PROGRAMADO:
        return f"/feria/planes?gestion={fila.gestion}&meses=todos&entidad={fila.unidad_id}"
    return None


def perfil_de_parte(clase: str, cual: str) -> str | None:
    """Where an entity or a place of a summary is told by itself."""
    camino = {"entidad": "entidades", "departamento": "lugares"}.get(clase)
    return f"{MERCADO}/{camino}/{cual}" if camino and cual else None


def fuente_de(fila: ProcesoDelMercado) -> str:
    if fila.archivo_id is not None:
        return "SICOES"
    return "Qhatu" if fila.convocatoria_id is not None else "PAC"


def en_planilla(
    filas: Sequence[ProcesoDelMercado], de_quien: Mapping[int | None, str], lugares: Mapping[str, str]
) -> bytes:
    def cifra(monto: Money | None) -> str:
        return "" if monto is None else celda_de_numero(monto.amount)

    def dia(valor: date | None) -> str:
        return valor.isoformat() if valor else ""

    renglones = [
        (
            fila.cuce or "",
            celda(de_quien[fila.id]),
            celda(fila.objeto or ""),
            celda(en_que_esta(fila)[0]),
            celda(fila.estado or ""),
            fila.categoria or "",
            celda(fila.modalidad or ""),
            celda(fila.normativa or ""),
            lugares.get(fila.departamento or "", ""),
            dia(fila.publicado),
            dia(fila.previsto),
            dia(fila.decidido),
            cifra(fila.total_referencial),
            cifra(fila.total_adjudicado),
            "" if fila.proponentes is None else fila.proponentes,
            fila.items,
            fuente_de(fila),
            dia(fila.visto_en),
            " ".join(fila.fallas),
        )
        for fila in filas
    ]
    return escribir_tabla([COLUMNAS, *renglones])


def resumen_en_planilla(resumen: Resumen, lugares: dict[str, str]) -> bytes:
    """Each figure of the page, with how many processes it is of and from which day to which."""
    renglones = [
        (clase, celda(nombre_de_parte(clase, p.cual, p.nombre, lugares)), p.procesos, p.desde, p.hasta)
        for clase in CLASES
        for p in resumen.partes.get(clase, ())
    ]
    todo = ("todo", "", resumen.procesos, resumen.desde or "", resumen.hasta or "")
    return escribir_tabla([("por", "cual", "procesos", "desde", "hasta"), todo, *renglones])


def nombre_de_parte(clase: str, cual: str, nombre: str, lugares: dict[str, str]) -> str:
    return (nombre or cual) if clase == "entidad" else nombre_de(clase, cual, lugares)


def por_mes(resumen: Resumen) -> list[tuple[str, int]]:
    """The twelve months, with those that have none; nothing when there are no processes."""
    cuantos = {p.cual: p.procesos for p in resumen.partes["mes"]}
    if not any(cual for cual in cuantos):
        return []
    return [(mes_corto(mes), cuantos.get(str(mes), 0)) for mes in range(1, 13)]


def grafico_por_mes(meses: Sequence[tuple[str, int]]) -> Markup | None:
    """Bars of `por_mes`; none of nothing."""
    return barras(_("Procesos por mes del año"), meses, _("procesos")) if meses else None


def hasta_contados(cuantos: int) -> int | str:
    """A count that stopped says so."""
    return hasta(min(cuantos, CONTADOS), hay_mas=cuantos > CONTADOS)
