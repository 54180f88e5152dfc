"""S10 numbers: exact vectors, every rule by its name, and what the check digit can and cannot see."""

from string import ascii_uppercase

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from envios.s10.numeros import (
    LARGO,
    AvisoS10,
    MotivoInvalido,
    NumeroInvalido,
    NumeroS10,
    digito_verificador,
    generar,
    normalizar,
    validar,
)
from envios.s10.paises import PAISES_ASIGNADOS

series = st.integers(0, 99_999_999).map(lambda n: f"{n:08d}")


@pytest.mark.parametrize(
    ("serie", "digito"),
    [
        ("47312482", 9),  # the standard's own example
        ("12345678", 5),  # remainder 0: 11 is written 5
        ("00000000", 5),
        ("00000001", 4),
        ("00000010", 2),
        ("10000000", 3),
        ("00000008", 0),  # remainder 1: 10 is written 0
        ("99999999", 5),
        ("09000000", 1),
    ],
)
def test_digito_verificador_exacto(serie: str, digito: int) -> None:
    assert digito_verificador(serie) == digito


def test_numero_del_estandar() -> None:
    assert validar("RR473124829BO") == NumeroS10("RR", "47312482", 9, "BO")
    assert generar("RR", 47312482) == "RR473124829BO"
    assert generar("RR", "47312482") == "RR473124829BO"
    assert validar("RR473124829BO").legible == "RR 473 124 829 BO"
    assert validar("RR473124829BO").servicio == "carta certificada"
    assert validar("RR473124829BO").es_nacional
    assert not validar("RR473124829GB").es_nacional


@pytest.mark.parametrize(
    ("texto", "motivo"),
    [
        ("", MotivoInvalido.LARGO),
        ("RR473124829B", MotivoInvalido.LARGO),
        ("RR473124829BOO", MotivoInvalido.LARGO),
        ("RR473124829BO\n", MotivoInvalido.LARGO),
        (" RR473124829B", MotivoInvalido.INDICADOR),
        ("R1473124829BO", MotivoInvalido.INDICADOR),
        ("rr473124829BO", MotivoInvalido.INDICADOR),
        ("ÑR473124829BO", MotivoInvalido.INDICADOR),
        ("RR47312482OBO", MotivoInvalido.SERIE),
        ("RR4731248290O", MotivoInvalido.PAIS),
        ("RR47312 829BO", MotivoInvalido.SERIE),
        ("RR47312482９BO", MotivoInvalido.SERIE),  # full-width digits are for normalizar
        ("RR４７３１２４８２9BO", MotivoInvalido.SERIE),
        ("RR473124829bo", MotivoInvalido.PAIS),
        ("RR473124829XX", MotivoInvalido.PAIS),
        ("RR473124829UK", MotivoInvalido.PAIS),  # the United Kingdom is GB
        ("RR473124829EU", MotivoInvalido.PAIS),
        ("RR473124820BO", MotivoInvalido.DIGITO_VERIFICADOR),
        ("RR473124892BO", MotivoInvalido.DIGITO_VERIFICADOR),
    ],
)
def test_validar_nombra_la_regla_rota(texto: str, motivo: MotivoInvalido) -> None:
    with pytest.raises(NumeroInvalido) as error:
        validar(texto)
    assert error.value.motivo is motivo
    assert error.value.detalle


@pytest.mark.parametrize(
    ("escrito", "limpio"),
    [
        ("rr 473 124 829 bo", "RR473124829BO"),
        ("RR-473124829-BO", "RR473124829BO"),
        ("RR\u2013473\u2010124\u2212829 BO".replace("\u2212", "\u2014"), "RR473124829BO"),
        ("ＲＲ４７３１２４８２９ＢＯ", "RR473124829BO"),
        ("RR\u00a0473\u202f124\u3000829\tBO\r\n", "RR473124829BO"),
        ("\u200bRR473124829\u200dBO\ufeff", "RR473124829BO"),
        ("RR٤٧٣١٢٤٨٢٩BO", "RR473124829BO"),
        ("RR47312482OBO", "RR47312482OBO"),  # the letter O is not turned into a zero
        ("RR/473124829/BO", "RR/473124829/BO"),
    ],
)
def test_normalizar(escrito: str, limpio: str) -> None:
    assert normalizar(escrito) == limpio


# The UPU's table of service indicators, as it was handed to us; what it does not name is assigned to nobody.
INDICADORES = """AA-AU sin asignar
AV-AZ uso nacional
BA-BZ uso nacional
CA-CZ encomienda
DA-DZ uso nacional
EA-EZ correo expreso
FA-FZ sin asignar
GA-GA uso nacional
GB-GC sin asignar
GD-GD uso nacional
GE-GZ sin asignar
HA-HZ paquete de comercio electrónico
IA-IZ sin asignar
JA-JZ reservado
KA-KZ reservado
LA-LZ carta expresa
MA-MZ saca M
NA-NZ uso nacional
OA-OZ sin asignar
PA-PZ uso nacional
QA-QM respuesta comercial
QN-QZ sin asignar
RA-RZ carta certificada
SA-SZ reservado
TA-TZ reservado
UA-UZ carta
VA-VZ carta
WA-WZ reservado
XA-YZ sin asignar
ZA-ZZ uso nacional"""
AVISOS = {"sin asignar": AvisoS10.INDICADOR_SIN_ASIGNAR, "reservado": AvisoS10.INDICADOR_RESERVADO}


def test_cada_par_de_letras_es_lo_que_dice_la_tabla_y_las_reservadas_solo_avisan() -> None:
    rangos = [(r[:2], r[3:5], r[6:]) for r in INDICADORES.splitlines()]
    for par in (a + b for a in ascii_uppercase for b in ascii_uppercase):
        (dice,) = [que for desde, hasta, que in rangos if desde <= par <= hasta]
        numero = validar(f"{par}473124829FR")
        assert (numero.servicio[: len(dice)], numero.aviso) == (dice, AVISOS.get(dice)), par


def test_generar_no_usa_letras_reservadas_ni_series_imposibles() -> None:
    for argumentos in [
        ("JA", 1),
        ("PQ", -1),
        ("PQ", 100_000_000),
        ("PQ", "1234567"),
        ("pq", 1),
        ("PQ", 1, "XX"),
    ]:
        with pytest.raises(NumeroInvalido):
            generar(*argumentos)


def test_paises_son_los_asignados_por_iso_3166() -> None:
    no_asignados = {"AC", "CP", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
    conocidos = {c for c in Locale("es").territories if len(c) == 2 and c.isalpha()}
    assert conocidos - no_asignados == PAISES_ASIGNADOS
    assert len(PAISES_ASIGNADOS) == 249


@given(serie=series, indicador=st.sampled_from(["PQ", "RR", "CP", "EE", "LX"]))
def test_ida_y_vuelta(serie: str, indicador: str) -> None:
    numero = generar(indicador, serie)
    assert len(numero) == LARGO
    partes = validar(numero)
    assert (partes.indicador, partes.serie, partes.pais, str(partes)) == (indicador, serie, "BO", numero)
    assert validar(normalizar(partes.legible.lower())) == partes


@given(serie=series, posicion=st.integers(0, 6))
def test_dos_digitos_vecinos_cambiados_se_notan_salvo_los_restos_que_comparten_digito(
    serie: str, posicion: int
) -> None:
    cambiada = serie[:posicion] + serie[posicion + 1] + serie[posicion] + serie[posicion + 2 :]
    if cambiada == serie or digito_verificador(cambiada) != digito_verificador(serie):
        return
    assert digito_verificador(serie) == 5  # the only digit two remainders share


def test_proporcion_de_errores_de_un_digito_que_se_escapan() -> None:
    """About 1.8 %: why a person confirms with the destination."""
    escapan = total = 0
    for n in range(0, 99_999_999, 99_991):
        serie = f"{n:08d}"
        digito = digito_verificador(serie)
        for i in range(8):
            for d in "0123456789":
                if d != serie[i]:
                    total += 1
                    escapan += digito_verificador(serie[:i] + d + serie[i + 1 :]) == digito
    assert 0.015 < escapan / total < 0.021
