"""Reads of the annual plans."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from feria_inversa.plan.errores import LineaNoEncontrada, PlanNoEncontrado
from feria_inversa.plan.esquemas import NUMERO_MAXIMO
from feria_inversa.plan.estados import EstadoPlan
from feria_inversa.plan.modelos import (
    Linea,
    Plan,
    ProcesoDelPlan,
    VersionDePlan,
    tabla_linea,
    tabla_proceso,
    tabla_version,
)
from feria_inversa.plan.quien import exigir_que_lo_vea, ve_el_borrador
from feria_inversa.reglas.modelos import Modalidad
from nucleo.actor import Actor
from nucleo.dinero import cero, de_centavos
from nucleo.paginacion import CursorPedido, paginar


def plan_visible(sesion: Session, actor: Actor | None, plan_id: UUID) -> Plan:
    """A plan that this visitor may see: any published one, or a draft of an entity they work for."""
    plan = sesion.get(Plan, plan_id)
    if plan is None or (
        plan.estado == EstadoPlan.BORRADOR and not ve_el_borrador(sesion, actor, plan.unidad_id)
    ):
        raise PlanNoEncontrado
    return plan


def planes_de(
    sesion: Session, actor: Actor, unidad_id: UUID, pagina: CursorPedido
) -> tuple[list[Plan], str | None]:
    """Those of an entity, of which there is one a year, its drafts too: the last year first. Raises
    `SinFacultad`.
    """
    exigir_que_lo_vea(sesion, actor, unidad_id)
    return paginar(
        sesion, select(Plan).where(Plan.unidad_id == unidad_id), pagina, columnas=(Plan.gestion, Plan.id)
    )


def planes_publicos(
    sesion: Session,
    gestion: int | None,
    pagina: CursorPedido,
    unidad_id: UUID | None = None,
    departamento: str | None = None,
) -> tuple[list[Plan], str | None]:
    """A page of those published: the last year first."""
    consulta = select(Plan).where(Plan.estado != EstadoPlan.BORRADOR)
    if gestion is not None:
        consulta = consulta.where(Plan.gestion == gestion)
    if unidad_id is not None:
        consulta = consulta.where(Plan.unidad_id == unidad_id)
    if departamento:
        consulta = consulta.where(col(Plan.municipio_ine).startswith(departamento, autoescape=True))
    return paginar(sesion, consulta, pagina, columnas=(Plan.gestion, Plan.id))


def lineas_de(sesion: Session, plan_id: UUID) -> list[Linea]:
    """All of a plan, those taken out too, by their number."""
    consulta = select(Linea).where(Linea.plan_id == plan_id).order_by(col(Linea.numero))
    return list(sesion.exec(consulta, execution_options={"populate_existing": True}))


def lineas_publicas(sesion: Session, ids: Collection[UUID]) -> list[Linea]:
    """Of some lines, those that a published plan has."""
    consulta = select(Linea).where(col(Linea.id).in_(ids), tabla_linea.c.publica, ~col(Linea.retirada))
    return list(sesion.exec(consulta))


def pagina_de_lineas(
    sesion: Session, plan_id: UUID, pagina: CursorPedido, mes: int | None = None, desde: int = 1
) -> tuple[list[Linea], str | None]:
    """A page of what is in a plan, by number, from one on."""
    consulta = select(Linea).where(Linea.plan_id == plan_id, ~col(Linea.retirada), col(Linea.numero) >= desde)
    if mes is not None:
        consulta = consulta.where(Linea.mes == mes)
    return paginar(sesion, consulta, pagina, columnas=(Linea.numero,), desc=False)


def linea_de(sesion: Session, plan_id: UUID, numero: int) -> Linea:
    """Raises `LineaNoEncontrada`."""
    consulta = select(Linea).where(Linea.plan_id == plan_id, Linea.numero == numero)
    linea = sesion.exec(consulta).one_or_none()
    if linea is None:
        raise LineaNoEncontrada
    return linea


@dataclass(frozen=True, slots=True)
class Suma:
    lineas: int
    monto: Money


# What is published is summed when it is; a draft, when somebody of its entity looks at it.
_SUMAS = text(
    "SELECT plan_id, sum(lineas), sum(monto) FROM feria_plan_mes"
    " WHERE plan_id = ANY(:planes) GROUP BY plan_id"
    " UNION ALL SELECT plan_id, count(*), sum(monto) FROM feria_plan_linea"
    " WHERE plan_id = ANY(:planes) AND NOT publica GROUP BY plan_id"
)


def sumas_de(sesion: Session, planes: Collection[UUID]) -> dict[UUID, Suma]:
    """How many lines are in each plan, and how much they are."""
    filas = sesion.connection().execute(_SUMAS, {"planes": list(planes)})
    hay = {plan_id: Suma(int(cuantas), de_centavos(int(monto))) for plan_id, cuantas, monto in filas}
    return {plan_id: hay.get(plan_id, Suma(0, cero())) for plan_id in planes}


def planes_por_id(sesion: Session, ids: Collection[UUID]) -> dict[UUID, Plan]:
    return {p.id: p for p in sesion.exec(select(Plan).where(col(Plan.id).in_(ids)))}


def modalidades_de(sesion: Session, lineas: Sequence[Linea]) -> dict[UUID, Modalidad]:
    """Those foreseen for some lines, by id."""
    ids = {linea.modalidad_id for linea in lineas}
    return {m.id: m for m in sesion.exec(select(Modalidad).where(col(Modalidad.id).in_(ids)))}


def pagina_de_versiones(
    sesion: Session, plan_id: UUID, pagina: CursorPedido
) -> tuple[list[VersionDePlan], str | None]:
    """How a plan changed each time, in order; the text of each is read when it is asked for."""
    consulta = select(VersionDePlan).where(VersionDePlan.plan_id == plan_id)
    sin_texto = consulta.options(defer(VersionDePlan.contenido))  # type: ignore[arg-type]
    return paginar(sesion, sin_texto, pagina, columnas=(VersionDePlan.version,), desc=False)


def ultimas_versiones(
    sesion: Session, plan_id: UUID, cuantas: int, hasta: int = NUMERO_MAXIMO
) -> list[tuple[VersionDePlan, dict[str, Any]]]:
    """The last ones until one, the newest first, each with what changed in it; the text is read when asked
    for.
    """
    consulta = (
        select(VersionDePlan, tabla_version.c.cambio)
        .where(VersionDePlan.plan_id == plan_id, col(VersionDePlan.version) <= hasta)
        .options(defer(VersionDePlan.contenido))  # type: ignore[arg-type]
        .order_by(col(VersionDePlan.version).desc())
        .limit(cuantas)
    )
    return [(version, cambio or {}) for version, cambio in sesion.exec(consulta)]


def version_de(sesion: Session, plan_id: UUID, version: int) -> VersionDePlan:
    """Raises `PlanNoEncontrado`."""
    fila = sesion.get(VersionDePlan, (plan_id, version))
    if fila is None:
        raise PlanNoEncontrado
    return fila


_EMPEZADOS = text(
    "SELECT p.linea_id, c.id, c.titulo, c.cuce FROM feria_plan_proceso p"
    " JOIN feria_convocatoria c ON c.id = p.convocatoria_id"
    " WHERE p.linea_id = ANY(:lineas) AND (:borradores OR c.estado <> 'borrador')"
    " ORDER BY c.publicado_en, c.id"
)


@dataclass(frozen=True, slots=True)
class Empezado:
    """A process that was begun from a line; a draft has no CUCE."""

    id: UUID
    titulo: str
    cuce: str | None


def procesos_de(
    sesion: Session, lineas: Collection[UUID], *, borradores: bool = False
) -> dict[UUID, list[Empezado]]:
    """The public processes of each line, in the order in which they were published; with `borradores`, which
    are their people's, the drafts after them.
    """
    hallados: dict[UUID, list[Empezado]] = {linea_id: [] for linea_id in lineas}
    if lineas:
        pide = {"lineas": list(lineas), "borradores": borradores}
        for linea_id, id, titulo, cuce in sesion.connection().execute(_EMPEZADOS, pide):
            hallados[linea_id].append(Empezado(id, titulo, cuce))
    return hallados


def enlace_de(sesion: Session, convocatoria_id: UUID) -> ProcesoDelPlan | None:
    """From which line a process was begun, if from any."""
    return sesion.get(ProcesoDelPlan, convocatoria_id)


def lo_dicho(sesion: Session, convocatoria_id: UUID) -> tuple[Plan, int, str] | None:
    """The plan of a process, the version from which it was begun, and what that said of its line."""
    consulta = (
        select(Plan, ProcesoDelPlan.version, tabla_proceso.c.dicho)
        .join(ProcesoDelPlan, col(ProcesoDelPlan.plan_id) == Plan.id)
        .where(ProcesoDelPlan.convocatoria_id == convocatoria_id)
    )
    fila = sesion.exec(consulta).one_or_none()
    return None if fila is None else (fila[0], fila[1], fila[2])


def enlazada(sesion: Session, convocatoria_id: UUID) -> tuple[ProcesoDelPlan, Plan, Linea, str] | None:
    """How a process is of a line: the link, the plan and the line as they are now, its modality's code."""
    consulta = (
        select(ProcesoDelPlan, Plan, Linea, Modalidad.codigo)
        .join(Linea, col(Linea.id) == ProcesoDelPlan.linea_id)
        .join(Plan, col(Plan.id) == Linea.plan_id)
        .join(Modalidad, col(Modalidad.id) == Linea.modalidad_id)
        .where(ProcesoDelPlan.convocatoria_id == convocatoria_id)
    )
    fila = sesion.exec(consulta, execution_options={"populate_existing": True}).one_or_none()
    return None if fila is None else (fila[0], fila[1], fila[2], fila[3])


def linea_por_numero(sesion: Session, unidad_id: UUID, plan: str | int, numero: int) -> UUID | None:
    """A line of what an entity published, by the number of its plan or by its year."""
    consulta = (
        select(Linea.id)
        .join(Plan, col(Plan.id) == Linea.plan_id)
        .where(
            Plan.unidad_id == unidad_id,
            Plan.estado != EstadoPlan.BORRADOR,
            Linea.numero == numero,
            (col(Plan.numero) == plan) if isinstance(plan, str) else (col(Plan.gestion) == plan),
        )
    )
    return sesion.exec(consulta).one_or_none()
