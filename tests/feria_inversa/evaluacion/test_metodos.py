"""The arithmetic of the methods: vectors done by hand, and what must hold of any bids."""

from fractions import Fraction as F
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feria_inversa.evaluacion.metodos import Comparable, Criterio, evaluar
from feria_inversa.procesos.estados import Metodo
from feria_inversa.reglas.margenes import Formula, Margen, precio_evaluado

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
BOLIVIA, MYPE = Margen("hecho_en_bolivia", 10), Margen("mype", 20)
TODOS = list(Metodo)
Caso = tuple[Criterio, list[Comparable], Formula]


def lugares(criterio: Criterio, techo: int, *comparables: Comparable) -> list[int | None]:
    puestos = evaluar(criterio, F(techo), comparables)
    return [puestos[c.clave].lugar for c in comparables]


@pytest.mark.parametrize(
    ("formula", "margenes", "sale"),
    [
        (Formula.SUMA, (), F(1000)),
        (Formula.SUMA, (BOLIVIA,), F(900)),  # 1000 × 90/100
        (Formula.SUMA, (BOLIVIA, MYPE), F(700)),  # 1000 × (100 − 10 − 20)/100
        (Formula.SUCESIVA, (BOLIVIA, MYPE), F(720)),  # 1000 × 90/100 × 80/100
        (Formula.SUMA, (Margen("uno", 60), Margen("otro", 60)), F(0)),  # never below zero
    ],
)
def test_los_margenes_bajan_el_precio_que_se_compara(
    formula: Formula, margenes: tuple[Margen, ...], sale: F
) -> None:
    assert precio_evaluado(F(1000), margenes, formula) == sale


def test_el_margen_da_vuelta_el_orden() -> None:
    # 1.000 × 70/100 = 700 is before 750; 1.000 × 80/100 = 800 is after it.
    caro, barato = Comparable(A, F(1000), (BOLIVIA, MYPE)), Comparable(B, F(750))
    assert lugares(Criterio(Metodo.PRECIO), 1000, caro, barato) == [1, 2]
    assert lugares(Criterio(Metodo.PRECIO), 1000, Comparable(A, F(1000), (MYPE,)), barato) == [2, 1]


def test_un_margen_no_hace_caber_bajo_el_techo() -> None:
    assert lugares(Criterio(Metodo.PRECIO), 900, Comparable(A, F(1000), (MYPE,)), Comparable(B, F(900))) == [
        None,
        1,
    ]


def test_calidad_propuesta_tecnica_y_costo() -> None:
    # 70 of quality, 30 of price. A: 30 × 800/1000 = 24, + 65 = 89. B: 30 × 800/800 = 30, + 58 = 88.
    # C: 30 × 800/900 = 80/3 = 26,666…, + 62 = 266/3 = 88,666…: between them, and no float says so.
    criterio = Criterio(Metodo.CALIDAD_Y_COSTO, puntos_tecnica=70, minimo_tecnica=50)
    ofertas = [
        Comparable(A, F(1000), puntos=F(65)),
        Comparable(B, F(800), puntos=F(58)),
        Comparable(C, F(900), puntos=F(62)),
    ]
    puestos = evaluar(criterio, F(1000), ofertas)
    assert [puestos[c].puntos_precio for c in (A, B, C)] == [F(24), F(30), F(80, 3)]
    assert [puestos[c].total for c in (A, B, C)] == [F(89), F(88), F(266, 3)]
    assert [puestos[c].lugar for c in (A, B, C)] == [1, 3, 2]


def test_quien_no_pasa_no_fija_el_menor_precio() -> None:
    # B is cheapest and does not pass (49 < 50): A's 30 points are of its own price.
    criterio = Criterio(Metodo.CALIDAD_Y_COSTO, puntos_tecnica=70, minimo_tecnica=50)
    puestos = evaluar(
        criterio, F(1000), [Comparable(A, F(900), puntos=F(50)), Comparable(B, F(1), puntos=F(49))]
    )
    assert (puestos[A].total, puestos[A].lugar) == (F(80), 1)
    assert (puestos[B].puntos_precio, puestos[B].lugar) == (None, None)


@pytest.mark.parametrize(
    ("metodo", "esperado"),
    [
        (Metodo.CALIDAD, [1, 2, None]),  # 90, 80; C's 60 are under 70
        (Metodo.PRESUPUESTO_FIJO, [1, 2, None]),
        (Metodo.MENOR_COSTO, [2, 1, None]),  # of those that pass, 900 before 1.000
    ],
)
def test_los_demas_metodos(metodo: Metodo, esperado: list[int | None]) -> None:
    criterio = Criterio(metodo, puntos_tecnica=100, minimo_tecnica=70)
    ofertas = (
        Comparable(A, F(1000), puntos=F(90)),
        Comparable(B, F(900), puntos=F(80)),
        Comparable(C, F(500), puntos=F(60)),
    )
    assert lugares(criterio, 1000, *ofertas) == esperado


@pytest.mark.parametrize("metodo", TODOS)
def test_las_iguales_comparten_lugar(metodo: Metodo) -> None:
    criterio = Criterio(metodo, 70 if metodo.con_puntaje else 0)
    puntos = F(50) if metodo.con_puntaje else None
    peor = Comparable(C, F(20), puntos=puntos and F(40))
    iguales = (Comparable(A, F(10), puntos=puntos), Comparable(B, F(10), puntos=puntos))
    assert lugares(criterio, 100, *iguales, peor) == [1, 1, 3]


@st.composite
def casos(dibuja: st.DrawFn) -> Caso:
    metodo = dibuja(st.sampled_from(TODOS))
    tecnica = dibuja(st.integers(1, 99)) if metodo.con_puntaje else 0
    criterio = Criterio(metodo, tecnica, dibuja(st.integers(0, tecnica)))
    precios = dibuja(st.lists(st.integers(1, 10**9), min_size=1, max_size=6))
    margenes = st.lists(st.sampled_from([BOLIVIA, MYPE, Margen("local", 35)]), max_size=2, unique=True)
    puntos = st.fractions(0, tecnica, max_denominator=100) if metodo.con_puntaje else st.none()
    comparables = [
        Comparable(UUID(int=n), F(precio), tuple(dibuja(margenes)), dibuja(puntos))
        for n, precio in enumerate(precios)
    ]
    return criterio, comparables, dibuja(st.sampled_from(list(Formula)))


TECHO = F(10**9 // 2)


@given(caso=casos(), orden=st.randoms())
def test_no_importa_el_orden_en_que_llegan(caso: Caso, orden: object) -> None:
    criterio, comparables, formula = caso
    otros = sorted(comparables, key=lambda _c: orden.random())  # type: ignore[attr-defined]
    assert evaluar(criterio, TECHO, comparables, formula) == evaluar(criterio, TECHO, otros, formula)


@given(caso=casos(), por=st.fractions(F(1, 1000), 1000, max_denominator=1000))
def test_en_otra_moneda_el_lugar_es_el_mismo(caso: Caso, por: F) -> None:
    criterio, comparables, formula = caso
    otros = [Comparable(c.clave, c.precio * por, c.margenes, c.puntos) for c in comparables]
    antes, despues = (
        evaluar(criterio, TECHO, comparables, formula),
        evaluar(criterio, TECHO * por, otros, formula),
    )
    assert {k: p.lugar for k, p in antes.items()} == {k: p.lugar for k, p in despues.items()}
    assert {k: p.total for k, p in antes.items()} == {k: p.total for k, p in despues.items()}


@given(caso=casos())
def test_quien_pasa_tiene_lugar_y_nadie_mas(caso: Caso) -> None:
    criterio, comparables, formula = caso
    puestos = evaluar(criterio, TECHO, comparables, formula)
    for c in comparables:
        pasa = c.precio <= TECHO and (c.puntos is None or c.puntos >= criterio.minimo_tecnica)
        assert (puestos[c.clave].lugar is not None) == pasa
    con_lugar = sorted(p.lugar for p in puestos.values() if p.lugar is not None)
    assert con_lugar[:1] in ([], [1])
    # A place is one more than how many are before it.
    assert all(sum(otro < lugar for otro in con_lugar) == lugar - 1 for lugar in con_lugar)


@given(caso=casos(), n=st.integers(0, 5), menos=st.fractions(F(1, 100), 1))
def test_bajar_el_precio_no_empeora_el_lugar(caso: Caso, n: int, menos: F) -> None:
    criterio, comparables, formula = caso
    c = comparables[n % len(comparables)]
    antes = evaluar(criterio, TECHO, comparables, formula)[c.clave].lugar
    otros = [
        Comparable(o.clave, o.precio * menos, o.margenes, o.puntos) if o == c else o for o in comparables
    ]
    despues = evaluar(criterio, TECHO, otros, formula)[c.clave].lugar
    assert antes is None or (despues is not None and despues <= antes)
