"""The seasons of an entity, of a family or of both, as a page shows them."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from sqlmodel import Session

from feria_inversa.panorama import mes_corto
from feria_inversa.plan import MESES
from feria_inversa.temporada.consultas import meses
from feria_inversa.temporada.perfil import (
    ANIOS_MINIMOS,
    PROCESOS_MINIMOS,
    DelMes,
    Falta,
    Mes,
    Temporada,
    serie,
    temporada,
)
from nucleo.graficos import barras
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


def nombres_de_meses() -> list[str]:
    return [str(mes).capitalize() for mes in MESES]


@dataclass(frozen=True, slots=True)
class Estacion:
    """`serie`: the months that are known, with what each had; `sueltas`, how many processes are of others."""

    temporada: Temporada
    serie: dict[Mes, int]
    sueltas: int
    dias: tuple[date, date] | None
    dice: str
    grafico: Markup | None

    @property
    def procesos(self) -> int:
        return sum(self.serie.values()) + self.sueltas

    @property
    def por_anio(self) -> dict[int, list[int | None]]:
        """Year by year, each month; None where it was not imported."""
        anios = sorted({anio for anio, _mes in self.serie}, reverse=True)
        return {anio: [self.serie.get((anio, mes)) for mes in range(1, 13)] for anio in anios}


def estacion(sesion: Session, *, entidad: str | None = None, familia: str | None = None) -> Estacion:
    """One statement, however many processes there are."""
    hay = meses(sesion, entidad=entidad, familia=familia)
    de_los_meses = serie(hay.cuentas, hay.conocidos)
    sabida = temporada(de_los_meses)
    return Estacion(
        sabida,
        de_los_meses,
        sum(n for mes, n in hay.cuentas.items() if mes not in de_los_meses),
        hay.dias,
        en_palabras(sabida),
        _grafico(sabida.meses) if sabida.meses else None,
    )


def en_palabras(sabida: Temporada) -> str:
    n = len(sabida.anios)
    if sabida.falta == Falta.ANIOS:
        return _("Muy poco para decir en qué meses se compra: hay %(n)s de %(hacen)s años enteros.") % {
            "n": n,
            "hacen": ANIOS_MINIMOS,
        }
    if sabida.falta == Falta.PROCESOS:
        return _(
            "Muy poco para decir en qué meses se compra: %(procesos)s procesos en %(n)s años enteros; hacen"
            " falta %(hacen)s, y alguno cada año."
        ) % {"procesos": sabida.procesos, "n": n, "hacen": PROCESOS_MINIMOS}
    if sabida.falta == Falta.PAREJO:
        return _(
            "No se ve una temporada: lo que dicen unos años de los meses no anticipa los otros mejor que"
            " repartir el año por igual."
        )
    altos = ", ".join(str(MESES[mes - 1]) for mes in sabida.altos)
    if not altos:
        return _("Hay meses con más y con menos, pero ninguno estuvo todos los años por encima de su parte.")
    return ngettext(
        "Todos los años, en este mes hubo más que su parte: %(meses)s.",
        "Todos los años, en estos meses hubo más que su parte: %(meses)s.",
        len(sabida.altos),
    ) % {"meses": altos}


def _grafico(meses: tuple[DelMes, ...]) -> Markup:
    return barras(
        _("De cada 100 procesos del año, cuántos en cada mes (año del medio)"),
        [(mes_corto(m.mes), round(100 * m.mitad, 1)) for m in meses],
        _("de cada 100"),
    )
