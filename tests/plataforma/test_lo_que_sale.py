"""What leaves the API is plain digits: over all response models, whatever the number was computed as."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money
from pydantic import BaseModel, TypeAdapter

from nucleo.dinero import bs
from tests.ayudas.rutas import rutas

_CIFRAS = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?")
_DE_DINERO = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]{2}([0-9]?[1-9])?")
numeros = st.decimals(-(10**13), 10**13, places=4, allow_nan=False, allow_infinity=False)


def _numeros(tipo: Any, camino: str, vistos: frozenset[Any] = frozenset()) -> Iterator[tuple[str, Any, Any]]:
    """(place, Decimal or Money, the type with its serialiser) of each exact number in a type."""
    if get_origin(tipo) is Annotated and get_args(tipo)[0] in (Decimal, Money):
        yield camino, get_args(tipo)[0], tipo
    elif tipo in (Decimal, Money):
        yield camino, tipo, tipo
    elif isinstance(tipo, type) and issubclass(tipo, BaseModel):
        if tipo not in vistos:
            for nombre, campo in tipo.model_fields.items():
                propio = Annotated[campo.annotation, *campo.metadata] if campo.metadata else campo.annotation
                yield from _numeros(propio, f"{camino}.{nombre}", vistos | {tipo})
    else:
        for parte in get_args(tipo):
            yield from _numeros(parte, camino, vistos)


@pytest.fixture(scope="module")
def salidas(aplicacion: Any) -> dict[str, tuple[Any, TypeAdapter[Any]]]:
    halladas = {}
    for metodo, camino, ruta in rutas(aplicacion):
        modelos = [ruta.response_model, *(r.get("model") for r in ruta.responses.values())]
        for modelo in filter(None, modelos):
            for lugar, clase, tipo in _numeros(modelo, f"{metodo} {camino}"):
                halladas[lugar] = (clase, TypeAdapter(tipo, config={"arbitrary_types_allowed": True}))
    assert len(halladas) > 60
    return halladas


@given(numero=numeros, veces=st.integers(-3, 6))
def test_ningun_numero_sale_en_notacion_cientifica_ni_con_ceros_de_mas(
    salidas: dict[str, tuple[Any, TypeAdapter[Any]]], numero: Decimal, veces: int
) -> None:
    escrito = numero.scaleb(veces).normalize() if veces % 2 else numero
    for lugar, (clase, adaptador) in salidas.items():
        if clase is Money:
            sale = json.loads(adaptador.dump_json(bs(round(escrito, 2))))
            assert _DE_DINERO.fullmatch(sale["monto"]), (lugar, sale)
        else:
            sale = json.loads(adaptador.dump_json(escrito))
            assert isinstance(sale, str), (lugar, sale)
            assert _CIFRAS.fullmatch(sale), (lugar, sale)
            assert Decimal(sale) == escrito


def test_los_casos_que_ya_salieron_mal(salidas: dict[str, tuple[Any, TypeAdapter[Any]]]) -> None:
    decimales = {lugar: a for lugar, (clase, a) in salidas.items() if clase is Decimal}
    assert len(decimales) >= 4
    for lugar, adaptador in decimales.items():
        for numero, sale in (("1E+3", "1000"), ("0E-4", "0"), ("1.5000", "1.5"), ("-0", "0"), ("100", "100")):
            assert json.loads(adaptador.dump_json(Decimal(numero))) == sale, lugar
