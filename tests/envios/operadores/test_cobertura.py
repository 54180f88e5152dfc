"""Where services arrive, by date: what was stays written, what comes replaces what there was."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from empresa_digital.registro import SinFacultad
from envios.operadores import Entrega, cerrar_agencia, cobertura_en, cubrir
from envios.operadores.cobertura import dejar_de_cubrir
from envios.operadores.consultas import coberturas_de
from nucleo.bd import transaccion
from nucleo.errores import Conflicto, DatosInvalidos
from nucleo.reloj import fecha_bolivia
from tests.ayudas.carreras import cruzar
from tests.envios.operadores.conftest import POTOSI, UYUNI, Casa

DIA = timedelta(days=1)


def _cubrir(casa: Casa, municipio: str = POTOSI, dias: int = 3, **mas: Any) -> Any:
    opciones: dict[str, Any] = {"servicio": "ordinario", "entrega": Entrega.PUERTA} | mas
    with transaccion() as sesion:
        return cubrir(
            sesion,
            casa.actor(casa.jefa),
            casa.correos.id,
            municipio,
            opciones.pop("servicio"),
            opciones.pop("entrega"),
            dias,
            **opciones,
        )


def _llega(sesion: Session, dia: Any, municipio: str = POTOSI) -> list[tuple[str, str, int]]:
    return [(c.servicio, c.entrega.value, c.dias) for c in cobertura_en(sesion, municipio, dia)]


def test_lo_mas_rapido_primero(sesion: Session, casa: Casa) -> None:
    hoy = fecha_bolivia()
    _cubrir(casa, dias=5)
    _cubrir(casa, dias=2, servicio="expreso")
    _cubrir(casa, UYUNI, 9)
    assert _llega(sesion, hoy) == [("expreso", "puerta", 2), ("ordinario", "puerta", 5)]
    assert _llega(sesion, hoy, UYUNI) == [("ordinario", "puerta", 9)]
    assert _llega(sesion, hoy - DIA) == []


def test_en_agencia_solo_si_hay_una_abierta(sesion: Session, casa: Casa) -> None:
    hoy = fecha_bolivia()
    _cubrir(casa, entrega=Entrega.AGENCIA)
    assert _llega(sesion, hoy) == []
    agencia = casa.agencia()
    assert _llega(sesion, hoy) == [("ordinario", "agencia", 3)]
    with transaccion() as propia:
        cerrar_agencia(propia, casa.actor(casa.jefa), agencia.id, "Refacción")
    assert _llega(sesion, hoy) == []


def test_un_cambio_termina_lo_que_habia_y_lo_de_antes_queda(sesion: Session, casa: Casa, reloj: Any) -> None:
    hoy = fecha_bolivia()
    _cubrir(casa, dias=5)
    _cubrir(casa, dias=4, desde=hoy + 10 * DIA)
    _cubrir(casa, dias=3, desde=hoy + 5 * DIA)  # what was to come on the tenth day no longer does
    assert [_llega(sesion, hoy + n * DIA) for n in (0, 4, 5, 10)] == [
        [("ordinario", "puerta", n)] for n in (5, 5, 3, 3)
    ]
    assert [
        (c.dias, c.vigente_desde, c.vigente_hasta) for c in coberturas_de(sesion, casa.correos.id, hoy)
    ] == [
        (5, hoy, hoy + 5 * DIA),
        (3, hoy + 5 * DIA, None),
    ]


def test_se_corrige_el_mismo_dia(sesion: Session, casa: Casa) -> None:
    hoy = fecha_bolivia()
    _cubrir(casa, dias=5)
    _cubrir(casa, dias=4)
    assert _llega(sesion, hoy) == [("ordinario", "puerta", 4)]


def test_se_deja_de_cubrir_desde_hoy_o_hasta_un_dia(sesion: Session, casa: Casa) -> None:
    hoy, jefa = fecha_bolivia(), casa.actor(casa.jefa)
    una, otra = _cubrir(casa), _cubrir(casa, servicio="expreso")
    with transaccion() as propia:
        dejar_de_cubrir(propia, jefa, una.id)
        dejar_de_cubrir(propia, jefa, otra.id, hoy + DIA)
    assert [_llega(sesion, hoy + n * DIA) for n in (0, 1, 2)] == [
        [("expreso", "puerta", 3)],
        [("expreso", "puerta", 3)],
        [],
    ]
    with pytest.raises(Conflicto), transaccion() as propia:
        dejar_de_cubrir(propia, jefa, una.id)
    for dia in (hoy - DIA, hoy + 5 * DIA):
        with pytest.raises(DatosInvalidos) as rechazo, transaccion() as propia:
            dejar_de_cubrir(propia, jefa, otra.id, dia)
        assert list(rechazo.value.campos) == ["ultimo_dia"]
    with pytest.raises(SinFacultad), transaccion() as propia:
        dejar_de_cubrir(propia, casa.actor(casa.cartero), otra.id)


@pytest.mark.parametrize(
    ("cambios", "campo"),
    [
        ({"municipio": "999999"}, "municipio_ine"),
        ({"servicio": "Exprés"}, "servicio"),
        ({"dias": 61}, "dias"),
        ({"dias": -1}, "dias"),
        ({"desde": fecha_bolivia() - 2 * DIA}, "desde"),
    ],
)
def test_lo_que_no_puede_ser_no_se_guarda(
    sesion: Session, casa: Casa, cambios: dict[str, Any], campo: str
) -> None:
    with pytest.raises(DatosInvalidos) as rechazo:
        _cubrir(casa, **cambios)
    assert list(rechazo.value.campos) == [campo]
    assert coberturas_de(sesion, casa.correos.id, fecha_bolivia()) == []


def test_dos_a_la_vez_dejan_una(sesion: Session, casa: Casa) -> None:
    def poner(dias: int) -> Any:
        return lambda propia: cubrir(
            propia, casa.actor(casa.jefa), casa.correos.id, POTOSI, "ordinario", Entrega.PUERTA, dias
        )

    assert cruzar(poner(5), poner(4)) is None
    assert _llega(sesion, fecha_bolivia()) == [("ordinario", "puerta", 4)]


def test_lo_que_ya_rigio_no_lo_cambia_nadie(sesion: Session, casa: Casa, reloj: Any) -> None:
    hoy = fecha_bolivia()
    _cubrir(casa)
    terminar = text("UPDATE envios_cobertura SET vigente_hasta = :dia")
    with pytest.raises(DBAPIError, match="permission denied"):
        sesion.connection().execute(text("UPDATE envios_cobertura SET dias = 1"))
    sesion.rollback()
    reloj.adelantar(3 * DIA)
    with pytest.raises(DBAPIError, match="ya rigió"):
        sesion.connection().execute(terminar, {"dia": hoy + DIA})
    sesion.rollback()
    sesion.connection().execute(terminar, {"dia": hoy + 3 * DIA})
    with pytest.raises(DBAPIError, match="ya rigió"):
        sesion.connection().execute(terminar, {"dia": None})
