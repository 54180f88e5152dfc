"""The promised date: a table worked by hand, and what must hold of any date."""

import csv
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from envios.tarifas.columnas import escribir_dias, leer_dias
from envios.tarifas.palabras import pasos_en_palabras
from envios.tarifas.prometer import prometer
from envios.tarifas.valores import Promesa
from nucleo.lectores import Ilegible
from nucleo.plazos import CalendarioSinPublicar, calendario
from nucleo.reloj import ZONA

with Path(__file__).with_name("promesas.csv").open(encoding="utf-8") as archivo:
    CASOS = list(csv.DictReader(archivo, delimiter=";"))


def instante(texto: str) -> datetime:
    leido = datetime.fromisoformat(texto)
    return leido if leido.tzinfo else leido.replace(tzinfo=ZONA)


def promesa_de(sesion: Session, caso: dict[str, str]) -> Promesa:
    return prometer(
        calendario(sesion),
        instante(caso["recibido"]),
        origen_ine=caso["origen"],
        destino_ine=caso["destino"],
        dias=int(caso["dias"]),
        corte=time.fromisoformat(caso["corte"]),
        reparte=leer_dias(caso["reparte"]),
    )


def test_la_tabla_tiene_al_menos_sesenta_fechas() -> None:
    assert len(CASOS) >= 60
    assert all(None not in caso for caso in CASOS)


@pytest.mark.parametrize("caso", CASOS, ids=lambda caso: caso["recibido"] + " " + caso["razon"])
def test_la_fecha_trabajada_a_mano(sesion: Session, caso: dict[str, str]) -> None:
    promesa = promesa_de(sesion, caso)
    assert promesa.entrega_el.isoformat() == caso["entrega"], caso["razon"]
    # What is shown is the count itself: consecutive days up to the delivery, as many counted as promised.
    fechas = [dia.fecha for dia in promesa.dias if dia.fecha != promesa.salida]
    assert fechas == sorted(set(fechas))
    assert sum(dia.numero is not None for dia in promesa.dias) == int(caso["dias"])
    assert promesa.salida <= promesa.entrega_el
    pasos = pasos_en_palabras(promesa)
    assert sum(len(paso.dias) for paso in pasos) == len(promesa.dias)


def test_la_cuenta_se_lee(sesion: Session) -> None:
    """Handed in on the Friday of Carnival after the cut-off; delivery on Fridays only."""
    caso = {"recibido": "2026-02-13 17:00", "origen": "020101", "destino": "051201", "dias": "1"}
    promesa = promesa_de(sesion, caso | {"corte": "16:00", "reparte": "vi"})
    leido = [
        (paso.dias[0].fecha.day, paso.dias[-1].fecha.day, paso.texto) for paso in pasos_en_palabras(promesa)
    ]
    assert (promesa.salida, promesa.entrega_el) == (date(2026, 2, 18), date(2026, 2, 20))
    assert leido == [
        (14, 15, "todavía no sale: fin de semana"),
        (16, 16, "todavía no sale: Lunes de Carnaval"),
        (17, 17, "todavía no sale: Martes de Carnaval"),
        (19, 19, "día 1 de viaje"),
        (20, 20, "se entrega"),
    ]


def test_un_anio_sin_calendario_no_se_adivina(sesion: Session) -> None:
    caso = {"recibido": "2098-01-05 10:00", "origen": "020101", "destino": "070101", "dias": "1"}
    with pytest.raises(CalendarioSinPublicar):
        promesa_de(sesion, caso | {"corte": "16:00", "reparte": "lu-vi"})


@pytest.mark.parametrize(
    ("escrito", "bits", "corto"),
    [
        ("lu-vi", 0b0011111, "lu-vi"),
        ("Lunes a sábado", 0b0111111, "lu-sa"),
        ("ma, vi", 0b0010010, "ma, vi"),
        ("martes y viernes", 0b0010010, "ma, vi"),
        ("lu-mi, vi", 0b0010111, "lu, ma, mi, vi"),
        ("DO", 0b1000000, "do"),
        ("sa;do", 0b1100000, "sa, do"),
    ],
)
def test_los_dias_de_reparto_como_se_escriben(escrito: str, bits: int, corto: str) -> None:
    assert (leer_dias(escrito), escribir_dias(bits)) == (bits, corto)
    assert leer_dias(corto) == bits


@pytest.mark.parametrize("escrito", ["", "siempre", "vi-lu", "lu-xx", "1-5", "lu-"])
def test_los_que_no_se_entienden(escrito: Any) -> None:
    with pytest.raises(Ilegible):
        leer_dias(escrito)
