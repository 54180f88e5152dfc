"""The unit number: exact values, tolerant reading, and what its check digit catches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empresa_digital.registro.identificadores.errores import NumeroInvalido
from empresa_digital.registro.identificadores.numeros import es_numero, leer_numero, numero_de_unidad

SERIES = st.integers(min_value=1, max_value=10**12 - 1)


@pytest.mark.parametrize(
    ("serie", "numero"),
    [(1, "UE-0000001-3"), (2, "UE-0000002-1"), (1234, "UE-0001234-0"), (12345678, "UE-12345678-6")],
)
def test_numero_exacto(serie: int, numero: str) -> None:
    assert numero_de_unidad(serie) == numero


def test_el_vector_publicado_de_damm() -> None:
    """572 has check digit 4 in Damm's own thesis."""
    assert numero_de_unidad(572) == "UE-0000572-4"


@pytest.mark.parametrize(
    "escrito",
    [
        "UE-0001234-0",
        "ue-0001234-0",
        " UE 0001234 0 ",
        "UE00012340",
        "12340",
        "1234-0",
        "UE.0001234.0",
        "UE–0001234–0",
    ],
)
def test_se_lee_como_la_gente_lo_escribe(escrito: str) -> None:
    assert leer_numero(escrito) == "UE-0001234-0"


@pytest.mark.parametrize(
    "escrito",
    [
        "",
        "UE",
        "UE-",
        "0",
        "UE-0000000-0",
        "UE-0001234-1",
        "UE-0001243-0",
        "UE-000123A-0",
        "UE-٠٠٠١٢٣٤-٠",
        "UE-00012340000000-0",
        "XX-0001234-0",
        "UE-0001234-0 OR 1=1",
        "\x00",
    ],
)
def test_lo_que_no_es_un_numero(escrito: str) -> None:
    assert not es_numero(escrito)
    with pytest.raises(NumeroInvalido):
        leer_numero(escrito)


@given(SERIES)
def test_ida_y_vuelta(serie: int) -> None:
    assert leer_numero(numero_de_unidad(serie)) == numero_de_unidad(serie)


@given(SERIES, st.data())
def test_detecta_toda_cifra_cambiada_y_todo_par_invertido(serie: int, datos: st.DataObject) -> None:
    cifras = [c for c in numero_de_unidad(serie) if c.isdigit()]
    lugar = datos.draw(st.integers(0, len(cifras) - 1))
    otra = datos.draw(st.sampled_from([c for c in "0123456789" if c != cifras[lugar]]))
    cambiada = [*cifras[:lugar], otra, *cifras[lugar + 1 :]]
    assert not es_numero("".join(cambiada))
    if lugar and cifras[lugar] != cifras[lugar - 1]:
        cifras[lugar - 1], cifras[lugar] = cifras[lugar], cifras[lugar - 1]
        assert not es_numero("".join(cifras))
