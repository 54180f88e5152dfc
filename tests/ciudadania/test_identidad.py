"""Every known shape of `/me`, with the exact values of the shared cases."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from ciudadania.errores import IdentidadInvalida
from ciudadania.identidad import Identidad, leer_identidad, leer_numero

ACTUAL: dict[str, Any] = {
    "sub": "00000000-0000-4000-8000-000000000001",
    "profile": {
        "documento_identidad": {"tipo_documento": "CI", "numero_documento": "1000001"},
        "nombre": {"nombres": "ANA MARIA", "primer_apellido": "PRUEBA", "segundo_apellido": "EJEMPLO"},
    },
    "fecha_nacimiento": "15/05/1990",
    "email": "ana@example.test",
    "celular": "70000001",
}


def _con(**cambios: Any) -> dict[str, Any]:
    datos = deepcopy(ACTUAL)
    datos["profile"] |= cambios
    return datos


def test_forma_actual_completa() -> None:
    assert leer_identidad(ACTUAL) == Identidad(
        sub="00000000-0000-4000-8000-000000000001",
        ci="1000001",
        complemento=None,
        nombres="ANA MARIA",
        primer_apellido="PRUEBA",
        segundo_apellido="EJEMPLO",
        nacimiento=date(1990, 5, 15),
        correo="ana@example.test",
        celular="+59170000001",
    )


def test_casos_compartidos(formas: dict[str, Any]) -> None:
    vistos = 0
    for caso in formas["userinfo_cases"]:
        if "in" in caso:
            datos = caso["in"]
        elif "in_numero" in caso:
            datos = _con(documento_identidad={"tipo_documento": "CI", "numero_documento": caso["in_numero"]})
        elif "in_documento" in caso:
            datos = _con(documento_identidad=caso["in_documento"])
        elif "in_nombre" in caso:
            datos = _con(nombre=caso["in_nombre"])
        else:
            continue  # the rule that /me must be called: tested with the whole sign-in
        vistos += 1
        if caso["out"] == "reject":
            with pytest.raises(IdentidadInvalida):
                leer_identidad(datos)
            continue
        leida = leer_identidad(datos)
        esperado = caso["out"]
        assert leida.ci == esperado["ci"], caso["name"]
        assert leida.complemento == esperado.get("complemento"), caso["name"]
        if "nacimiento" in esperado:
            assert leida.nacimiento is not None
            assert leida.nacimiento.isoformat() == esperado["nacimiento"]
    assert vistos == 6


@pytest.mark.parametrize(
    ("numero", "complemento", "esperado"),
    [
        ("1000001", None, ("1000001", None)),
        ("1000001", "", ("1000001", None)),
        (1000001, None, ("1000001", None)),
        ("1000001-1A", None, ("1000001", "1A")),
        ("1000001-1a", None, ("1000001", "1A")),
        ("1000001 - 1A", None, ("1000001", "1A")),
        ("1000001-12", None, ("1000001", "12")),
        ("10000011A", None, ("1000001", "1A")),
        ("1000001", "1a", ("1000001", "1A")),
        ("1000001-1A", "1A", ("1000001", "1A")),
        ("0001000001", None, ("1000001", None)),
        ("1.000.001", None, ("1000001", None)),
        ("100000112", None, ("100000112", None)),  # digits alone are never split
    ],
)
def test_numero_y_complemento(numero: object, complemento: object, esperado: tuple[str, str | None]) -> None:
    assert leer_numero(numero, complemento) == esperado


@pytest.mark.parametrize(
    ("numero", "complemento"),
    [
        ("", None),
        (None, None),
        ("123", None),
        ("0000", None),
        ("ABCDEFG", None),
        ("1000001-", None),
        ("1000001-1", None),
        ("1000001-1AB", None),
        ("1000001--1A", None),
        ("١٠٠٠٠٠١", None),
        ("1" * 13, None),
        ("1000001", "1"),
        ("1000001", "1A2"),
        ("1000001-1A", "1B"),
        ("1000001'; --", None),
    ],
)
def test_numero_que_no_es_cedula(numero: object, complemento: object) -> None:
    with pytest.raises(IdentidadInvalida):
        leer_numero(numero, complemento)


@pytest.mark.parametrize(
    "datos",
    [
        {},
        {**ACTUAL, "sub": ""},
        {**ACTUAL, "sub": 7},
        {**ACTUAL, "profile": {}},
        {**ACTUAL, "fecha_nacimiento": "31/02/1990"},
        {**ACTUAL, "fecha_nacimiento": "01/01/2999"},
        {**ACTUAL, "fecha_nacimiento": "05/1990"},
        _con(documento_identidad="1000001"),
        _con(documento_identidad={"tipo_documento": "PASAPORTE", "numero_documento": "1000001"}),
        _con(nombre={"nombres": " ", "primer_apellido": "PRUEBA", "segundo_apellido": ""}),
        _con(nombre={"nombres": "A" * 101, "primer_apellido": "PRUEBA", "segundo_apellido": ""}),
        _con(nombre={"nombres": "A\0B", "primer_apellido": "PRUEBA", "segundo_apellido": ""}),
        _con(nombre=None),
    ],
)
def test_respuestas_que_se_rechazan(datos: dict[str, Any]) -> None:
    with pytest.raises(IdentidadInvalida):
        leer_identidad(datos)


def test_un_solo_apellido_basta() -> None:
    leida = leer_identidad(
        _con(nombre={"nombres": "ANA", "primer_apellido": "", "segundo_apellido": "EJEMPLO"})
    )
    assert (leida.primer_apellido, leida.segundo_apellido) == (None, "EJEMPLO")


@pytest.mark.parametrize(
    ("celular", "esperado"),
    [
        ("70000001", "+59170000001"),
        ("+591 7000-0001", "+59170000001"),
        ("59160000001", "+59160000001"),
        ("2123456", None),
        ("", None),
        (None, None),
    ],
)
def test_un_contacto_que_no_sirve_se_omite(celular: str | None, esperado: str | None) -> None:
    leida = leer_identidad({**ACTUAL, "celular": celular, "email": "no es un correo"})
    assert leida.celular == esperado
    assert leida.correo is None
