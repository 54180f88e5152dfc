"""The calendar: facts, versions, what a decree changes and what it does not, and what nobody may write."""

import importlib
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Event, Thread
from typing import Any

import holidays
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.plazos import (
    NACIONAL,
    AnioPublicado,
    CalendarioSinPublicar,
    Declaracion,
    FeriadoSinCambio,
    calendario,
    correr,
    declarar,
    feriados_en,
    publicar_anio,
    trasladar,
)
from nucleo.plazos.reglas import previstos
from nucleo.plazos.verificar import comprobar
from tests.nucleo.plazos.casos import instante, un_plazo

QUIEN = Autorizacion.propia(Actor.sistema("prueba"))
DECRETO = Declaracion(date(2026, 12, 7), NACIONAL, "Puente de prueba", "DS de prueba (1/12/2026)")


# --- Facts -----------------------------------------------------------------------------------------------


def test_la_biblioteca_y_el_calendario_difieren_solo_en_lo_que_se_sabe(sesion: Session) -> None:
    """What the law moved or decreed, and the days that the library invents; all else is the same."""
    nuestros, suyos = {}, {}
    for anio in calendario(sesion).anios():
        nuestros |= {f.fecha: f.nombre for f in feriados_en(sesion, anio, NACIONAL)}
        suyos |= dict(holidays.country_holidays("BO", years=anio, language="es"))
    de_octubre = {dia for dia in suyos if (dia.month, dia.day) == (10, 17)}
    assert len(de_octubre) == 11
    assert suyos.keys() - nuestros.keys() - de_octubre == {date(2026, 1, 22)}
    assert nuestros.keys() - suyos.keys() == {
        date(2025, 8, 7),
        date(2025, 11, 3),
        date(2025, 12, 26),
        date(2026, 1, 2),
        date(2026, 1, 23),
        date(2026, 6, 5),
        date(2026, 8, 7),
    }


def test_lo_sembrado_es_lo_que_dicen_las_reglas_y_los_decretos(sesion: Session) -> None:
    sembrados = {(f.fecha, f.lugar, f.nombre, f.norma, f.trasladado_de) for f in calendario(sesion).feriados}
    for anio in range(2017, 2031):
        for p in previstos(anio):
            if p.fecha == date(2025, 11, 3):  # it was a decree of its own
                continue
            assert (p.fecha, p.lugar or NACIONAL, p.nombre, p.norma, p.trasladado_de) in sembrados
    assert all(not f.confirmado for f in calendario(sesion).feriados), "no norm was read in the Gaceta"


def test_los_feriados_de_un_ano_por_lugar(sesion: Session) -> None:
    """2025: each department has its own and that of the Bicentennial; two moved to Monday."""
    por_lugar = {
        lugar: Counter(f.ambito for f in feriados_en(sesion, 2025, lugar))
        for lugar in ("02", "0201", "020101", "01", NACIONAL, None)
    }
    assert por_lugar == {
        "02": {"nacional": 14, "departamental": 2},
        "0201": {"nacional": 14, "departamental": 2},
        "020101": {"nacional": 14, "departamental": 2},
        "01": {"nacional": 14, "departamental": 3},
        NACIONAL: {"nacional": 14},
        None: {"nacional": 14, "departamental": 20},
    }


# --- A decree ----------------------------------------------------------------------------------------------


def test_un_decreto_vale_para_lo_que_empieza_despues(sesion: Session, reloj: Any) -> None:
    """Monday 7 December 2026 becomes a holiday while a term runs: it keeps its end, the next one does not."""
    reloj.situar(instante("2026-11-30 10:00"))
    with transaccion() as otra:
        fila = declarar(otra, QUIEN, DECRETO)
    assert fila.numero == 328
    assert fila.rige_desde > instante("2026-11-30 10:02")

    antes = correr(sesion, un_plazo(5), instante("2026-11-30 10:00"), ("02",))
    despues = correr(sesion, un_plazo(5), instante("2026-11-30 10:03"), ("02",))

    assert (antes.ultimo_dia, antes.version) == (date(2026, 12, 7), 327)
    assert antes.dias[-1].despues == (fila,)
    assert (despues.ultimo_dia, despues.version) == (date(2026, 12, 8), 328)
    assert [f.nombre for f in despues.feriados()] == ["Puente de prueba"]
    assert comprobar(sesion) == []


def test_lo_detenido_se_reanuda_con_el_calendario_nuevo(sesion: Session, reloj: Any) -> None:
    from nucleo.plazos import Pausa

    reloj.situar(instante("2026-11-30 10:00"))
    with transaccion() as otra:
        declarar(otra, QUIEN, DECRETO)
    pausa = Pausa(instante("2026-12-01 09:00"), instante("2026-12-04 09:00"))
    computo = correr(sesion, un_plazo(2), instante("2026-11-27 10:00"), ("02",), pausas=[pausa])
    assert (computo.version, computo.ultimo_dia) == (328, date(2026, 12, 8))


def test_trasladar_deja_el_dia_habil_y_el_otro_feriado(sesion: Session, reloj: Any) -> None:
    reloj.situar(instante("2026-11-30 10:00"))
    a = Declaracion(date(2026, 12, 24), NACIONAL, "Navidad", "DS de prueba", trasladado_de=date(2026, 12, 25))
    with transaccion() as otra:
        filas = trasladar(otra, QUIEN, a)
    assert [(f.fecha.day, f.laborable) for f in filas] == [(24, False), (25, True)]
    reloj.adelantar(timedelta(minutes=3))
    actual = calendario(sesion)
    assert not actual.es_habil(date(2026, 12, 24), ["02"])
    assert actual.es_habil(date(2026, 12, 25), ["02"])
    # and back, by a later row
    with transaccion() as otra:
        declarar(otra, QUIEN, Declaracion(date(2026, 12, 25), NACIONAL, "Navidad", "DS de prueba 2"))
    sesion.rollback()
    assert not calendario(sesion).es_habil(date(2026, 12, 25), ["02"])


def test_un_feriado_municipal_es_de_su_municipio(sesion: Session, reloj: Any) -> None:
    reloj.situar(instante("2026-11-30 10:00"))
    with transaccion() as otra:
        declarar(otra, QUIEN, Declaracion(date(2026, 12, 8), "020101", "Fiesta", "Ley municipal"))
    actual = calendario(sesion)
    habil = {lugar: actual.es_habil(date(2026, 12, 8), [lugar]) for lugar in ("020101", "020102", "02", "BO")}
    assert habil == {"020101": False, "020102": True, "02": True, "BO": True}


@pytest.mark.parametrize(
    ("declaracion", "error", "dice"),
    [
        (Declaracion(date(2026, 11, 29), NACIONAL, "x", "y"), DatosInvalidos, "ya pasó"),
        (Declaracion(date(2031, 5, 2), NACIONAL, "x", "y"), CalendarioSinPublicar, "2031"),
        (Declaracion(date(2026, 12, 7), "99", "x", "y"), DatosInvalidos, "INE"),
        (Declaracion(date(2026, 12, 7), NACIONAL, " ", "y"), DatosInvalidos, "."),
        (Declaracion(date(2026, 12, 7), NACIONAL, "x", "y" * 201), DatosInvalidos, "largo"),
        (
            Declaracion(date(2026, 12, 7), NACIONAL, "x", "y", laborable=True),
            FeriadoSinCambio,
            "no es feriado",
        ),
        (
            Declaracion(date(2026, 12, 25), NACIONAL, "Navidad", "DS 2750 (1/5/2016) y sus modificaciones"),
            FeriadoSinCambio,
            "Ya está",
        ),
    ],
)
def test_lo_que_no_se_puede_declarar(
    declaracion: Declaracion, error: type[Exception], dice: str, sesion: Session, reloj: Any
) -> None:
    reloj.situar(instante("2026-11-30 10:00"))
    with pytest.raises(error, match=dice), transaccion() as otra:
        declarar(otra, QUIEN, declaracion)
    assert calendario(sesion).ultima == 327


def test_no_hay_que_trasladar(sesion: Session, reloj: Any) -> None:
    reloj.situar(instante("2026-11-30 10:00"))
    a = Declaracion(
        date(2026, 12, 7), "02", "x", "y", trasladado_de=date(2026, 12, 25)
    )  # national, not La Paz's
    with pytest.raises(DatosInvalidos, match="no hay qué trasladar"), transaccion() as otra:
        trasladar(otra, QUIEN, a)
    assert calendario(sesion).ultima == 327


def test_confirmar_es_declarar_otra_vez(sesion: Session, reloj: Any) -> None:
    reloj.situar(instante("2026-11-30 10:00"))
    confirmado = Declaracion(date(2026, 12, 25), NACIONAL, "Navidad", "DS 2750, art. 2", confirmado=True)
    with transaccion() as otra:
        declarar(otra, QUIEN, confirmado)
    reloj.adelantar(timedelta(minutes=3))
    computo = correr(sesion, un_plazo(1), instante("2026-12-24"), ("02",))
    assert [(f.norma, f.confirmado) for f in computo.feriados()] == [("DS 2750, art. 2", True)]


# --- A new year --------------------------------------------------------------------------------------------


def test_se_publica_un_ano_tras_otro(sesion: Session, reloj: Any) -> None:
    reloj.situar(instante("2026-11-30 10:00"))
    with pytest.raises(AnioPublicado, match="2031"), transaccion() as otra:
        publicar_anio(otra, QUIEN, 2032)
    with transaccion() as otra:
        filas = publicar_anio(otra, QUIEN, 2031)
    assert [f.numero for f in filas] == list(range(328, 328 + len(filas)))
    # 2 November 2031 is a Sunday: since DS 5483 the Monday is a holiday too
    assert (date(2031, 11, 3), date(2031, 11, 2)) in [(f.fecha, f.trasladado_de) for f in filas]
    reloj.adelantar(timedelta(minutes=3))
    computo = correr(
        sesion, un_plazo(60, "meses", "dia_siguiente"), instante("2026-11-30 10:05"), (NACIONAL,)
    )
    assert computo.ultimo_dia == date(2031, 12, 1)
    assert comprobar(sesion) == []


def test_no_se_publica_mas_alla_de_diez_anos(sesion: Session, reloj: Any) -> None:
    reloj.situar(instante("2026-11-30 10:00"))
    for anio in range(2031, 2037):
        with transaccion() as otra:
            publicar_anio(otra, QUIEN, anio)
    with pytest.raises(AnioPublicado), transaccion() as otra:
        publicar_anio(otra, QUIEN, 2037)
    assert calendario(sesion).anios()[-1] == 2036


# --- What the database does not let anybody do -------------------------------------------------------------

_FILA = (
    "INSERT INTO nucleo_feriado (id, numero, fecha, lugar, laborable, nombre, norma, confirmado, rige_desde) "
    "VALUES (gen_random_uuid(), 5, '{fecha}', {lugar}, false, '{nombre}', 'norma', true, '2017-01-01')"
)


@pytest.mark.parametrize(
    "sql",
    [
        _FILA.format(fecha="2020-05-04", lugar="NULL", nombre="Ayer"),
        _FILA.format(fecha="2101-05-04", lugar="NULL", nombre="Lejos"),
        _FILA.format(fecha="2030-05-03", lugar="'10'", nombre="Otro lugar"),
        _FILA.format(fecha="2030-05-03", lugar="NULL", nombre=""),
        "UPDATE nucleo_feriado SET laborable = true",
        "DELETE FROM nucleo_feriado",
        "UPDATE nucleo_plazo SET valor = 1",
        "INSERT INTO nucleo_plazo SELECT * FROM nucleo_plazo",
    ],
)
def test_la_base_no_deja(sql: str, bd: Engine) -> None:
    with pytest.raises(DBAPIError), bd.begin() as conexion:
        conexion.exec_driver_sql(sql)


def test_el_lugar_en_el_orden_no_lo_escribe_quien_declara(sesion: Session) -> None:
    """The application's role may write number and instant as it likes: the trigger gives both."""
    sesion.execute(text(_FILA.format(fecha="2030-05-03", lugar="NULL", nombre="Puente")))
    numero, margen = sesion.execute(
        text("SELECT numero, rige_desde - nucleo_ahora() FROM nucleo_feriado ORDER BY numero DESC LIMIT 1")
    ).one()
    assert numero == 328
    assert timedelta(minutes=1, seconds=50) < margen <= timedelta(minutes=2)


def test_dos_autoridades_a_la_vez_no_comparten_numero(bd: Engine, sesion: Session) -> None:
    salida = Barrier(2)

    def uno(dia: int) -> None:
        with transaccion() as otra:
            calendario(otra)
            salida.wait(10)
            declarar(otra, QUIEN, Declaracion(date(2030, 9, dia), NACIONAL, f"Puente {dia}", "norma"))

    hilos = [Thread(target=uno, args=(dia,)) for dia in (2, 3)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(20)
    nuevas = calendario(sesion).feriados[327:]
    assert [f.numero for f in nuevas] == [328, 329]
    assert {f.fecha.day for f in nuevas} == {2, 3}
    assert comprobar(sesion) == []


def test_dos_que_dicen_lo_mismo_lo_dicen_una_vez(sesion: Session, bd: Engine) -> None:
    """The second waits for the first, and finds it said."""
    igual = Declaracion(date(2030, 9, 4), NACIONAL, "Puente de prueba", "norma")
    fallas: list[BaseException] = []

    def otra_vez() -> None:
        try:
            with transaccion() as otra:
                calendario(otra)
                leido.set()
                declarar(otra, QUIEN, igual)
        except BaseException as error:
            fallas.append(error)

    leido, hilo = Event(), Thread(target=otra_vez)
    with transaccion() as primera:
        declarar(primera, QUIEN, igual)
        hilo.start()
        assert leido.wait(10)
    hilo.join(20)
    assert [type(f) for f in fallas] == [FeriadoSinCambio]
    assert len(calendario(sesion).feriados[327:]) == 1


def test_verificar_nota_una_fila_que_falta(sesion: Session, duenio: Engine) -> None:
    assert comprobar(sesion) == []
    with duenio.begin() as conexion:
        conexion.exec_driver_sql("ALTER TABLE nucleo_feriado DISABLE TRIGGER nucleo_feriado_inmutable")
        conexion.exec_driver_sql("DELETE FROM nucleo_feriado WHERE numero = 100")
        conexion.exec_driver_sql("ALTER TABLE nucleo_feriado ENABLE TRIGGER nucleo_feriado_inmutable")
    sesion.rollback()
    assert comprobar(sesion) == ["los números de los feriados no son seguidos"]


# --- Cost --------------------------------------------------------------------------------------------------


def test_cien_plazos_cuestan_una_consulta(contar_consultas: Callable[[], Any], bd: Engine) -> None:
    """Also the first time in a process; and another transaction sees a new row at once."""
    modulo = importlib.import_module("nucleo.plazos.calendario")
    modulo._conocido = None  # type: ignore[attr-defined]
    for _vez in range(2):
        with transaccion() as sesion, contar_consultas() as sentencias:
            for n in range(100):
                inicio = datetime(2026, 1, 5, 14, tzinfo=UTC) + timedelta(days=n)
                correr(
                    sesion,
                    "tramites.subsanacion",
                    inicio,
                    ("020101", "070101"),
                    distancia="tramites.distancia",
                )
        assert len(sentencias) == 1
        assert "nucleo_feriado" in sentencias[0]
    conocido = modulo._conocido
    with transaccion() as sesion:
        assert calendario(sesion) is conocido
        declarar(sesion, QUIEN, Declaracion(date(2030, 9, 19), NACIONAL, "Puente", "norma"))
        assert calendario(sesion).ultima == 328
    with transaccion() as sesion:
        assert calendario(sesion).ultima == 328


def test_lo_deshecho_no_se_queda_en_el_proceso(bd: Engine) -> None:
    with transaccion() as sesion:
        declarar(sesion, QUIEN, Declaracion(date(2030, 9, 19), NACIONAL, "Puente", "norma"))
        sesion.rollback()
        assert calendario(sesion).ultima == 327
    with transaccion() as sesion:
        assert calendario(sesion).es_habil(date(2030, 9, 19), [NACIONAL])
