"""Agencies: opened, changed, closed with a reason and opened again; what the database refuses."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from empresa_digital.registro import SinFacultad, SinHabilitacion
from envios.operadores import ClaseAgencia, abrir_agencia, agencia_por_id, agencias_publicas, cerrar_agencia
from envios.operadores.agencias import cambiar_agencia, reabrir_agencia
from envios.operadores.consultas import semanas_de
from envios.operadores.errores import AgenciaRepetida, PasoDeAgencia
from envios.operadores.estados import VIDA_AGENCIA
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos, PrecondicionFallida
from tests.ayudas.carreras import cruzar
from tests.envios.operadores.conftest import LABORAL, POTOSI, UYUNI, Casa, datos


def _cuenta(sesion: Session) -> tuple[int, int]:
    consulta = "SELECT (SELECT count(*) FROM envios_agencia), (SELECT count(*) FROM envios_agencia_horario)"
    agencias, horas = sesion.connection().execute(text(consulta)).one()
    return int(agencias), int(horas)


def test_se_abre_con_su_horario_y_cualquiera_la_encuentra(sesion: Session, casa: Casa) -> None:
    uno = casa.agencia("pt-01", latitud=Decimal("-19.583611"), longitud=Decimal("-65.753333"))

    assert (uno.codigo, uno.nombre, uno.version, uno.abierta) == ("PT-01", "Agencia pt-01", 1, True)
    assert agencias_publicas(sesion, POTOSI) == [uno] == agencias_publicas(sesion, "05")
    assert agencias_publicas(sesion, UYUNI) == []
    assert semanas_de(sesion, [uno.id]) == {uno.id: LABORAL}


def test_a_un_centro_de_clasificacion_no_va_nadie(sesion: Session, casa: Casa) -> None:
    casa.agencia(clase=ClaseAgencia.CENTRO)
    assert agencias_publicas(sesion, POTOSI) == []


@pytest.mark.parametrize(
    ("cambios", "campo"),
    [
        ({"codigo": "Potosí"}, "codigo"),
        ({"codigo": "P"}, "codigo"),
        ({"municipio": "999999"}, "municipio_ine"),
        ({"nombre": "P"}, "nombre"),
        ({"direccion": "x"}, "direccion"),
        ({"latitud": Decimal("-16.5")}, "longitud"),
        ({"latitud": Decimal("16.5"), "longitud": Decimal("-68.1")}, "latitud"),
        ({"latitud": Decimal("-16.5"), "longitud": Decimal("68.1")}, "longitud"),
    ],
)
def test_lo_que_no_es_de_bolivia_no_se_guarda(
    sesion: Session, casa: Casa, cambios: dict[str, Any], campo: str
) -> None:
    with pytest.raises(DatosInvalidos) as rechazo:
        casa.agencia(**cambios)
    assert list(rechazo.value.campos) == [campo]
    assert _cuenta(sesion) == (0, 0)


def test_el_codigo_es_uno_por_operador(sesion: Session, casa: Casa) -> None:
    casa.agencia("PT-01")
    with pytest.raises(AgenciaRepetida):
        casa.agencia("PT-01", UYUNI)
    with transaccion() as otra:
        abrir_agencia(otra, casa.actor(casa.rival), casa.mensajeria.id, datos("PT-01"))
    assert _cuenta(sesion)[0] == 2


def test_dos_con_un_codigo_a_la_vez_dejan_una(sesion: Session, casa: Casa) -> None:
    def abrir(propia: Session) -> None:
        abrir_agencia(propia, casa.actor(casa.jefa), casa.correos.id, datos())

    assert isinstance(cruzar(abrir, abrir), AgenciaRepetida)
    assert _cuenta(sesion) == (1, 11)


def test_solo_quien_administra_un_operador_habilitado(
    sesion: Session, casa: Casa, crear_persona: Any, crear_unidad: Any
) -> None:
    duena = crear_persona("Dora")
    tienda = crear_unidad("Tienda", representante=duena)
    for quien, unidad, error in (
        (casa.cartero, casa.correos, SinFacultad),
        (casa.rival, casa.correos, SinFacultad),
        (duena, tienda, SinHabilitacion),
    ):
        with pytest.raises(error), transaccion() as propia:
            abrir_agencia(propia, casa.actor(quien), unidad.id, datos())
    uno = casa.agencia()
    for acto in (
        lambda s, a: cambiar_agencia(s, a, uno.id, datos(nombre="Mía"), 1),
        lambda s, a: cerrar_agencia(s, a, uno.id, "Porque sí"),
        lambda s, a: reabrir_agencia(s, a, uno.id),
    ):
        for quien in (casa.cartero, casa.rival):
            with pytest.raises(SinFacultad), transaccion() as propia:
                acto(propia, casa.actor(quien))
    assert agencia_por_id(sesion, uno.id) == uno


def test_se_cambia_todo_menos_su_codigo_y_solo_lo_que_se_leyo(sesion: Session, casa: Casa) -> None:
    uno = casa.agencia()
    nuevos = datos("OTRO", UYUNI, nombre="Uyuni centro", telefono=None, semana={1: ((480, 720),)})
    with transaccion() as propia:
        dos = cambiar_agencia(propia, casa.actor(casa.jefa), uno.id, nuevos, 1)
    assert (dos.codigo, dos.nombre, dos.municipio_ine, dos.telefono) == ("PT-01", "Uyuni centro", UYUNI, None)
    assert dos.version == 2
    assert semanas_de(sesion, [uno.id]) == {uno.id: {1: ((480, 720),)}}
    with pytest.raises(PrecondicionFallida), transaccion() as propia:
        cambiar_agencia(propia, casa.actor(casa.jefa), uno.id, datos(), 1)
    assert agencia_por_id(sesion, uno.id) == dos


def test_se_cierra_con_motivo_y_vuelve_a_abrir(sesion: Session, casa: Casa, reloj: Any) -> None:
    uno, jefa = casa.agencia(), casa.actor(casa.jefa)
    with pytest.raises(PasoDeAgencia), transaccion() as propia:
        reabrir_agencia(propia, jefa, uno.id)
    with pytest.raises(DatosInvalidos), transaccion() as propia:
        cerrar_agencia(propia, jefa, uno.id, "  ")
    assert agencia_por_id(sesion, uno.id) == uno
    with transaccion() as propia:
        cerrada = cerrar_agencia(propia, jefa, uno.id, "Se inundó")
    assert (cerrada.abierta, cerrada.cerrada_motivo, cerrada.version) == (False, "Se inundó", 2)
    assert agencias_publicas(sesion, POTOSI) == []
    with pytest.raises(PasoDeAgencia), transaccion() as propia:
        cerrar_agencia(propia, jefa, uno.id, "Otra vez")
    with transaccion() as propia:
        abierta = reabrir_agencia(propia, jefa, uno.id)
    assert (abierta.abierta, abierta.cerrada_motivo, abierta.cerrada_en, abierta.version) == (
        True,
        None,
        None,
        3,
    )
    assert agencias_publicas(sesion, POTOSI) == [abierta]
    assert semanas_de(sesion, [uno.id]) == {uno.id: LABORAL}


def test_la_de_un_operador_sin_licencia_no_se_ofrece(sesion: Session, casa: Casa, duenio: Any) -> None:
    casa.agencia()
    with duenio.begin() as conexion:
        conexion.execute(
            text("UPDATE registro_habilitacion SET estado = 'suspendida', motivo = 'x' WHERE unidad_id = :u"),
            {"u": casa.correos.id},
        )
    assert agencias_publicas(sesion, POTOSI) == []


@pytest.mark.parametrize(
    ("acto", "regla"),
    [
        ("UPDATE envios_agencia SET estado = 'cerrada'", "ck_envios_agencia_cierre"),
        ("UPDATE envios_agencia SET cerrada_motivo = 'x'", "ck_envios_agencia_cierre"),
        ("UPDATE envios_agencia SET estado = 'otra'", "envios_agencia"),
        ("UPDATE envios_agencia SET telefono = '70012345'", "ck_envios_agencia_telefono"),
        ("UPDATE envios_agencia SET longitud = NULL", "ck_envios_agencia_coordenadas"),
        (
            "INSERT INTO envios_agencia_horario SELECT id, 1, 600, 660 FROM envios_agencia",
            "ex_envios_agencia_horario_uno",
        ),
        ("INSERT INTO envios_agencia_horario SELECT id, 8, 0, 60 FROM envios_agencia", "horario_dia"),
        ("INSERT INTO envios_agencia_horario SELECT id, 7, 60, 60 FROM envios_agencia", "horario_horas"),
        ("DELETE FROM envios_agencia", "permission denied"),
    ],
)
def test_la_base_no_deja(sesion: Session, casa: Casa, acto: str, regla: str) -> None:
    casa.agencia(latitud=Decimal("-19.58"), longitud=Decimal("-65.75"))
    with pytest.raises(DBAPIError, match=regla):
        sesion.connection().execute(text(acto))


def test_la_vida_declarada_es_la_de_la_base(duenio: Any) -> None:
    assert VIDA_AGENCIA.fines == frozenset()
