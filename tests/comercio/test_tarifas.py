"""Commission and terms: exact to the centavo, dated, never two at once."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from comercio.modelos import TasaComision
from comercio.tarifas import calcular_comision, limite_de_despacho, tasa_vigente
from nucleo.dinero import a_centavos, bs, de_centavos
from nucleo.ids import nuevo_id


def tasa(pb: int = 300, minimo: str = "0.50", maximo: str | None = "200.00") -> TasaComision:
    return TasaComision(
        id=nuevo_id(),
        tasa_pb=pb,
        minimo=bs(minimo),
        maximo=bs(maximo) if maximo else None,
        impuesto_pb=1300,
        vigente_desde=date(2020, 1, 1),
        norma="prueba",
    )


@pytest.mark.parametrize(
    ("total", "comision", "impuesto"),
    [
        ("100.00", "3.00", "0.39"),
        ("33.50", "1.01", "0.13"),  # 1,005 rounds up
        ("33.33", "1.00", "0.13"),  # 0,9999
        ("10.00", "0.50", "0.07"),  # the floor; tax 0,065 rounds up
        ("0.20", "0.20", "0.03"),  # never more than the sale
        ("0.01", "0.01", "0.00"),
        ("10000.00", "200.00", "26.00"),  # the cap
    ],
)
def test_comision_exacta(total: str, comision: str, impuesto: str) -> None:
    resultado = calcular_comision(bs(total), tasa())
    assert (resultado.monto, resultado.impuesto) == (bs(comision), bs(impuesto))


@given(st.integers(1, 10**9), st.integers(0, 3000), st.integers(0, 10**5), st.integers(0, 10**5))
def test_comision_entre_limites(total: int, pb: int, minimo: int, extra: int) -> None:
    tabla = tasa(pb)
    tabla.minimo, tabla.maximo = de_centavos(minimo), de_centavos(minimo + extra)
    monto = a_centavos(calcular_comision(de_centavos(total), tabla).monto)
    exacta = total * pb / 10_000
    assert 0 <= monto <= total
    if minimo <= exacta <= minimo + extra and exacta <= total:
        assert abs(monto - exacta) <= 0.5


def test_tasa_de_cada_dia(sesion: Session) -> None:
    vigente = tasa_vigente(sesion, date(2026, 11, 22))
    assert (vigente.tasa_pb, vigente.minimo, vigente.maximo) == (300, bs("0.50"), bs("200.00"))
    sesion.connection().exec_driver_sql("UPDATE comercio_tasa_comision SET vigente_hasta = '2027-01-01'")
    nueva = tasa(250)
    nueva.vigente_desde = date(2027, 1, 1)
    sesion.add(nueva)
    sesion.flush()
    assert tasa_vigente(sesion, date(2026, 12, 31)).tasa_pb == 300
    assert tasa_vigente(sesion, date(2027, 1, 1)).tasa_pb == 250
    with pytest.raises(LookupError):
        tasa_vigente(sesion, date(2019, 12, 31))


def test_dos_tasas_el_mismo_dia_no(sesion: Session) -> None:
    sesion.add(tasa(100))
    with pytest.raises(IntegrityError, match="ex_comercio_tasa_comision_vigencia"):
        sesion.flush()


def test_despacho_en_cinco_dias_habiles(sesion: Session) -> None:
    # Friday 20 November 2026, 10:00 in La Paz: the fifth business day is Friday the 27th.
    limite = limite_de_despacho(sesion, datetime(2026, 11, 20, 14, tzinfo=UTC))
    assert limite.astimezone(UTC) == datetime(2026, 11, 28, 3, 59, 59, 999999, tzinfo=UTC)
