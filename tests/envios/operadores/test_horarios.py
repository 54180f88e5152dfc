"""Hours in words, and whether an agency is open now: a table worked by hand."""

from datetime import date, datetime

import pytest

from envios.operadores.horarios import apertura
from nucleo.reloj import ZONA
from nucleo.semanas import semana_en_palabras
from tests.envios.operadores.conftest import LABORAL

TODOS_SANTOS = date(2026, 11, 2)  # a Monday


@pytest.mark.parametrize(
    ("cuando", "feriados", "abierta", "texto"),
    [
        ("2026-11-03T08:29", [], False, "Cerrada: abre hoy a las 8:30"),
        ("2026-11-03T08:30", [], True, "Abierta hasta las 12:30"),
        ("2026-11-03T12:29", [], True, "Abierta hasta las 12:30"),
        ("2026-11-03T12:30", [], False, "Cerrada: abre hoy a las 14:30"),
        ("2026-11-03T18:30", [], False, "Cerrada: abre mañana a las 8:30"),
        ("2026-11-07T12:00", [], False, "Cerrada: abre el lunes a las 8:30"),
        ("2026-11-01T10:00", [TODOS_SANTOS], False, "Cerrada: abre el martes a las 8:30"),
        ("2026-11-02T10:00", [TODOS_SANTOS], False, "Cerrada por feriado: abre mañana a las 8:30"),
    ],
)
def test_si_esta_abierta(cuando: str, feriados: list[date], abierta: bool, texto: str) -> None:
    hallado = apertura(LABORAL, feriados, datetime.fromisoformat(cuando).replace(tzinfo=ZONA))
    assert (hallado.abierta, hallado.texto) == (abierta, texto)


def test_sin_horario_o_muy_lejos() -> None:
    martes = datetime(2026, 11, 3, 10, tzinfo=ZONA)
    assert apertura({}, [], martes).texto == "Sin horario publicado: llame antes de ir."
    assert apertura({2: ((0, 1440),)}, [], martes).texto == "Abierta hasta la medianoche"
    jueves = {4: ((480, 720),)}
    semana_de_fiesta = [date(2026, 11, 5)]
    assert (
        apertura(jueves, semana_de_fiesta, martes).texto
        == "Cerrada: abre el jueves 12 de noviembre a las 8:00"
    )
    assert apertura(jueves, [date(2026, 11, 5), date(2026, 11, 12)], martes).texto == "Cerrada"


def test_la_semana_en_palabras() -> None:
    assert semana_en_palabras(LABORAL) == [
        ("Lunes a viernes", "8:30 a 12:30 y 14:30 a 18:30"),
        ("Sábado", "9:00 a 12:00"),
        ("Domingo", "cerrado"),
    ]
    assert semana_en_palabras({6: ((0, 1440),), 7: ((0, 1440),)}) == [
        ("Lunes a viernes", "cerrado"),
        ("Sábado y domingo", "0:00 a 24:00"),
    ]
