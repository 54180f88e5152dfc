"""The readers, form by form of `casos.csv`, and what must hold of all of them."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from moneyed import Money

from nucleo.dinero import bs, redondear
from nucleo.formularios.valores import a_texto
from nucleo.lectores import (
    Ambiguo,
    Ilegible,
    Preciso,
    como_se_escribe,
    en_cifras,
    leer_cantidad,
    leer_monto,
    leer_precio,
    leer_telefono,
    leer_texto,
    limpiar,
    para_buscar,
    total_de_linea,
)
from tests.nucleo.lectores.casos import CASOS, LECTORES, Caso, leido


def test_la_tabla_tiene_al_menos_trescientas_escrituras() -> None:
    assert len(CASOS) >= 300
    assert len({(c.lector, c.escrito) for c in CASOS}) == len(CASOS)


@pytest.mark.parametrize("caso", CASOS, ids=lambda c: f"{c.lector}:{c.escrito!a}")
def test_cada_escritura_da_su_valor_o_su_rechazo(caso: Caso) -> None:
    assert leido(LECTORES[caso.lector], caso.escrito) == caso.esperado


@pytest.mark.parametrize(
    ("lector", "texto", "dice"),
    [
        (leer_monto, "1,234", "«1,234» puede ser 1234, o 1 y 234 milésimos. Escriba 1234 o 1,23."),
        (leer_cantidad, "1.200", "«1.200» puede ser 1200, o 1 y 200 milésimos. Escriba 1200 o 1,2000."),
        (LECTORES["entero"], "1,000", "«1,000» puede ser 1000, o 1 con decimales. Escriba 1000 o 1."),
    ],
)
def test_lo_ambiguo_nombra_las_dos_lecturas(lector: object, texto: str, dice: str) -> None:
    with pytest.raises(Ambiguo) as rechazo:
        lector(texto)  # type: ignore[operator]
    assert str(rechazo.value) == dice


def test_con_la_marca_del_archivo_nada_es_ambiguo() -> None:
    assert leer_monto("1.234", marca=",") == bs(1234)
    assert leer_monto("1,234", marca=".") == bs(1234)
    assert leer_monto("1,5", marca=",") == bs("1.5")
    assert leer_cantidad("1,234", marca=",") == Decimal("1.234")
    assert leer_cantidad("1.234", marca=",") == Decimal(1234)
    with pytest.raises(Preciso, match="dos decimales"):
        leer_monto("1.234", marca=".")
    for texto in ("1.5", "1,234.50"):
        with pytest.raises(Ilegible):
            leer_monto(texto, marca=",")


@given(st.decimals(min_value=0, max_value=10**12, places=4))
def test_lo_que_un_campo_muestra_se_lee_igual(numero: Decimal) -> None:
    assert leer_cantidad(a_texto(numero)) == numero
    assert leer_precio(a_texto(bs(numero))) == bs(numero)
    assert leer_monto(a_texto(redondear(numero))) == redondear(numero)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_lo_que_sale_son_cifras(numero: Decimal) -> None:
    texto = en_cifras(numero)
    assert "E" not in texto.upper()
    assert Decimal(texto) == numero
    assert not ("." in texto and texto.endswith(("0", ".")))


@given(st.text(max_size=60))
def test_ningun_texto_rompe_un_lector(texto: str) -> None:
    for lector in LECTORES.values():
        leido(lector, texto)


@given(st.text(max_size=60))
def test_lo_que_llega_de_una_pagina_ya_no_tiene_nada_invisible(texto: str) -> None:
    limpio = limpiar(texto)
    assert limpiar(limpio) == limpio
    assert leido(LECTORES["texto"], limpio) in (limpio, "!Preciso")  # piled accents are refused, not dropped


def test_lo_que_viene_pegado_de_un_chat_se_lee() -> None:
    assert leer_telefono(limpiar("\u202a+591 712\u00a034567\u202c")) == "+59171234567"
    assert limpiar("\u200eAna\u200b Prueba\ufeff") == "Ana Prueba"


@pytest.mark.parametrize(
    ("gritado", "escrito"),
    [
        ("O'CONNOR D'ARLACH", "O'Connor d'Arlach"),
        ("O\u2019CONNOR", "O\u2019Connor"),
        ("ANA-LUCÍA", "Ana-Lucía"),
        ("ANA DE LA CRUZ", "Ana de la Cruz"),
        ("DE LA CRUZ", "de la Cruz"),
        ("JUAN CARLOS III", "Juan Carlos III"),
        ("MARÍA DE LOS ÁNGELES", "María de los Ángeles"),
        ("JOSÉ MA. I", "José Ma. I"),
        ("VDA. DE MCDONALD", "vda. de McDonald"),
        ("JR SRL", "JR SRL"),
        ("ÑUFLO", "Ñuflo"),
        ("MCLEOD", "McLeod"),
        ("McLeod (demostración)", "McLeod (demostración)"),
        ("ana prueba", "ana prueba"),
        ("3M", "3M"),
    ],
)
def test_los_nombres_no_gritan(gritado: str, escrito: str) -> None:
    assert como_se_escribe(gritado) == escrito


@pytest.mark.parametrize(
    ("cantidad", "precio", "total"),
    [
        ("1450.5", "0.05", "72.53"),
        ("1", "0.125", "0.13"),
        ("1", "0.135", "0.14"),
        ("3", "0.3333", "1.00"),
        ("0.0001", "50", "0.01"),
        ("12.5", "3.7412", "46.77"),
    ],
)
def test_el_total_de_una_linea_se_redondea_una_vez_hacia_arriba(
    cantidad: str, precio: str, total: str
) -> None:
    assert total_de_linea(Decimal(cantidad), bs(precio)) == bs(total)


def test_una_linea_que_no_llega_a_un_centavo_se_rechaza() -> None:
    with pytest.raises(Preciso, match="no llega a un centavo"):
        total_de_linea(Decimal("0.0049"), bs(1))
    assert total_de_linea(Decimal(3), Money(0, "BOB")) == bs(0)


@given(st.text(max_size=20) | st.text(alphabet="a\u0301\u0302\ufffd\ufb2c\u200b/ ", max_size=20))
@example("a" + "\u0301" * 6)
@example("\ufb2c" * 20)
@example("\ufffd")
def test_lo_que_se_busca_siempre_se_puede_guardar(texto: str) -> None:
    """A list turns its search into one that can be saved: what is looked for is read, and no longer."""
    buscado = para_buscar(texto)
    assert len(leer_texto(buscado)) <= len(texto)
