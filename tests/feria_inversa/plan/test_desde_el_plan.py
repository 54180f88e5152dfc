"""A process that is begun from a line of its entity's plan, and what its open data say of it."""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from empresa_digital.registro import Facultad, Habilitacion, TipoUnidad
from feria_inversa.plan.consultas import enlace_de, linea_de, procesos_de
from feria_inversa.plan.enlazar import en_el_plan, enlazar, linea_dicha
from feria_inversa.plan.errores import FueraDelPlan, LineaNoVigente
from feria_inversa.plan.esquemas import Cambio
from feria_inversa.plan.planificar import cambiar, eliminar
from feria_inversa.procesos.convocatorias import (
    crear_borrador,
    editar_borrador,
    eliminar_borrador,
    publicar_convocatoria,
)
from feria_inversa.procesos.esquemas import ConvocatoriaCambio, ConvocatoriaEntrada
from nucleo.bd import transaccion
from nucleo.reloj import ZONA, ahora, fecha_bolivia
from tests.ayudas.carreras import cruzar
from tests.feria_inversa.conftest import ITEMS, Feria, item
from tests.feria_inversa.datos_abiertos.ayudas import releases
from tests.feria_inversa.plan.ayudas import OBRA, borrador, cambia, entrada, publicado

CARO = [item("Refacción del mercado", "1", "640000.00", "obra")]


def _plan(feria: Feria) -> UUID:
    return publicado(feria, fecha_bolivia(ahora()).year, [entrada(), OBRA])


def _linea(plan_id: UUID, numero: int = 1) -> UUID:
    with transaccion() as sesion:
        return linea_de(sesion, plan_id, numero).id


def _entrada() -> ConvocatoriaEntrada:
    datos = {"titulo": "Mobiliario escolar", "municipio_ine": "010101", "plazo_entrega_dias": 30}
    return ConvocatoriaEntrada.model_validate(datos)


def desde_la_linea(feria: Feria, linea_id: UUID, items: Any = ITEMS) -> UUID:
    with transaccion() as sesion:
        return crear_borrador(
            sesion, feria.entidad.actor, feria.entidad.id, _entrada(), items, linea_de_plan=linea_id
        ).id


def _elegir(feria: Feria, id_: UUID, linea_id: UUID | None) -> None:
    with transaccion() as sesion:
        editar_borrador(sesion, feria.entidad.actor, id_, ConvocatoriaCambio(linea_de_plan=linea_id))


def _publicar(feria: Feria, id_: UUID) -> None:
    with transaccion() as sesion:
        publicar_convocatoria(sesion, feria.entidad.actor, id_, ahora() + timedelta(days=25))


def test_la_linea_muestra_su_proceso_y_los_datos_abiertos_lo_planificado(
    feria: Feria, sesion: Session
) -> None:
    plan_id = _plan(feria)
    linea_id = _linea(plan_id)
    id_ = desde_la_linea(feria, linea_id)
    assert procesos_de(sesion, [linea_id]) == {linea_id: []}
    _publicar(feria, id_)
    cambia(feria, plan_id, Cambio(numero=1, linea=entrada(objeto="Otra cosa distinta")))

    sesion.rollback()
    (hallado,) = procesos_de(sesion, [linea_id])[linea_id]
    assert (hallado.id, hallado.titulo) == (id_, "Mobiliario escolar")
    (release,) = releases(sesion, id_)
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
    (release,) = releases(sesion, id_)
    assert '"planning"' not in release.contenido
    assert enlace_de(sesion, id_) is None


def test_se_empieza_de_una_linea_vigente_de_la_entidad(feria: Feria, duenio: Engine) -> None:
    plan_id = _plan(feria)
    quitada = _linea(plan_id, 2)
    cambia(feria, plan_id, Cambio(numero=2))
    for linea_id in (quitada, plan_id):
        with pytest.raises(LineaNoVigente):
            desde_la_linea(feria, linea_id)
    id_ = desde_la_linea(feria, _linea(plan_id))
    with transaccion() as sesion:
        eliminar_borrador(sesion, feria.entidad.actor, id_)
    publica = desde_la_linea(feria, _linea(plan_id))
    _publicar(feria, publica)
    for sentencia in (
        "DELETE FROM feria_plan_proceso",
        "UPDATE feria_plan_proceso SET version = 2",
        "INSERT INTO feria_plan_proceso SELECT c.id, p.plan_id, p.linea_id, p.version - 1"
        " FROM feria_plan_proceso p CROSS JOIN feria_convocatoria c WHERE c.id <> p.convocatoria_id",
    ):
        feria.borrador()
        with pytest.raises(DBAPIError) as negada, duenio.begin() as conexion:
            conexion.execute(text(sentencia))
        assert getattr(negada.value.orig, "sqlstate", None) == "23001"


def test_de_otra_entidad_o_de_un_anio_que_acabo_no_se_empieza(feria: Feria, reloj: Any, bd: Engine) -> None:
    gestion = fecha_bolivia(ahora()).year
    linea_id = _linea(_plan(feria))
    otra = feria.crear_parte(
        "Municipio Ajeno",
        TipoUnidad.ENTIDAD_PUBLICA,
        (Facultad.COMPRAR,),
        (Habilitacion.ENTIDAD_CONTRATANTE,),
    )
    with transaccion() as sesion, pytest.raises(LineaNoVigente):
        crear_borrador(sesion, otra.actor, otra.id, _entrada(), ITEMS, linea_de_plan=linea_id)
    suyo = desde_la_linea(feria, linea_id)
    reloj.situar(datetime(gestion + 1, 1, 1, tzinfo=ZONA))  # no sweep has run
    with pytest.raises(LineaNoVigente):
        desde_la_linea(feria, linea_id)
    with transaccion() as sesion:
        dicho = en_el_plan(sesion, suyo)
    assert dicho is not None
    assert (dicho.codigo, dicho.vigente) == (f"PAC-1101-00-{gestion}/1", False)
    ajeno = feria.borrador().id
    with pytest.raises(DBAPIError) as negada, bd.begin() as conexion:
        conexion.execute(
            text(
                "INSERT INTO feria_plan_proceso SELECT :ajeno, plan_id, linea_id, version"
                " FROM feria_plan_proceso"
            ),
            {"ajeno": ajeno},
        )
    assert getattr(negada.value.orig, "sqlstate", None) == "23001"


def test_la_linea_de_un_borrador_se_elige_se_cambia_y_se_deja(feria: Feria) -> None:
    plan_id = _plan(feria)
    gestion = fecha_bolivia(ahora()).year
    id_ = feria.borrador().id
    for dicha, numero in ((f"pac-1101-00-{gestion}/2", 2), ("1", 1)):
        with transaccion() as sesion:
            assert linea_dicha(sesion, feria.entidad.id, dicha) == _linea(plan_id, numero)
        _elegir(feria, id_, _linea(plan_id, numero))
    for dicha in ("9", "PAC-1-00-2028/1", "", "uno", "99999", "-1"):
        with transaccion() as sesion, pytest.raises(LineaNoVigente):
            linea_dicha(sesion, feria.entidad.id, dicha)
    with transaccion() as sesion:
        enlace = enlace_de(sesion, id_)
    assert enlace is not None
    assert enlace.linea_id == _linea(plan_id)
    cambia(feria, plan_id, Cambio(numero=1))
    _elegir(feria, id_, enlace.linea_id)  # saved as it was: judged when it is published
    with pytest.raises(LineaNoVigente):
        _elegir(feria, feria.borrador().id, enlace.linea_id)
    _elegir(feria, id_, None)
    with transaccion() as sesion:
        assert enlace_de(sesion, id_) is None


def test_la_linea_de_un_borrador_que_se_tira_mientras_no_esta_en_ningun_plan(feria: Feria) -> None:
    plan_id = borrador(feria, fecha_bolivia(ahora()).year)
    linea_id, id_ = _linea(plan_id), feria.borrador().id
    falla = cruzar(
        lambda s: eliminar(s, feria.entidad.actor, plan_id),
        lambda s: enlazar(s, feria.entidad.id, id_, linea_id),
    )
    assert isinstance(falla, LineaNoVigente)
    otro = borrador(feria, fecha_bolivia(ahora()).year)
    linea_id = _linea(otro)
    falla = cruzar(
        lambda s: cambiar(s, feria.entidad.actor, otro, [Cambio(numero=1)]),
        lambda s: enlazar(s, feria.entidad.id, id_, linea_id),
    )
    assert isinstance(falla, LineaNoVigente)


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
    plan_id = _plan(feria)
    _publicar(feria, desde_la_linea(feria, _linea(plan_id, 2), CARO))
    _publicar(feria, feria.borrador().id)  # a smaller one need not be there
    quitada = desde_la_linea(feria, _linea(plan_id, 2), CARO)
    cambia(feria, plan_id, Cambio(numero=2), Cambio(linea=OBRA))
    for id_ in (fuera, quitada):
        with pytest.raises(FueraDelPlan):
            _publicar(feria, id_)
    _elegir(feria, fuera, _linea(plan_id, 3))
    _publicar(feria, fuera)
