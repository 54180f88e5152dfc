"""Looking for what the entities plan: by index, a page at a time, however many plans there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import BigInteger, ColumnElement, func, type_coerce
from sqlmodel import Session, col, select

from feria_inversa.plan.modelos import Linea, MesDePlan, Plan, tabla_linea
from feria_inversa.reglas.modelos import Modalidad
from nucleo.dinero import de_centavos
from nucleo.paginacion import CursorPedido, paginar

CONTADAS = 500
"""Lines of which, looked for by more than the place and the entity, it is counted how many and how much."""


@dataclass(frozen=True, slots=True)
class Filtro:
    """What somebody looks for in what is planned."""

    gestion: int
    q: str = ""
    mes: int | None = None
    categoria: str | None = None
    departamento: str | None = None
    modalidad: str | None = None
    familia: str | None = None
    unidad_id: UUID | None = None
    desde_mes: int | None = None

    @property
    def por_lo_que_es(self) -> bool:
        """Whether it asks for more than when, where and whose."""
        return bool(self.palabras or self.categoria or self.modalidad or self.familia)

    @property
    def palabras(self) -> str:
        return self.q.replace("\x00", " ").strip()[:200]


def _condiciones(filtro: Filtro) -> Iterable[ColumnElement[bool]]:
    yield tabla_linea.c.publica
    yield ~col(Linea.retirada)
    yield col(Linea.gestion) == filtro.gestion
    if filtro.palabras:
        yield tabla_linea.c.busqueda.op("@@")(func.websearch_to_tsquery("feria_es", filtro.palabras))
    if filtro.mes is not None:
        yield col(Linea.mes) == filtro.mes
    if filtro.desde_mes is not None:
        yield col(Linea.mes) >= filtro.desde_mes
    if filtro.categoria:
        yield col(Linea.categoria) == filtro.categoria
    if filtro.familia:
        yield col(Linea.familia) == filtro.familia
    if filtro.departamento:
        yield tabla_linea.c.departamento == filtro.departamento
    if filtro.modalidad:
        yield col(Linea.modalidad_id).in_(select(Modalidad.id).where(Modalidad.codigo == filtro.modalidad))
    if filtro.unidad_id is not None:
        yield col(Linea.plan_id) == _el_suyo(filtro)


def _el_suyo(filtro: Filtro) -> Any:
    """The plan of an entity in a year: there is one."""
    suyo = select(Plan.id).where(Plan.unidad_id == filtro.unidad_id, Plan.gestion == filtro.gestion)
    return suyo.scalar_subquery()


def buscar_lineas(sesion: Session, filtro: Filtro, pagina: CursorPedido) -> tuple[list[Linea], str | None]:
    """A page of what the entities plan, what is foreseen earlier first."""
    consulta = select(Linea).where(*_condiciones(filtro))
    return paginar(sesion, consulta, pagina, columnas=(Linea.mes, Linea.id), desc=False)


@dataclass(frozen=True, slots=True)
class DelMes:
    mes: int
    lineas: int
    monto: Money


def por_mes(sesion: Session, filtro: Filtro) -> list[DelMes] | None:
    """How many lines and how much of what is looked for is foreseen for each month that has any; None where
    more lines than are counted answer.
    """
    if filtro.por_lo_que_es:
        return _contando(sesion, filtro)
    consulta = select(MesDePlan.mes, func.sum(MesDePlan.lineas), func.sum(MesDePlan.monto)).where(
        MesDePlan.gestion == filtro.gestion
    )
    if filtro.mes is not None:
        consulta = consulta.where(MesDePlan.mes == filtro.mes)
    if filtro.departamento:
        consulta = consulta.where(MesDePlan.departamento == filtro.departamento)
    if filtro.unidad_id is not None:
        consulta = consulta.where(MesDePlan.plan_id == _el_suyo(filtro))
    filas = sesion.exec(consulta.group_by(col(MesDePlan.mes)).order_by(col(MesDePlan.mes)))
    return [DelMes(mes, int(lineas), de_centavos(int(monto))) for mes, lineas, monto in filas]


def _contando(sesion: Session, filtro: Filtro) -> list[DelMes] | None:
    monto = type_coerce(col(Linea.monto), BigInteger).label("monto")
    halladas = select(Linea.mes, monto).where(*_condiciones(filtro)).limit(CONTADAS + 1).subquery()
    consulta = select(halladas.c.mes, func.count(), func.sum(halladas.c.monto)).group_by(halladas.c.mes)
    filas = sesion.exec(consulta.order_by(halladas.c.mes)).all()
    if sum(cuantas for _mes, cuantas, _monto in filas) > CONTADAS:
        return None
    return [DelMes(mes, cuantas, de_centavos(int(suma))) for mes, cuantas, suma in filas]
