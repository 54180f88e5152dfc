"""From rows to what the API answers."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from empresa_digital.registro import unidades_en_lote
from feria_inversa.entidades import unidad_breve
from feria_inversa.plan.consultas import modalidades_de, planes_por_id, procesos_de, sumas_de
from feria_inversa.plan.esquemas import LineaHallada, LineaSalida, PlanSalida, VersionSalida
from feria_inversa.plan.modelos import Linea, Plan, VersionDePlan

_DEL_PLAN = PlanSalida.model_fields.keys() - {"entidad", "lineas", "monto"}
_DE_LA_LINEA = LineaSalida.model_fields.keys() - {"modalidad", "procesos"}


def planes(sesion: Session, filas: Sequence[Plan]) -> list[PlanSalida]:
    unidades = unidades_en_lote(sesion, {p.unidad_id for p in filas})
    sumas = sumas_de(sesion, [p.id for p in filas])
    return [
        PlanSalida(
            **{campo: getattr(p, campo) for campo in _DEL_PLAN},
            entidad=unidad_breve(unidades[p.unidad_id]),
            lineas=sumas[p.id].lineas,
            monto=sumas[p.id].monto,
        )
        for p in filas
    ]


def lineas(sesion: Session, filas: Sequence[Linea]) -> list[LineaSalida]:
    return [LineaSalida(**campos) for campos in _lineas(sesion, filas)]


def halladas(sesion: Session, filas: Sequence[Linea]) -> list[LineaHallada]:
    suyos = planes_por_id(sesion, {linea.plan_id for linea in filas})
    unidades = unidades_en_lote(sesion, {p.unidad_id for p in suyos.values()})
    return [
        LineaHallada(
            **campos,
            gestion=linea.gestion,
            plan_id=linea.plan_id,
            entidad=unidad_breve(unidades[suyos[linea.plan_id].unidad_id]),
        )
        for linea, campos in zip(filas, _lineas(sesion, filas), strict=True)
    ]


def _lineas(sesion: Session, filas: Sequence[Linea]) -> list[dict[str, Any]]:
    modalidades = modalidades_de(sesion, filas)
    procesos = procesos_de(sesion, [linea.id for linea in filas])
    return [
        {campo: getattr(linea, campo) for campo in _DE_LA_LINEA}
        | {
            "modalidad": modalidades[linea.modalidad_id].codigo,
            "procesos": [proceso.id for proceso in procesos[linea.id]],
        }
        for linea in filas
    ]


def versiones(filas: Sequence[VersionDePlan]) -> list[VersionSalida]:
    return [VersionSalida.model_validate(fila, from_attributes=True) for fila in filas]
