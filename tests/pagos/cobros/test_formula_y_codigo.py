"""Pure parts, shown with Hypothesis: the arithmetic of fees and the code's check digit."""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from nucleo.dinero import a_centavos, bs, redondear
from pagos.cobros.cpt import formato_cpt, leer_cpt, nuevo_cpt
from pagos.cobros.errores import CptInvalido
from pagos.cobros.formula import MONTO_MAXIMO, Formula, FormulaInvalida

tarifas = st.decimals(0, 10_000, places=6, allow_nan=False, allow_infinity=False)
cantidades = st.decimals(0, 100_000, places=4, allow_nan=False, allow_infinity=False)


def formula(*tarifas_: Any, **mas: Any) -> Formula:
    terminos = [
        {"variable": f"v{i}", "etiqueta": f"Variable {i}", "tarifa": str(t)} for i, t in enumerate(tarifas_)
    ]
    return Formula.model_validate({"terminos": terminos} | mas)


@pytest.mark.parametrize(
    ("exacto", "redondo"),
    [
        ("0.125", "0.13"),
        ("0.135", "0.14"),
        ("0.005", "0.01"),
        ("0.015", "0.02"),
        ("2.0049999", "2.00"),
        ("2.0050001", "2.01"),
        ("999999.995", "1000000.00"),
    ],
)
def test_medio_centavo_va_hacia_arriba(exacto: str, redondo: str) -> None:
    assert redondear(Decimal(exacto)) == bs(redondo)


def test_base_mas_tarifas_con_minimo_y_maximo() -> None:
    f = formula("2.35", "18", base={"monto": "50.00"}, minimo={"monto": "60"}, maximo={"monto": "5000"})
    caso = f.calcular({"v0": Decimal("24.5"), "v1": Decimal(3)})
    assert (caso.total, caso.exacto, caso.ajuste) == (bs("161.58"), Decimal("161.575"), None)  # tie to even
    assert f.calcular({"v0": Decimal(0), "v1": Decimal(0)}).total == bs(60)
    assert f.calcular({"v0": Decimal(0), "v1": Decimal(0)}).ajuste == "minimo"
    techo = f.calcular({"v0": Decimal(10_000), "v1": Decimal(12)})
    assert (techo.total, techo.ajuste) == (bs(5000), "maximo")


@given(st.lists(st.tuples(tarifas, cantidades), min_size=1, max_size=10), st.integers(0, 10**7))
def test_el_total_es_la_suma_exacta_redondeada_una_vez(
    pares: list[tuple[Decimal, Decimal]], base: int
) -> None:
    exacto = Fraction(base, 100) + sum((Fraction(t) * Fraction(c) for t, c in pares), Fraction(0))
    esperado = round(exacto * 100)  # of a fraction: exact, ties to even
    assume(0 < esperado <= a_centavos(MONTO_MAXIMO))
    f = formula(*(t for t, _ in pares), base={"monto": f"{base // 100}.{base % 100:02d}"})
    hecho = f.calcular({f"v{i}": c for i, (_, c) in enumerate(pares)})
    assert a_centavos(hecho.total) == esperado
    assert Fraction(hecho.exacto) == exacto


@given(tarifas, cantidades, st.integers(1, 10**6), st.integers(1, 10**6))
def test_nunca_fuera_del_minimo_y_el_maximo(t: Decimal, c: Decimal, a: int, b: int) -> None:
    minimo, maximo = sorted((a, b))
    f = formula(t, minimo={"monto": f"{minimo / 100:.2f}"}, maximo={"monto": f"{maximo / 100:.2f}"})
    assert minimo <= a_centavos(f.calcular({"v0": c}).total) <= maximo


@pytest.mark.parametrize(
    ("valores", "campos"),
    [
        ({}, {"v0"}),
        ({"v0": Decimal(1), "otra": Decimal(1)}, {"otra"}),
        ({"v0": Decimal(-1)}, {"v0"}),
        ({"v0": Decimal("NaN")}, {"v0"}),
        ({"v0": Decimal("Infinity")}, {"v0"}),
        ({"v0": Decimal("1.00001")}, {"v0"}),
    ],
)
def test_cada_variable_mala_se_nombra(valores: dict[str, Decimal], campos: set[str]) -> None:
    with pytest.raises(FormulaInvalida) as error:
        formula("1.5").calcular(valores)
    assert set(error.value.campos or {}) == campos


def test_un_resultado_imposible_se_rechaza() -> None:
    for valor in (Decimal(0), Decimal(1_000_000_000)):
        with pytest.raises(FormulaInvalida):
            formula("1.5").calcular({"v0": valor})


@pytest.mark.parametrize(
    "cuerpo",
    [
        {"terminos": []},
        {"terminos": [{"variable": "A b", "etiqueta": "x", "tarifa": "1"}]},
        {"terminos": [{"variable": "a", "etiqueta": "x", "tarifa": "-1"}]},
        {"terminos": [{"variable": "a", "etiqueta": "x", "tarifa": "0.0000001"}]},
        {"terminos": [{"variable": "a", "etiqueta": "x", "tarifa": "1"}] * 2},
        {
            "terminos": [{"variable": "a", "etiqueta": "x", "tarifa": "1"}],
            "minimo": {"monto": "2"},
            "maximo": {"monto": "1"},
        },
    ],
)
def test_formulas_mal_formadas(cuerpo: Any) -> None:
    with pytest.raises(ValidationError):
        Formula.model_validate(cuerpo)


# --- Code -----------------------------------------------------------------------------------------------

codigos = st.builds(nuevo_cpt)


@given(codigos)
def test_se_lee_como_lo_dictan(cpt: str) -> None:
    assert len(cpt) == 12
    legible = formato_cpt(cpt)
    assert legible == f"{cpt[:4]}-{cpt[4:8]}-{cpt[8:]}"
    for escrito in (
        legible,
        cpt,
        f" cpt {cpt} ",
        f"CPT: {cpt[:4]} {cpt[4:8]} {cpt[8:]}",
        legible.replace("-", "–"),
        cpt.replace("0", "O").replace("1", "l"),
        "".join(chr(ord(c) - ord("0") + 0xFF10) for c in cpt),  # full-width digits
    ):
        assert leer_cpt(escrito) == cpt


@given(codigos, st.integers(0, 11), st.integers(1, 9))
def test_un_numero_equivocado_siempre_se_nota(cpt: str, donde: int, cuanto: int) -> None:
    otro = str((int(cpt[donde]) + cuanto) % 10)
    with pytest.raises(CptInvalido):
        leer_cpt(cpt[:donde] + otro + cpt[donde + 1 :])


@given(codigos, st.integers(0, 10))
def test_dos_numeros_vecinos_cambiados_siempre_se_notan(cpt: str, i: int) -> None:
    assume(cpt[i] != cpt[i + 1])
    with pytest.raises(CptInvalido):
        leer_cpt(cpt[:i] + cpt[i + 1] + cpt[i] + cpt[i + 2 :])


@given(st.text(max_size=40))
def test_nada_que_se_escriba_rompe_la_lectura(texto: str) -> None:
    with suppress(CptInvalido):
        assert len(leer_cpt(texto)) == 12
