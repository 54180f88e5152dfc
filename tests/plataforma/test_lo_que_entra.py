"""Every number, day, instant and text that comes in, by every door, goes through its one reader.

The doors are found, not listed: the fields of every form, of every body of the API, and every parameter.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from fastapi.params import Form
from moneyed import Money
from pydantic import AwareDatetime, BaseModel, TypeAdapter, ValidationError

from nucleo.errores import DatosInvalidos
from nucleo.formularios import Formulario, Hoja
from nucleo.formularios.campos import Campo
from nucleo.formularios.recibir import Enviado
from nucleo.lectores import limpiar
from plataforma.habitaciones import modulos
from tests.ayudas.rutas import rutas
from tests.nucleo.lectores.casos import CASOS, LECTORES, Caso, leido

LEJOS = ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"]
NO_SON_CIFRAS = ["1_000", "+5", "1e3", "1E+3", "١٢", "１２", " 5", "05", "1,5", "Infinity", "NaN", "0x10", ""]
INVISIBLES = ["\x00", "\x07", "\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u3164", "\ue000"]


# --- The API --------------------------------------------------------------------------------------------


def _hojas(tipo: Any, camino: str, vistos: frozenset[Any] = frozenset()) -> Iterator[tuple[str, Any, Any]]:
    """(place, simple type, that type with all that is said of it) of each value inside a type."""
    if get_origin(tipo) is Annotated:
        interno = get_args(tipo)[0]
        if get_origin(interno) in (Union, UnionType):
            for parte in get_args(interno):
                yield from _hojas(Annotated[parte, *tipo.__metadata__], camino, vistos)
        elif isinstance(interno, type) and not issubclass(interno, BaseModel):
            yield camino, datetime if interno is AwareDatetime else interno, tipo
        else:
            yield from _hojas(interno, camino, vistos)
    elif isinstance(tipo, type) and issubclass(tipo, BaseModel):
        if tipo not in vistos:
            for nombre, campo in tipo.model_fields.items():
                propio = Annotated[campo.annotation, *campo.metadata] if campo.metadata else campo.annotation
                yield from _hojas(propio, f"{camino}.{nombre}", vistos | {tipo})
    elif get_args(tipo):
        for parte in get_args(tipo):
            yield from _hojas(parte, camino, vistos)
    elif isinstance(tipo, type) and tipo is not NoneType:
        yield camino, datetime if tipo is AwareDatetime else tipo, tipo


@pytest.fixture(scope="module")
def entradas(aplicacion: Any) -> list[tuple[str, type, TypeAdapter[Any]]]:
    """Every value that the platform takes by an address or by the body of its API."""
    halladas: dict[str, tuple[str, type, TypeAdapter[Any]]] = {}
    for metodo, camino, ruta in rutas(aplicacion):
        plano = ruta.dependant
        pendientes = [plano]
        while pendientes:
            nodo = pendientes.pop()
            pendientes += nodo.dependencies
            for parametro in (*nodo.query_params, *nodo.body_params, *nodo.path_params):
                info = parametro.field_info
                tipo = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
                nombre = f"hoja.{parametro.name}" if isinstance(info, Form) else parametro.name
                for lugar, simple, entero in _hojas(tipo, f"{metodo} {camino} {nombre}"):
                    halladas[lugar] = (lugar, simple, TypeAdapter(entero))
    assert len(halladas) > 300
    return [h for h in halladas.values() if not h[0].startswith("GET /archivos/")]  # a width out of a list


def _acepta(adaptador: TypeAdapter[Any], valor: Any) -> bool:
    with suppress(ValidationError):
        adaptador.validate_python(valor)
        return True
    return False


def test_ningun_dia_ni_instante_fuera_de_los_anos_de_aqui(entradas: Any) -> None:
    mal = []
    vistos = 0
    for lugar, simple, adaptador in entradas:
        if simple is datetime:
            vistos += 1
            probados = [f"{dia}T00:00:00-04:00" for dia in LEJOS] + ["1798675200", 1798675200, "0001-01-01"]
        elif simple is date:
            vistos += 1
            probados = [*LEJOS, "86400", 86400, "2026-12-31T00:00:00"]
        else:
            continue
        mal += [f"{lugar}: {valor}" for valor in probados if _acepta(adaptador, valor)]
    assert vistos > 15
    assert mal == [], "\n".join(mal)


def test_los_numeros_exactos_de_un_programa_son_cifras(entradas: Any) -> None:
    decimales = [(lugar, a) for lugar, simple, a in entradas if simple is Decimal]
    assert len(decimales) >= 3
    mal = [f"{lugar}: {t!r}" for lugar, a in decimales for t in NO_SON_CIFRAS if _acepta(a, t)]
    assert mal == [], "\n".join(mal)


def test_los_enteros_de_un_programa_son_cifras(entradas: Any) -> None:
    enteros = [(lugar, a) for lugar, simple, a in entradas if simple is int]
    mal = [
        f"{lugar}: {t!r}"
        for lugar, a in enteros
        for t in ("1_000", "+5", "１２", "١٢", "1e3", "5.0", True, False)
        if _acepta(a, t)
    ]
    assert len(enteros) > 10
    assert mal == [], "\n".join(mal)


LOS_JUZGA_EL_CASO = re.compile(
    # by `texto_obligatorio` and `texto_limpio`, which refuse the same characters
    r"motivo$|recuperaciones.* datos\.(ci|objecion|resolucion)$"
    r"|mandatos.* datos\.(persona\.ci|personas\.ci|limite)|unidades-economicas.*"
    r"(denominacion|identificadores|nombre_comercial|direccion|descripcion)$"
    # addresses of computers, and what is looked up and never kept
    r"|datos\.url$|pedido\.(alias|pagador)$"
)


def test_ningun_texto_que_se_guarda_trae_lo_que_no_se_ve(entradas: Any) -> None:
    textos = [
        (lugar, a)
        for lugar, simple, a in entradas
        if simple is str and lugar.startswith(("POST /api", "PUT /api", "PATCH /api")) and "." in lugar
    ]
    assert len(textos) > 60
    mal = []
    for lugar, adaptador in textos:
        if LOS_JUZGA_EL_CASO.search(lugar):
            continue
        for letra in INVISIBLES:
            with suppress(ValidationError):
                if any(i in str(adaptador.validate_python(f"una{letra} palabra")) for i in INVISIBLES):
                    mal.append(f"{lugar}: {letra!a}")
    assert mal == [], "\n".join(mal)


def test_la_tabla_entera_por_cada_entrada_de_la_api(entradas: Any) -> None:
    """Value or refusal, never another error; a number that is taken is the one that its digits say."""
    escritos = sorted({c.escrito for c in CASOS})
    plano = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
    mal = []
    for lugar, simple, adaptador in entradas:
        for texto in escritos:
            try:
                valor = adaptador.validate_python({"monto": texto} if simple is Money else texto)
            except ValidationError:
                continue
            numero = valor.amount if isinstance(valor, Money) else valor
            if simple in (Decimal, int, Money) and not (plano.fullmatch(texto) and numero == Decimal(texto)):
                mal.append(f"{lugar}: {texto!r} -> {valor!r}")
    assert mal == [], "\n".join(mal)


# --- The forms ------------------------------------------------------------------------------------------


@cache
def formularios() -> dict[str, Formulario[Any]]:
    import plataforma.web  # noqa: F401 (loads every room)

    cosas = (v for m in modulos("formularios") for v in vars(m).values())
    return {f.nombre: f for f in cosas if isinstance(f, Formulario)}


def _campos() -> list[tuple[str, Campo]]:
    return [
        (f"{nombre}:{campo.nombre}", campo)
        for nombre, formulario in sorted(formularios().items())
        for campo in formulario.campos
        if not campo.bytes_maximos and campo.control not in ("boton", "casilla")
    ]


_DE_LECTOR = {funcion: nombre for nombre, funcion in LECTORES.items()}
SUYOS = {
    "cobro.concepto:cobro.formula.terminos.*.tarifa": "leer_cantidad, six decimals",
    "cobro.concepto.cambio:cobro.formula.terminos.*.tarifa": "leer_cantidad, six decimals",
    "pagos.comision:tasa": "leer_porcentaje, in hundredths",
    "pagos.comision:impuesto": "leer_porcentaje, in hundredths",
}
"""Fields whose reader is one of the table with something added."""


def test_cada_campo_de_cada_formulario_usa_un_lector_de_la_tabla() -> None:
    campos = _campos()
    assert len(campos) > 100
    assert sorted({lugar for lugar, c in campos if c.lector not in _DE_LECTOR} ^ SUYOS.keys()) == []


def test_la_tabla_entera_por_cada_campo_de_cada_formulario() -> None:
    """What its reader says is what the door gives, or what it refuses with words."""
    por_lector: dict[str, list[Caso]] = {}
    for caso in CASOS:
        por_lector.setdefault(caso.lector, []).append(caso)
    probados = 0
    for lugar, campo in _campos():
        for caso in por_lector.get(_DE_LECTOR.get(campo.lector, ""), ()):
            assert leido(campo.lector, caso.escrito) == caso.esperado, lugar
            probados += 1
    assert probados > 3000


def test_ninguna_escritura_rompe_un_formulario() -> None:
    """Every field of a form filled in with the same strange thing: read, or refused with words."""
    for nombre, formulario in sorted(formularios().items()):
        entradas = [c.nombre.replace("*", "0") for c in formulario.campos if not c.bytes_maximos]
        for caso in CASOS:
            textos = {e: limpiar(caso.escrito) for e in entradas}
            hoja = Hoja(formulario, Enviado(textos, {}))
            with suppress(DatosInvalidos):
                assert hoja.datos is not None
                continue
            with pytest.raises(DatosInvalidos) as rechazo:
                _ = hoja.datos
            assert rechazo.value.campos, (nombre, caso)
            assert all(rechazo.value.campos.values()), (nombre, caso)
