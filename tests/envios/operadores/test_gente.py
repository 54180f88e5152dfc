"""Who works where: by whom they are assigned, where they act, and how it ends."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from ciudadania import SesionNoReciente
from empresa_digital.registro import (
    Facultad,
    SinFacultad,
    mandatos_dados,
    revocar_mandato,
)
from envios.operadores import agencias_del_actor, asignar, cerrar_agencia, exigir_en_agencia
from envios.operadores.errores import AgenciaCerrada, NoEstaAsignada, NoTrabajaAqui
from envios.operadores.gente import asignables, retirar, trabajos_en
from envios.operadores.verificar import gente_de_agencias
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora, fecha_bolivia
from tests.ayudas.carreras import cruzar
from tests.envios.operadores.conftest import UYUNI, Casa


def _asignar(casa: Casa, agencia_id: Any, persona: Any, **fechas: Any) -> None:
    with transaccion() as sesion:
        asignar(sesion, casa.actor(casa.jefa), agencia_id, persona.id, **fechas)


def _puede(sesion: Session, casa: Casa, persona: Any, agencia: Any) -> bool:
    try:
        hecho = exigir_en_agencia(sesion, casa.actor(persona), agencia.id)
    except NoTrabajaAqui:
        return False
    assert hecho.agencia == agencia
    assert hecho.autorizacion.unidad_id == casa.correos.id
    return True


def test_cada_uno_actua_donde_trabaja_y_quien_administra_en_todas(sesion: Session, casa: Casa) -> None:
    potosi, uyuni = casa.agencia("PT-01"), casa.agencia("PT-02", UYUNI)
    assert not _puede(sesion, casa, casa.cartero, potosi)
    _asignar(casa, potosi.id, casa.cartero)

    assert _puede(sesion, casa, casa.cartero, potosi)
    assert not _puede(sesion, casa, casa.cartero, uyuni)
    assert not _puede(sesion, casa, casa.otra, potosi)
    assert _puede(sesion, casa, casa.jefa, potosi)
    assert _puede(sesion, casa, casa.jefa, uyuni)
    for ajena in (casa.vendedora, casa.rival):
        with pytest.raises(SinFacultad):
            exigir_en_agencia(sesion, casa.actor(ajena), potosi.id)

    de = casa.correos.id
    assert agencias_del_actor(sesion, casa.actor(casa.cartero), de) == [potosi]
    assert agencias_del_actor(sesion, casa.actor(casa.jefa), de) == [potosi, uyuni]
    assert agencias_del_actor(sesion, casa.actor(casa.otra), de) == []


def test_se_asigna_a_quien_despacha(sesion: Session, casa: Casa) -> None:
    agencia = casa.agencia()
    suyos = {a.persona_id for a in asignables(sesion, casa.correos.id)}
    assert suyos == {casa.jefa.id, casa.cartero.id, casa.otra.id}
    for persona in (casa.vendedora, casa.rival):
        with pytest.raises(DatosInvalidos) as rechazo:
            _asignar(casa, agencia.id, persona)
        assert list(rechazo.value.campos) == ["persona_id"]
    assert trabajos_en(sesion, [agencia.id]) == []


def test_asigna_quien_administra_y_acaba_de_ingresar(sesion: Session, casa: Casa) -> None:
    agencia = casa.agencia()
    for quien in (casa.cartero, casa.rival):
        with pytest.raises(SinFacultad), transaccion() as propia:
            asignar(propia, casa.actor(quien), agencia.id, casa.cartero.id)
    hace_rato = casa.actor(casa.jefa, ahora() - timedelta(hours=3))
    with pytest.raises(SesionNoReciente), transaccion() as propia:
        asignar(propia, hace_rato, agencia.id, casa.cartero.id)
    _asignar(casa, agencia.id, casa.cartero)
    for actor, error in ((casa.actor(casa.cartero), SinFacultad), (hace_rato, SesionNoReciente)):
        with pytest.raises(error), transaccion() as propia:
            retirar(propia, actor, agencia.id, casa.cartero.id)
    assert [t.persona_id for t in trabajos_en(sesion, [agencia.id])] == [casa.cartero.id]


def test_muere_con_el_mandato_y_no_vuelve_con_otro(sesion: Session, casa: Casa, otorgar: Any) -> None:
    agencia = casa.agencia()
    _asignar(casa, agencia.id, casa.cartero)
    mandato = next(m for m in mandatos_dados(sesion, casa.correos.id) if m.persona_id == casa.cartero.id)
    with transaccion() as propia:
        revocar_mandato(propia, casa.actor(casa.jefa), mandato.id, "Se fue")
    otorgar(casa.correos.id, casa.cartero, Facultad.DESPACHAR)

    assert not _puede(sesion, casa, casa.cartero, agencia)
    assert trabajos_en(sesion, [agencia.id]) == []
    _asignar(casa, agencia.id, casa.cartero)  # the dead one leaves its place
    assert _puede(sesion, casa, casa.cartero, agencia)
    assert gente_de_agencias(sesion) == []


def test_entre_dos_dias(sesion: Session, casa: Casa, reloj: Any) -> None:
    agencia, hoy = casa.agencia(), fecha_bolivia()
    _asignar(casa, agencia.id, casa.cartero, desde=hoy + timedelta(1), hasta=hoy + timedelta(2))
    assert not _puede(sesion, casa, casa.cartero, agencia)
    sesion.rollback()
    reloj.adelantar(timedelta(days=1))
    assert _puede(sesion, casa, casa.cartero, agencia)
    sesion.rollback()
    reloj.adelantar(timedelta(days=1))
    assert _puede(sesion, casa, casa.cartero, agencia)
    sesion.rollback()
    reloj.adelantar(timedelta(days=1))
    assert not _puede(sesion, casa, casa.cartero, agencia)
    with pytest.raises(NoEstaAsignada), transaccion() as propia:
        retirar(propia, casa.actor(casa.jefa), agencia.id, casa.cartero.id)


@pytest.mark.parametrize(("desde", "hasta", "campo"), [(-1, None, "desde"), (2, 1, "hasta")])
def test_las_fechas_van_hacia_adelante(
    sesion: Session, casa: Casa, desde: int, hasta: int | None, campo: str
) -> None:
    agencia, hoy = casa.agencia(), fecha_bolivia()
    with pytest.raises(DatosInvalidos) as rechazo:
        _asignar(
            casa,
            agencia.id,
            casa.cartero,
            desde=hoy + timedelta(desde),
            hasta=None if hasta is None else hoy + timedelta(hasta),
        )
    assert list(rechazo.value.campos) == [campo]
    assert trabajos_en(sesion, [agencia.id]) == []


def test_dos_veces_a_la_vez_es_una(sesion: Session, casa: Casa) -> None:
    agencia = casa.agencia()

    def poner(propia: Session) -> None:
        asignar(propia, casa.actor(casa.jefa), agencia.id, casa.cartero.id)

    error = cruzar(poner, poner)
    assert isinstance(error, DatosInvalidos)
    assert error.campos == {
        "persona_id": "Esa persona ya trabaja aquí en esos días: quítela antes de cambiar sus fechas."
    }
    assert len(trabajos_en(sesion, [agencia.id])) == 1


def test_se_la_quita_y_ya_no_actua(sesion: Session, casa: Casa) -> None:
    agencia = casa.agencia()
    _asignar(casa, agencia.id, casa.cartero)
    with transaccion() as propia:
        retirar(propia, casa.actor(casa.jefa), agencia.id, casa.cartero.id)
    assert not _puede(sesion, casa, casa.cartero, agencia)
    with pytest.raises(NoEstaAsignada), transaccion() as propia:
        retirar(propia, casa.actor(casa.jefa), agencia.id, casa.cartero.id)
    with pytest.raises(DBAPIError, match="ya se retiró"):
        sesion.connection().execute(text("UPDATE envios_agencia_trabajo SET retirada_en = NULL"))


def test_en_una_cerrada_no_actua_nadie(sesion: Session, casa: Casa) -> None:
    agencia = casa.agencia()
    _asignar(casa, agencia.id, casa.cartero)
    with transaccion() as propia:
        cerrar_agencia(propia, casa.actor(casa.jefa), agencia.id, "Refacción")
    for persona in (casa.cartero, casa.jefa):
        with pytest.raises(AgenciaCerrada):
            exigir_en_agencia(sesion, casa.actor(persona), agencia.id)
    assert agencias_del_actor(sesion, casa.actor(casa.cartero), casa.correos.id) == []
    with pytest.raises(AgenciaCerrada):
        _asignar(casa, agencia.id, casa.otra)


def test_verify_ve_una_asignacion_por_el_mandato_de_otra(sesion: Session, casa: Casa, duenio: Any) -> None:
    agencia = casa.agencia()
    _asignar(casa, agencia.id, casa.cartero)
    assert gente_de_agencias(sesion) == []
    with duenio.begin() as conexion:
        conexion.execute(text("UPDATE envios_agencia_trabajo SET persona_id = :p"), {"p": casa.otra.id})
    fila = sesion.connection().execute(text("SELECT id FROM envios_agencia_trabajo")).scalar_one()
    assert gente_de_agencias(sesion) == [
        f"agencias: la asignación {fila} no es de un mandato de su operador para esa persona"
    ]
