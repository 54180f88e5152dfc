"""A process that is begun from a line of its entity's plan, and what its open data say of it."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from feria_inversa.datos_abiertos.modelos import ReleaseOcds
from feria_inversa.plan.consultas import enlace_de, linea_de, procesos_de
from feria_inversa.plan.errores import FueraDelPlan, LineaNoVigente
from feria_inversa.plan.esquemas import Cambio
from feria_inversa.procesos.convocatorias import crear_borrador, eliminar_borrador, publicar_convocatoria
from feria_inversa.procesos.esquemas import ConvocatoriaEntrada
from nucleo.bd import transaccion
from nucleo.reloj import ahora, fecha_bolivia
from tests.feria_inversa.conftest import ITEMS, Feria, item
from tests.feria_inversa.plan.ayudas import OBRA, cambia, entrada, publicado

CARO = [item("Refacción del mercado", "1", "640000.00", "obra")]


def _plan(feria: Feria) -> UUID:
    return publicado(feria, fecha_bolivia(ahora()).year, [entrada(), OBRA])


def _linea(plan_id: UUID, numero: int = 1) -> UUID:
    with transaccion() as sesion:
        return linea_de(sesion, plan_id, numero).id


def _desde(feria: Feria, linea_id: UUID, items: Any = ITEMS) -> UUID:
    datos = {"titulo": "Mobiliario escolar", "municipio_ine": "010101", "plazo_entrega_dias": 30}
    with transaccion() as sesion:
        entra = ConvocatoriaEntrada.model_validate(datos)
        return crear_borrador(
            sesion, feria.entidad.actor, feria.entidad.id, entra, items, linea_de_plan=linea_id
        ).id


def _publicar(feria: Feria, id_: UUID) -> None:
    with transaccion() as sesion:
        publicar_convocatoria(sesion, feria.entidad.actor, id_, ahora() + timedelta(days=25))


def test_la_linea_muestra_su_proceso_y_los_datos_abiertos_lo_planificado(
    feria: Feria, sesion: Session
) -> None:
    plan_id = _plan(feria)
    linea_id = _linea(plan_id)
    id_ = _desde(feria, linea_id)
    assert procesos_de(sesion, [linea_id]) == {linea_id: []}
    _publicar(feria, id_)
    cambia(feria, plan_id, Cambio(numero=1, linea=entrada(objeto="Otra cosa distinta")))

    sesion.rollback()
    (hallado,) = procesos_de(sesion, [linea_id])[linea_id]
    assert (hallado.id, hallado.titulo) == (id_, "Mobiliario escolar")
    suyos = select(ReleaseOcds).where(ReleaseOcds.convocatoria_id == id_)
    release = sesion.exec(suyos.order_by(col(ReleaseOcds.secuencia))).first()
    assert release is not None
    plan = json.loads(release.contenido, parse_float=Decimal)["planning"]
    gestion = fecha_bolivia(ahora()).year
    assert plan["budget"]["id"] == f"PAC-1101-00-{gestion}/1"
    assert plan["budget"]["amount"] == {"amount": Decimal("18000.00"), "currency": "BOB"}
    assert plan["budget"]["description"] == (
        "Pupitres para la unidad educativa. Partida 43700, fuente 41, organismo 113."
    )
    assert plan["documents"][0]["url"].endswith(f"/planes-de-contratacion/{plan_id}/versiones/1")


def test_sin_plan_los_datos_abiertos_no_dicen_nada_de_el(feria: Feria, sesion: Session) -> None:
    id_ = feria.publicada().id
    (release,) = sesion.exec(select(ReleaseOcds).where(ReleaseOcds.convocatoria_id == id_))
    assert '"planning"' not in release.contenido
    assert enlace_de(sesion, id_) is None


def test_se_empieza_de_una_linea_vigente_de_la_entidad(feria: Feria, duenio: Engine) -> None:
    plan_id = _plan(feria)
    quitada = _linea(plan_id, 2)
    cambia(feria, plan_id, Cambio(numero=2))
    for linea_id in (quitada, plan_id):
        with pytest.raises(LineaNoVigente):
            _desde(feria, linea_id)
    id_ = _desde(feria, _linea(plan_id))
    with transaccion() as sesion:
        eliminar_borrador(sesion, feria.entidad.actor, id_)
    publica = _desde(feria, _linea(plan_id))
    _publicar(feria, publica)
    for sentencia in (
        "DELETE FROM feria_plan_proceso",
        "UPDATE feria_plan_proceso SET version = 2",
        "INSERT INTO feria_plan_proceso SELECT c.id, p.plan_id, p.linea_id, p.version - 1"
        " FROM feria_plan_proceso p CROSS JOIN feria_convocatoria c WHERE c.id <> p.convocatoria_id",
    ):
        feria.borrador()
        with pytest.raises(DBAPIError), duenio.begin() as conexion:
            conexion.execute(text(sentencia))


def test_que_este_en_el_plan_se_muestra_y_solo_confirmado_obliga(feria: Feria, duenio: Engine) -> None:
    _publicar(feria, feria.borrador(CARO).id)  # the rule is not confirmed
    with duenio.begin() as conexion:
        conexion.execute(text("UPDATE feria_regla SET vigente_hasta = '2025-12-31' WHERE clave = 'en_plan'"))
        conexion.execute(
            text(
                "INSERT INTO feria_regla SELECT gen_random_uuid(), modalidad_id, clave, valor, true, fuente,"
                " nota, '2026-01-01' FROM feria_regla WHERE clave = 'en_plan'"
            )
        )
    fuera = feria.borrador(CARO).id
    with pytest.raises(FueraDelPlan):
        _publicar(feria, fuera)
    _publicar(feria, _desde(feria, _linea(_plan(feria), 2), CARO))
    _publicar(feria, feria.borrador().id)  # a smaller one need not be there
