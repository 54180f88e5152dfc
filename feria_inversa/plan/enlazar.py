"""A process that is begun from a line of its entity's plan, and whether one must be."""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, delete

from feria_inversa.plan.bloqueos import compartir_plan
from feria_inversa.plan.consultas import enlace_de, version_de
from feria_inversa.plan.errores import FueraDelPlan, LineaNoVigente
from feria_inversa.plan.estados import EstadoPlan
from feria_inversa.plan.modelos import Linea, Plan, ProcesoDelPlan
from feria_inversa.reglas import Clave, Reglas
from nucleo.textos import gettext as _

TITULO_MAXIMO = 200


@dataclass(frozen=True, slots=True)
class ParaEmpezar:
    """What a line gives to the draft that is begun from it."""

    unidad_id: UUID
    titulo: str
    categoria: str


def para_empezar(sesion: Session, linea_id: UUID) -> ParaEmpezar:
    """Of a line in force. Raises `LineaNoVigente`."""
    linea = sesion.get(Linea, linea_id)
    plan = sesion.get(Plan, linea.plan_id) if linea is not None else None
    if linea is None or plan is None or not _vigente(plan, linea, plan.unidad_id):
        raise _no_vigente()
    return ParaEmpezar(plan.unidad_id, linea.objeto[:TITULO_MAXIMO], linea.categoria)


def _no_vigente() -> LineaNoVigente:
    dice = _("Elija una línea del plan vigente de la entidad.")
    return LineaNoVigente(dice, campos={"linea_de_plan": dice})


def _vigente(plan: Plan, linea: Linea, unidad_id: UUID) -> bool:
    return plan.unidad_id == unidad_id and plan.estado == EstadoPlan.PUBLICADO and not linea.retirada


def enlazar(sesion: Session, unidad_id: UUID, convocatoria_id: UUID, linea_id: UUID) -> None:
    """The draft of a process is begun from a line of its entity's plan, held as it is meanwhile. Raises
    `LineaNoVigente`.
    """
    linea = sesion.get(Linea, linea_id)
    if linea is None:
        raise _no_vigente()
    plan = compartir_plan(sesion, linea.plan_id)
    sesion.refresh(linea)
    if not _vigente(plan, linea, unidad_id):
        raise _no_vigente()
    sesion.add(
        ProcesoDelPlan(
            convocatoria_id=convocatoria_id, plan_id=plan.id, linea_id=linea_id, version=plan.version
        )
    )
    sesion.flush()


def soltar(sesion: Session, convocatoria_id: UUID) -> None:
    """A draft that is thrown away leaves its line."""
    sesion.execute(delete(ProcesoDelPlan).where(col(ProcesoDelPlan.convocatoria_id) == convocatoria_id))


def falta_en_el_plan(sesion: Session, convocatoria_id: UUID, reglas: Reglas) -> bool:
    """Whether a process of a modality should be in a plan and was begun from no line of one."""
    valor = reglas.valores.get(Clave.EN_PLAN)
    return valor is not None and bool(valor.valor) and enlace_de(sesion, convocatoria_id) is None


def exigir_en_el_plan(sesion: Session, convocatoria_id: UUID, reglas: Reglas) -> None:
    """Raise `FueraDelPlan` where a confirmed rule asks for it; one in doubt is shown, and blocks nobody."""
    if reglas.exige(Clave.EN_PLAN) and falta_en_el_plan(sesion, convocatoria_id, reglas):
        raise FueraDelPlan(
            _("La modalidad {} pide que el proceso esté en el plan anual: empiécelo desde su línea.").format(
                reglas.codigo
            )
        )


@dataclass(frozen=True, slots=True)
class Planificado:
    """What the plan said of a process when it was begun."""

    plan_id: UUID
    numero_de_plan: str
    version: int
    gestion: int
    linea: dict[str, Any]


def planificado(sesion: Session, convocatoria_id: UUID) -> Planificado | None:
    """Of the process that was begun from a line; what is changed later in the plan changes nothing of it."""
    enlace = enlace_de(sesion, convocatoria_id)
    if enlace is None:
        return None
    dicho = json.loads(version_de(sesion, enlace.plan_id, enlace.version).contenido, parse_float=Decimal)
    (linea,) = (fila for fila in dicho["plan"]["lineas"] if fila["id"] == str(enlace.linea_id))
    return Planificado(enlace.plan_id, dicho["numero"], enlace.version, dicho["gestion"], linea)
