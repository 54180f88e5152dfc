"""The legal clock against a table worked by hand, and what must hold of any count."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from nucleo.plazos import (
    NACIONAL,
    Calendario,
    CalendarioSinPublicar,
    Clase,
    LugarDesconocido,
    Pausa,
    Silencio,
    calendario,
    contar,
    correr,
    fin_del_dia,
)
from nucleo.reloj import ZONA
from tests.nucleo.plazos.casos import Caso, casos, instante, un_plazo

CASOS = casos()


@pytest.fixture(scope="module")
def actual(servidores: Any) -> Calendario:
    """The calendar as migrations leave it."""
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        return calendario(sesion)


def test_la_tabla_tiene_mas_de_sesenta_casos_y_ninguno_repetido() -> None:
    assert len(CASOS) >= 90
    claves = [(c.plazo, c.inicio, c.lugares, c.pausas, c.distancia) for c in CASOS]
    assert len(set(claves)) == len(claves)


@pytest.mark.parametrize("caso", CASOS, ids=lambda caso: str(caso.linea))
def test_caso(caso: Caso, actual: Calendario) -> None:
    computo = contar(
        actual, caso.plazo, caso.inicio, caso.lugares, pausas=caso.pausas, distancia=caso.distancia
    )
    assert computo.vence_en is not None
    assert computo.vence_en.astimezone(ZONA) == caso.vence_en, caso.razon
    fechas = [d.fecha for d in computo.dias]
    assert fechas == [fechas[0] + timedelta(days=n) for n in range(len(fechas))], "every day is shown, once"
    assert not computo.vencio(computo.vence_en)
    assert computo.vencio(computo.vence_en + timedelta(microseconds=1))


# --- Shown day by day ----


def test_cada_dia_dice_que_es_y_por_que(actual: Calendario) -> None:
    computo = contar(actual, un_plazo(3), instante("2026-02-06"), ("0401", "02"))
    dicho = [
        (d.fecha.isoformat(), d.clase, d.numero, [(f.nombre, f.lugar) for f in d.feriados])
        for d in computo.dias
    ]
    assert dicho == [
        ("2026-02-07", Clase.ANTES, None, []),
        ("2026-02-08", Clase.ANTES, None, []),
        ("2026-02-09", Clase.CONTADO, 1, []),
        ("2026-02-10", Clase.FERIADO, None, [("Aniversario de Oruro", "04")]),
        ("2026-02-11", Clase.CONTADO, 2, []),
        ("2026-02-12", Clase.CONTADO, 3, []),
    ]
    assert computo.sin_confirmar


def test_lo_decretado_despues_se_muestra_y_no_cambia_el_plazo(actual: Calendario) -> None:
    computo = contar(actual, un_plazo(8), instante("2026-01-12"), ("02",))
    por_dia = {d.fecha: d for d in computo.dias}
    assert computo.ultimo_dia == date(2026, 1, 23)
    assert por_dia[date(2026, 1, 22)].clase == Clase.FERIADO
    assert [f.norma for f in por_dia[date(2026, 1, 23)].despues] == ["DS 5521 (13/1/2026), art. 4"]
    assert por_dia[date(2026, 1, 23)].clase == Clase.CONTADO


def test_detenido_no_tiene_fin_y_dice_cuanto_falta(actual: Calendario) -> None:
    desde = instante("2026-11-12 09:00")
    computo = contar(actual, un_plazo(5), instante("2026-11-09"), ("02",), pausas=[Pausa(desde)])
    assert (computo.vence_en, computo.ultimo_dia, computo.faltan) == (None, None, 3)
    assert computo.detenido_desde == desde
    assert computo.dias[-1].fecha == date(2026, 11, 12)
    assert not computo.vencio(datetime(2099, 1, 1, tzinfo=UTC))

    horas = contar(
        actual,
        un_plazo(24, "horas"),
        instante("2026-11-09 10:00"),
        ("02",),
        pausas=[Pausa(instante("2026-11-09 15:30"))],
    )
    assert (horas.vence_en, horas.faltan) == (None, 19)

    con_distancia = contar(
        actual,
        un_plazo(1),
        instante("2026-11-09"),
        ("02",),
        distancia=un_plazo(5),
        pausas=[Pausa(instante("2026-11-12 09:00"))],
    )
    assert (con_distancia.vence_en, con_distancia.faltan) == (None, 4)


def test_silencio_solo_cuando_el_plazo_acabo(sesion: Session) -> None:
    computo = correr(sesion, "tramites.resolucion", instante("2026-03-10"), ("020101",))
    assert computo.plazo.norma == "Ley 2341, art. 17"
    assert computo.ultimo_dia == date(2026, 9, 10)
    assert computo.silencio(fin_del_dia(date(2026, 9, 10))) is None
    assert computo.silencio(fin_del_dia(date(2026, 9, 10)) + timedelta(microseconds=1)) is Silencio.NEGATIVO


def test_el_plazo_es_el_que_rige_el_dia_del_hecho(sesion: Session, duenio: Any) -> None:
    """A new row changes what begins later, and the count says by which row it was made."""
    with duenio.begin() as conexion:
        conexion.exec_driver_sql(
            "UPDATE nucleo_plazo SET vigente_hasta = '2026-11-10' WHERE codigo = 'tramites.subsanacion'"
        )
        conexion.exec_driver_sql(
            "INSERT INTO nucleo_plazo SELECT gen_random_uuid(), codigo, nombre, 3, unidad, empieza, "
            "prorroga, silencio, 'Norma nueva', nota, true, '2026-11-10', NULL FROM nucleo_plazo "
            "WHERE codigo = 'tramites.subsanacion'"
        )
    antes = correr(sesion, "tramites.subsanacion", instante("2026-11-09 23:59"), ("02",))
    despues = correr(sesion, "tramites.subsanacion", instante("2026-11-10 00:00"), ("02",))
    assert (antes.plazo.valor, antes.ultimo_dia) == (5, date(2026, 11, 16))
    assert (despues.plazo.norma, despues.plazo.valor) == ("Norma nueva", 3)
    assert despues.ultimo_dia == date(2026, 11, 13)
    with pytest.raises(LookupError):
        correr(sesion, "tramites.no_existe", instante("2026-11-10"), ("02",))
    with pytest.raises(LookupError):
        correr(sesion, "tramites.subsanacion", instante("2016-11-10"), ("02",))


# --- Refused ----


@pytest.mark.parametrize(
    "lugares", [(), ("",), ("10",), ("00",), ("2",), ("02010",), ("La Paz",), ("02", "x")]
)
def test_un_lugar_que_no_se_conoce_se_rechaza(lugares: tuple[str, ...], actual: Calendario) -> None:
    with pytest.raises(LugarDesconocido):
        contar(actual, un_plazo(1), instante("2026-11-09"), lugares)


def test_un_ano_sin_publicar_no_se_adivina(actual: Calendario) -> None:
    assert actual.anios() == list(range(2017, 2031))
    assert contar(actual, un_plazo(1), instante("2030-12-30"), (NACIONAL,)).ultimo_dia == date(2030, 12, 31)
    with pytest.raises(CalendarioSinPublicar, match="2031"):
        contar(actual, un_plazo(2), instante("2030-12-30"), (NACIONAL,))
    with pytest.raises(CalendarioSinPublicar, match="2036"):
        contar(actual, un_plazo(10, "anios", "dia_siguiente"), instante("2026-11-28"), (NACIONAL,))
    # Where no day is asked whether it is a working one, nothing is missing.
    diez = un_plazo(10, "anios", "dia_siguiente", "sin_prorroga")
    assert contar(actual, diez, instante("2026-11-28"), (NACIONAL,)).ultimo_dia == date(2036, 11, 28)
    with pytest.raises(CalendarioSinPublicar, match="2016"):
        contar(actual, un_plazo(1), instante("2016-12-01"), (NACIONAL,))


# --- What always holds ----

LUGARES = (
    st.sets(st.sampled_from([NACIONAL, "02", "0401", "070101", "08"]), min_size=1).map(sorted).map(tuple)
)
INSTANTES = st.datetimes(datetime(2017, 2, 1), datetime(2029, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001
PLAZOS = st.builds(
    un_plazo,
    st.integers(1, 60),
    st.sampled_from(["dias_habiles", "dias_calendario", "horas", "horas_habiles"]),
    st.sampled_from(["dia_siguiente", ""]),
    st.sampled_from(["sin_prorroga", ""]),
) | st.builds(un_plazo, st.integers(1, 9), st.just("meses"), st.sampled_from(["dia_siguiente", ""]))
PROPIEDADES = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def pausas(dibujar: Any, inicio: datetime) -> list[Pausa]:
    cortes = sorted(
        dibujar(st.lists(st.integers(0, 60 * 24 * 60), max_size=6).filter(lambda c: len(c) % 2 == 0))
    )
    minutos = [inicio + timedelta(minutes=corte) for corte in cortes]
    return [Pausa(desde, hasta) for desde, hasta in zip(minutos[::2], minutos[1::2], strict=True)]


@PROPIEDADES
@given(inicio=INSTANTES, mas=st.timedeltas(timedelta(0), timedelta(days=40)), plazo=PLAZOS, lugares=LUGARES)
def test_quien_empieza_despues_no_acaba_antes(
    actual: Calendario, inicio: datetime, mas: timedelta, plazo: Any, lugares: tuple[str, ...]
) -> None:
    quieto = Calendario(actual.version, tuple(f for f in actual.feriados if f.rige_desde.year < 2018), ())
    uno, otro = (contar(quieto, plazo, i, lugares).vence_en for i in (inicio, inicio + mas))
    assert uno is not None
    assert otro is not None
    assert inicio < uno <= otro


@PROPIEDADES
@given(inicio=INSTANTES, cuantos=st.integers(1, 80), lugares=LUGARES)
def test_contar_de_vuelta_da_los_mismos_dias_habiles(
    actual: Calendario, inicio: datetime, cuantos: int, lugares: tuple[str, ...]
) -> None:
    quieto = Calendario(actual.version, tuple(f for f in actual.feriados if f.rige_desde.year < 2018), ())
    ultimo = contar(quieto, un_plazo(cuantos), inicio, lugares).ultimo_dia
    assert ultimo is not None
    assert quieto.es_habil(ultimo, lugares)
    assert quieto.habiles_entre(inicio.astimezone(ZONA).date(), ultimo, lugares) == cuantos


@PROPIEDADES
@given(datos=st.data(), inicio=INSTANTES, plazo=PLAZOS, lugares=LUGARES)
def test_una_pausa_nunca_acorta(
    actual: Calendario, datos: Any, inicio: datetime, plazo: Any, lugares: tuple[str, ...]
) -> None:
    quieto = Calendario(actual.version, tuple(f for f in actual.feriados if f.rige_desde.year < 2018), ())
    sin = contar(quieto, plazo, inicio, lugares).vence_en
    con = contar(quieto, plazo, inicio, lugares, pausas=datos.draw(pausas(inicio))).vence_en
    assert sin is not None
    assert con is not None
    assert sin <= con


@PROPIEDADES
@given(inicio=INSTANTES, plazo=PLAZOS, lugares=LUGARES, otro=st.sampled_from(["01", "02", "07", "09"]))
def test_un_lugar_mas_nunca_acorta(
    actual: Calendario, inicio: datetime, plazo: Any, lugares: tuple[str, ...], otro: str
) -> None:
    uno = contar(actual, plazo, inicio, lugares).vence_en
    dos = contar(actual, plazo, inicio, (*lugares, otro)).vence_en
    assert uno is not None
    assert dos is not None
    assert uno <= dos
