"""`qhatu verify`: the lines of each published plan are what its last version says, and its sums theirs."""

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from sqlalchemy import text
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


_SUMAS_AJENAS = text(
    """
    WITH lineas AS (
        SELECT plan_id, gestion, mes, departamento, count(*) AS lineas, sum(monto) AS monto
        FROM feria_plan_linea WHERE publica AND NOT retirada GROUP BY plan_id, gestion, mes, departamento
    ), dichas AS (
        SELECT plan_id, gestion, mes, departamento, lineas::bigint, monto::numeric FROM feria_plan_mes
    )
    SELECT DISTINCT p.numero
    FROM ((TABLE lineas EXCEPT TABLE dichas) UNION ALL (TABLE dichas EXCEPT TABLE lineas)) d
    JOIN feria_plan p ON p.id = d.plan_id
    UNION
    SELECT coalesce(p.numero, p.id::text) FROM feria_plan p JOIN feria_plan_linea l ON l.plan_id = p.id
    WHERE l.publica <> (p.estado <> 'borrador')
    ORDER BY 1
    """
)


# What each version says of itself, that none is missing, and that a process keeps what its version said.
_VERSIONES_AJENAS = text(
    """
    SELECT p.numero, v.version FROM feria_plan_version v JOIN feria_plan p ON p.id = v.plan_id
    WHERE (v.contenido::jsonb ->> 'numero', v.contenido::jsonb ->> 'version',
            v.contenido::jsonb ->> 'gestion', v.contenido::jsonb ->> 'motivo',
            (v.contenido::jsonb ->> 'publicada_en')::timestamptz)
        IS DISTINCT FROM (p.numero::text, v.version::text, p.gestion::text, v.motivo::text, v.hecha_en)
    UNION ALL
    SELECT p.numero, p.version FROM feria_plan p
    WHERE p.estado <> 'borrador'
        AND p.version <> (
            SELECT count(*) FROM feria_plan_version v WHERE v.plan_id = p.id AND v.version <= p.version)
    UNION ALL
    SELECT p.numero, e.version FROM feria_plan_proceso e
    JOIN feria_plan p ON p.id = e.plan_id
    JOIN feria_plan_version v ON v.plan_id = e.plan_id AND v.version = e.version
    WHERE NOT v.contenido::jsonb -> 'plan' -> 'lineas' @> jsonb_build_array(e.dicho::jsonb)
    ORDER BY 1, 2
    """
)


def _faltas(sesion: Session) -> Iterator[str]:
    for numero, version in sesion.connection().execute(_VERSIONES_AJENAS).all():
        yield f"{numero}: falta su versión {version}, no es lo que dice ser, o un proceso no la dice igual"
    for numero in sesion.connection().execute(_SUMAS_AJENAS).scalars().all():
        yield f"{numero} no suma por mes lo que suman sus líneas a la vista"
    ids = sesion.exec(select(Plan.id).where(Plan.estado != EstadoPlan.BORRADOR).order_by(col(Plan.numero)))
    for plan_id in list(ids):
        plan = sesion.get_one(Plan, plan_id)
        version = sesion.get(VersionDePlan, (plan_id, plan.version))
        lineas = lineas_de(sesion, plan_id)
        dicho = json.loads(version.contenido, parse_float=Decimal)["plan"] if version else None
        if a_json(dicho) != a_json(retrato(lineas, modalidades_de(sesion, lineas))):
            yield f"{plan.numero} no es lo que dice su versión {plan.version}"
        sesion.expunge_all()
