"""`qhatu verify`: the lines of each published plan are what its last version says."""

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from sqlmodel import Session, col, select

from feria_inversa.actos import a_json
from feria_inversa.plan.consultas import lineas_de, modalidades_de
from feria_inversa.plan.estados import EstadoPlan
from feria_inversa.plan.modelos import Plan, VersionDePlan
from feria_inversa.plan.retrato import retrato
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50


@comprueba("planes de contrataciones")
def verificar_planes(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    return list(islice(_faltas(sesion), FALTAS_MAXIMO))


def _faltas(sesion: Session) -> Iterator[str]:
    ids = sesion.exec(select(Plan.id).where(Plan.estado != EstadoPlan.BORRADOR).order_by(col(Plan.numero)))
    for plan_id in list(ids):
        plan = sesion.get_one(Plan, plan_id)
        version = sesion.get(VersionDePlan, (plan_id, plan.version))
        lineas = lineas_de(sesion, plan_id)
        dicho = json.loads(version.contenido, parse_float=Decimal)["plan"] if version else None
        if a_json(dicho) != a_json(retrato(lineas, modalidades_de(sesion, lineas))):
            yield f"{plan.numero} no es lo que dice su versión {plan.version}"
        sesion.expunge_all()
