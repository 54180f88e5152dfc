"""Looking for what the State buys: by words, kind, place, date; a page at a time, newest first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, String, and_, cast, func, literal, or_
from sqlalchemy.types import NullType
from sqlmodel import Session, col, select

from feria_inversa.panorama.estados import Etapa
from feria_inversa.panorama.modelos import ProcesoDelMercado, tabla_proceso
from nucleo.arreglos import Int8s
from nucleo.lectores import para_buscar
from nucleo.paginacion import CursorPedido, paginar
from nucleo.reloj import fecha_bolivia

POCOS = 2_000
"""Of so many that words find, all are looked at; of more, the last ones of the list."""
_EMPIEZA_UN_CUCE = re.compile(r"\d\d-[0-9A-Z]{4}-")
ABIERTO = "abierto"
"""A stage of now: called, and its hour to come."""
SIMPLES = ("entidad_codigo", "departamento", "normativa", "modalidad", "categoria")
"""What is asked of one column, with an index of it by day; what tells most first."""


@dataclass(frozen=True, slots=True)
class Filtro:
    """What somebody looks for; nothing of what is empty. `mes` without `anio` is that of any year; without
    `etapa`, everything but what is only planned; of what is planned, without either, this month on."""

    q: str = ""
    familia: str | None = None
    unidad: str | None = None
    departamento: str | None = None
    anio: int | None = None
    mes: int | None = None
    modalidad: str | None = None
    normativa: str | None = None
    categoria: str | None = None
    entidad_codigo: str | None = None
    etapa: str | None = None

    @property
    def palabras(self) -> str:
        return para_buscar(self.q).strip()[:200]

    @property
    def por_lo_que_es(self) -> bool:
        """Whether it asks by words or by what its items are."""
        return bool(self.palabras or self.familia or self.unidad)

    @property
    def puestos(self) -> dict[str, str]:
        """What is asked of one column."""
        return {campo: valor for campo in SIMPLES if (valor := getattr(self, campo))}


def abiertos() -> ColumnElement[bool]:
    return and_(
        col(ProcesoDelMercado.etapa) == Etapa.CONVOCADO,
        col(ProcesoDelMercado.cierra_en) > func.nucleo_ahora(),
    )


def de_la_etapa(etapa: str | None) -> ColumnElement[bool]:
    suya = col(ProcesoDelMercado.etapa)
    if etapa == ABIERTO:
        return abiertos()
    if etapa == Etapa.EN_CURSO:
        cierra = col(ProcesoDelMercado.cierra_en)
        cerro = or_(cierra.is_(None), cierra <= func.nucleo_ahora())
        return or_(suya == Etapa.EN_CURSO, and_(suya == Etapa.CONVOCADO, cerro))
    if etapa is not None:
        return suya == etapa
    return suya != Etapa.PROGRAMADO


def del_periodo(filtro: Filtro) -> Iterable[ColumnElement[bool]]:
    if filtro.anio is not None:
        desde = date(filtro.anio, filtro.mes or 1, 1)
        hasta = date(filtro.anio + 1, 1, 1)
        if filtro.mes is not None and filtro.mes < 12:
            hasta = date(filtro.anio, filtro.mes + 1, 1)
        yield col(ProcesoDelMercado.dia) >= desde
        yield col(ProcesoDelMercado.dia) < hasta
    if filtro.mes is not None:  # whose month is not known is of January by its day only
        yield col(ProcesoDelMercado.mes) == filtro.mes


def este_mes() -> date:
    return fecha_bolivia().replace(day=1)


def por_venir(filtro: Filtro) -> Iterable[ColumnElement[bool]]:
    """What was planned for months gone by is asked for by them."""
    if filtro.etapa == Etapa.PROGRAMADO and filtro.anio is None and filtro.mes is None:
        yield col(ProcesoDelMercado.dia) >= este_mes()


def por_lo_que_es(filtro: Filtro) -> Iterable[ColumnElement[bool]]:
    """By the index of words, families and units."""
    if filtro.palabras:
        palabras = func.websearch_to_tsquery("feria_es", filtro.palabras)
        coincide: ColumnElement[bool] = tabla_proceso.c.busqueda.op("@@")(palabras)
        if _EMPIEZA_UN_CUCE.match(filtro.palabras):
            coincide = col(ProcesoDelMercado.cuce).startswith(filtro.palabras, autoescape=True)
        yield coincide
    for columna, valor in (
        (tabla_proceso.c.familias, filtro.familia),
        (tabla_proceso.c.unidades, filtro.unidad),
    ):
        if valor:
            yield columna.op("@>")(cast([valor], ARRAY(String)))


def de_sus_columnas(filtro: Filtro) -> Iterable[ColumnElement[bool]]:
    for campo, valor in filtro.puestos.items():
        yield tabla_proceso.c[campo] == valor


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """What a filter asks, once it is known how many its words find: of few, which (`ids`)."""

    filtro: Filtro
    ids: tuple[int, ...] | None = None

    def condiciones(self, *, etapa: bool = True) -> list[ColumnElement[bool]]:
        condiciones = [*de_sus_columnas(self.filtro), *del_periodo(self.filtro)]
        if self.ids is not None:
            # A set to join with: as values of a column of an index by day, each would walk the whole index.
            suyos = func.unnest(literal(Int8s(self.ids), NullType()))
            condiciones.append(col(ProcesoDelMercado.id).in_(select(suyos)))
        else:
            condiciones += por_lo_que_es(self.filtro)
        if etapa:
            condiciones += [de_la_etapa(self.filtro.etapa), *por_venir(self.filtro)]
        return condiciones


def hallar(sesion: Session, filtro: Filtro) -> Hallazgo:
    """Left to its estimates, the database would read the whole list for a word that few say."""
    if not filtro.por_lo_que_es:
        return Hallazgo(filtro)
    consulta = select(ProcesoDelMercado.id).where(*por_lo_que_es(filtro)).limit(POCOS + 1)
    ids = [id_ for id_ in sesion.exec(consulta) if id_ is not None]
    return Hallazgo(filtro, tuple(ids) if len(ids) <= POCOS else None)


def buscar(
    sesion: Session, hallazgo: Hallazgo, pagina: CursorPedido
) -> tuple[list[ProcesoDelMercado], str | None]:
    """A page of the processes, the last ones first; of what is planned, what comes first."""
    consulta: Any = select(ProcesoDelMercado).where(*hallazgo.condiciones())
    return paginar(
        sesion,
        consulta,
        pagina,
        columnas=(ProcesoDelMercado.dia, ProcesoDelMercado.id),
        desc=hallazgo.filtro.etapa != Etapa.PROGRAMADO,
    )
