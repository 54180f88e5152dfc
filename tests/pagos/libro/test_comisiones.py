"""Commissions: exact to the centavo, dated, never edited; only the regulator adds one."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from nucleo.bd import transaccion
from nucleo.dinero import a_centavos, bs, de_centavos
from nucleo.ids import nuevo_id
from pagos import Operacion, ReglaVigente, calcular_comision, comision_en_palabras, comision_vigente
from pagos.libro.comisiones import reglas_de_comision
from pagos.libro.modelos import ReglaDeComision


def regla(
    pb: int = 300, fijo: str = "0", minimo: str = "0.50", maximo: str | None = "200.00"
) -> ReglaVigente:
    return ReglaVigente(
        id=nuevo_id(),
        operacion="venta",
        tasa_pb=pb,
        fijo=bs(fijo),
        minimo=bs(minimo),
        maximo=bs(maximo) if maximo else None,
        impuesto_pb=1300,
        vigente_desde=datetime(2020, 1, 1, 4, tzinfo=UTC),
        norma="prueba",
    )


@pytest.mark.parametrize(
    ("base", "fijo", "comision", "impuesto"),
    [
        ("100.00", "0", "3.00", "0.39"),
        ("33.50", "0", "1.01", "0.13"),  # 1,005 rounds up
        ("33.33", "0", "1.00", "0.13"),  # 0,9999
        ("10.00", "0", "0.50", "0.07"),  # the floor; tax 0,065 rounds up
        ("0.20", "0", "0.20", "0.03"),  # never more than the amount
        ("0.01", "0", "0.01", "0.00"),
        ("10000.00", "0", "200.00", "26.00"),  # the cap
        ("100.00", "1.50", "4.50", "0.59"),  # the fixed part is added
    ],
)
def test_comision_exacta(base: str, fijo: str, comision: str, impuesto: str) -> None:
    resultado = calcular_comision(bs(base), regla(fijo=fijo))
    assert (resultado.monto, resultado.impuesto) == (bs(comision), bs(impuesto))


@given(st.integers(1, 10**9), st.integers(0, 3000), st.integers(0, 10**5), st.integers(0, 10**5))
def test_comision_entre_limites(base: int, pb: int, minimo: int, extra: int) -> None:
    tabla = replace(regla(pb), minimo=de_centavos(minimo), maximo=de_centavos(minimo + extra))
    monto = a_centavos(calcular_comision(de_centavos(base), tabla).monto)
    exacta = base * pb / 10_000
    assert 0 <= monto <= base
    if minimo <= exacta <= minimo + extra and exacta <= base:
        assert abs(monto - exacta) <= 0.5


@pytest.mark.parametrize(
    ("tabla", "palabras"),
    [
        (regla(), "3 %, mínimo Bs 0,50, máximo Bs 200,00"),
        (regla(150, "2", "0", None), "Bs 2,00 más 1,5 %"),
        (regla(0, "0", "0", None), "sin comisión"),
    ],
)
def test_en_palabras(tabla: ReglaVigente, palabras: str) -> None:
    assert comision_en_palabras(tabla).replace("\xa0", " ") == palabras


def test_la_regla_de_cada_instante(sesion: Session) -> None:
    vigente = comision_vigente(sesion, Operacion.VENTA)
    assert (vigente.tasa_pb, vigente.minimo, vigente.maximo) == (300, bs("0.50"), bs("200.00"))
    nueva = replace(regla(250), vigente_desde=datetime(2027, 1, 1, 4, tzinfo=UTC))
    sesion.add(ReglaDeComision(**asdict(nueva)))
    sesion.flush()
    antes, desde = nueva.vigente_desde - timedelta(microseconds=1), nueva.vigente_desde
    assert comision_vigente(sesion, Operacion.VENTA, antes).tasa_pb == 300
    assert comision_vigente(sesion, Operacion.VENTA, desde).tasa_pb == 250
    assert a_centavos(calcular_comision(bs(100), comision_vigente(sesion, Operacion.RETIRO)).monto) == 0
    with pytest.raises(LookupError):
        comision_vigente(sesion, Operacion.VENTA, datetime(2019, 12, 31, tzinfo=UTC))


def test_dos_reglas_desde_el_mismo_instante_no(sesion: Session) -> None:
    nueva = replace(regla(100), vigente_desde=datetime(2031, 1, 1, 4, tzinfo=UTC))
    sesion.add(ReglaDeComision(**asdict(nueva)))
    sesion.flush()
    sesion.add(ReglaDeComision(**asdict(replace(nueva, id=nuevo_id()))))
    with pytest.raises(IntegrityError, match="uq_pagos_comision_operacion_vigente_desde"):
        sesion.flush()


def test_el_regulador_agrega_y_los_demas_no(
    crear_persona: Callable[..., Any], crear_unidad: Callable[..., Any], sesion_web: Callable[..., Any]
) -> None:
    rita, otra = crear_persona("Rita", ci="1900009"), crear_persona("Otra", ci="1900010")
    crear_unidad(
        "Autoridad",
        tipo="ENTIDAD_PUBLICA",
        representante=rita,
        facultades=["REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    datos = {"operacion": "retiro", "tasa": "1,25", "fijo": "0,50", "minimo": "2", "maximo": "10"}
    datos |= {"impuesto": "13", "comision_desde": "", "norma_comision": "Resolución 1/2026, artículo 4"}
    ruta = "/regulador/pagos/comisiones"
    assert sesion_web(otra).post(ruta, data=datos).status_code == 403
    web = sesion_web(rita)
    for malo, texto in (
        ({"operacion": "otra"}, "Elija qué operación"),
        ({"tasa": "31"}, "porcentaje de 0 a 30"),
        ({"tasa": "1,234"}, "tasa-error"),
        ({"maximo": "1"}, "El máximo no puede ser menor"),
        ({"comision_desde": "2020-01-01"}, "desde ahora o desde una fecha futura"),
        ({"norma_comision": " "}, "Escriba la norma"),
    ):
        mala = web.post(ruta, data=datos | malo)
        assert (mala.status_code, texto in mala.text) == (422, True), malo
    with transaccion() as sesion:
        assert len(reglas_de_comision(sesion)) == 2
    assert web.post(ruta, data=datos).status_code == 303
    pagina = web.get("/regulador/pagos/reglas").text.replace("\xa0", " ")
    assert "Bs 0,50 más 1,25 %, mínimo Bs 2,00, máximo Bs 10,00" in pagina
    assert pagina.count("Rigió") == 1
    with transaccion() as sesion:
        vigente = comision_vigente(sesion, Operacion.RETIRO)
        assert (vigente.tasa_pb, vigente.fijo, vigente.impuesto_pb) == (125, bs("0.50"), 1300)
