"""What is said of generated series whose answer is known; what cannot be told is not said."""

from math import exp
from random import Random

import pytest

from feria_inversa.temporada.perfil import ANIOS_MINIMOS, Falta, Mes, Temporada, serie, temporada

ESCOLAR = [0.2, 3.0, 2.5, 1.0, 0.6, 0.6, 0.8, 0.6, 0.6, 0.6, 1.0, 0.5]
VECES = 30


def _poisson(azar: Random, media: float) -> int:
    """By the gaps between events."""
    n, pasado = 0, azar.expovariate(1.0)
    while pasado < media:
        n, pasado = n + 1, pasado + azar.expovariate(1.0)
    return n


def _meses(anios: int, desde: int = 2019) -> list[Mes]:
    return [(desde + n, mes) for n in range(anios) for mes in range(1, 13)]


def _generada(
    azar: Random, anios: int, media: float, pesos: list[float], crece: float = 0.0
) -> dict[Mes, int]:
    return {
        (anio, mes): _poisson(azar, media * pesos[mes - 1] * exp(crece * (anio - 2019 + mes / 12)))
        for anio, mes in _meses(anios)
    }


def _dichas(generar: object, veces: int = VECES) -> list[Temporada]:
    assert callable(generar)
    return [temporada(generar(Random(n))) for n in range(veces)]


def test_la_temporada_que_hay_se_dice_con_lo_que_varia() -> None:
    dichas = _dichas(lambda azar: _generada(azar, 4, 40, ESCOLAR))
    assert [d.falta for d in dichas] == [None] * VECES
    assert {d.altos[:2] for d in dichas} == {(2, 3)}
    suma = sum(ESCOLAR)
    for dicha in dichas:
        febrero = dicha.meses[1]
        assert febrero.menor <= febrero.mitad <= febrero.mayor
        assert febrero.mitad == pytest.approx(3.0 / suma, rel=0.25)
        assert (len(dicha.meses), len(dicha.ventaja), min(dicha.ventaja) > 0) == (12, 4, True)


@pytest.mark.parametrize("anios", [3, 4, 8])
@pytest.mark.parametrize("media", [4, 40])
def test_de_un_anio_parejo_no_se_dice_temporada(anios: int, media: float) -> None:
    dichas = _dichas(lambda azar: _generada(azar, anios, media, [1.0] * 12))
    assert sum(d.falta is None for d in dichas) <= 1
    assert all(d.meses == () for d in dichas if d.falta)


@pytest.mark.parametrize("crece", [0.3, -0.4])
def test_lo_que_crece_o_decae_no_es_temporada(crece: float) -> None:
    dichas = _dichas(lambda azar: _generada(azar, 4, 60, [1.0] * 12, crece))
    assert {d.falta for d in dichas} == {Falta.PAREJO}


@pytest.mark.parametrize("crece", [0.3, -0.4])
def test_la_temporada_se_ve_tambien_en_lo_que_crece(crece: float) -> None:
    dichas = _dichas(lambda azar: _generada(azar, 4, 60, ESCOLAR, crece))
    assert {d.falta for d in dichas} == {None}


def test_lo_que_paso_una_vez_no_es_temporada() -> None:
    def generar(azar: Random) -> dict[Mes, int]:
        return _generada(azar, 4, 20, [1.0] * 12) | {(2020, 5): 400}

    assert {d.falta for d in _dichas(generar)} == {Falta.PAREJO}


def test_lo_que_no_se_importo_no_es_cero() -> None:
    """Without half of the months a year is not whole, whatever it says; and a gap is not a low month."""
    completa = _generada(Random(1), 5, 40, [1.0] * 12)
    hasta_junio = {mes: n for mes, n in completa.items() if mes[1] <= 6}
    cobertura = list(completa)
    assert temporada(serie(hasta_junio, cobertura)).falta is None, "as zeros they would say a season"
    assert temporada(serie(hasta_junio, hasta_junio)) == Temporada((), 0, Falta.ANIOS)
    con_hueco = [mes for mes in cobertura if mes != (2021, 7)]
    assert temporada(serie(completa, con_hueco)).anios == (2019, 2020, 2022, 2023)
    assert serie({(2020, 1): 3, (2020, 9): 5}, [(2020, 2), (2020, 1)]) == {(2020, 1): 3, (2020, 2): 0}


def test_con_poco_no_se_dice_nada() -> None:
    escasa = _generada(Random(2), 5, 1.5, ESCOLAR)
    assert temporada(escasa).falta == Falta.PROCESOS
    dos = _generada(Random(3), ANIOS_MINIMOS - 1, 400, ESCOLAR)
    assert (temporada(dos).falta, temporada(dos).anios) == (Falta.ANIOS, (2019, 2020))
    assert temporada({}) == Temporada((), 0, Falta.ANIOS)
    un_anio_sin_nada = _generada(Random(4), 4, 40, ESCOLAR) | {(2020, mes): 0 for mes in range(1, 13)}
    assert temporada(un_anio_sin_nada).falta == Falta.PROCESOS
