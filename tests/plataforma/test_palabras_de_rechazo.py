"""What is said of a request that has not the shape that is asked for: words that say what to send instead.

The places are found, not listed: every parameter and every part of every body that a route takes.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from nucleo.errores import SIN_PALABRAS, mensaje_de_validacion
from tests.ayudas.rutas import rutas

EN_CIFRAS = 'Envíe el monto en cifras y entre comillas, con hasta dos decimales, por ejemplo "12.50".'
DE_OTRA_FORMA: tuple[Any, ...] = (
    None,
    True,
    7,
    -1,
    1.5,
    1e308,
    10**400,
    float("nan"),
    "",
    "x",
    "\ud800",
    "a" * 70_000,
    "9" * 11,
    "9" * 40,
    "NaN",
    "2026-13-45",
    "0001-01-01",
    "9999-12-31T23:59:59+14:00",
    "2026-01-31T10:00:00",
    [],
    [7],
    [[]],
    ["x"] * 3_000,
    {},
    {"x": {"x": {}}},
)


def _lugares(esquema: dict[str, Any], todos: dict[str, Any], hondo: int = 0) -> Iterator[tuple[Any, ...]]:
    """The path of every part of a body, by its JSON schema; 0 is a row of a list."""
    if hondo > 12:
        return
    if "$ref" in esquema:
        esquema = todos[esquema["$ref"].rsplit("/", 1)[1]]
    for parte in (*esquema.get("anyOf", ()), *esquema.get("oneOf", ()), *esquema.get("allOf", ())):
        yield from _lugares(parte, todos, hondo + 1)
    for nombre, parte in esquema.get("properties", {}).items():
        yield (nombre,)
        yield from ((nombre, *resto) for resto in _lugares(parte, todos, hondo + 1))
    if "items" in esquema:
        yield (0,)
        yield from ((0, *resto) for resto in _lugares(esquema["items"], todos, hondo + 1))


def _poner(camino: tuple[Any, ...], valor: Any) -> Any:
    for parte in reversed(camino):
        valor = [valor] if parte == 0 else {parte: valor}
    return valor


def _entradas(aplicacion: Any) -> Iterator[tuple[str, TypeAdapter[Any], bool]]:
    for metodo, camino, ruta in rutas(aplicacion):
        pendientes = [ruta.dependant]
        while pendientes:
            nodo = pendientes.pop()
            pendientes += nodo.dependencies
            for p in (*nodo.query_params, *nodo.path_params, *nodo.body_params):
                info = p.field_info
                tipo = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
                yield f"{metodo} {camino} {p.alias}", TypeAdapter(tipo), p in nodo.body_params


def test_de_lo_que_no_tiene_forma_se_dice_que_enviar(aplicacion: Any) -> None:
    mal: set[str] = set()
    vistas = 0
    for lugar, adaptador, es_cuerpo in _entradas(aplicacion):
        caminos: list[tuple[Any, ...]] = [()]
        if es_cuerpo:
            with suppress(Exception):  # a file has no JSON
                esquema = adaptador.json_schema()
                caminos += list(dict.fromkeys(_lugares(esquema, esquema.get("$defs", {}))))
        for camino in caminos:
            for valor in DE_OTRA_FORMA:
                if not es_cuerpo and not isinstance(valor, str):
                    continue
                try:
                    adaptador.validate_python(_poner(camino, valor))
                except ValidationError as error:
                    for falta in error.errors():
                        vistas += 1
                        dicho = mensaje_de_validacion(falta)
                        if dicho == str(SIN_PALABRAS):
                            mal.add(f"{falta['type']}: {lugar} {camino} {valor!r:.30}")
    assert vistas > 40_000
    assert not mal, "\n".join(sorted(mal))


@pytest.mark.parametrize(
    ("ruta", "dice"),
    [
        ("/billetera/reservas?cuenta=abc", "«cuenta» en la dirección: Escriba un número entero."),
        ("/api/v1/reservas?limite=101", "«limite» en la dirección: Debe ser 100 o menos."),
        (
            "/api/v1/reservas?rol=otro",
            "«rol» en la dirección: No es una de las opciones: todas, paga o recibe.",
        ),
        ("/api/v1/reservas/abc", "«reserva_id» en la dirección: No es un identificador válido (UUID)."),
    ],
)
def test_lo_que_esta_mal_en_la_direccion_se_nombra_como_esta_en_ella(
    cliente: Any, sesion_web: Any, crear_persona: Any, token_de: Any, ruta: str, dice: str
) -> None:
    persona = crear_persona("Ana")
    if ruta.startswith("/api"):
        respuesta = cliente.get(ruta, headers={"Authorization": f"Bearer {token_de(persona)}"})
        dicho = respuesta.json()["detail"]
    else:
        respuesta = sesion_web(persona).get(ruta)
        dicho = respuesta.text
    assert respuesta.status_code == 422
    assert dice in dicho
    assert "query" not in dicho
    assert "path." not in dicho


@pytest.mark.parametrize(
    ("cuerpo", "campo", "dice"),
    [
        ('{"motivo": ', "cuerpo", "El cuerpo no es JSON válido."),
        ("[]", "cuerpo", "Envíe un objeto JSON, con sus datos entre llaves."),
        ('{"motivo": ""}', "motivo", "No puede quedar vacío."),
        ('{"motivo": 7}', "motivo", "Envíe un texto, entre comillas."),
        ('{"id": null}', "id", "No es un identificador válido (UUID)."),
        ('{"debito": "1"}', "monto", "Falta este dato."),
        ('{"monto": {"monto": 10.5}}', "monto", EN_CIFRAS),
        ('{"monto": {"monto": "10,50"}}', "monto", EN_CIFRAS),
        ('{"monto": {"monto": "1.005"}}', "monto", EN_CIFRAS),
        ('{"monto": "10.50"}', "monto", 'Envíe el monto como {"monto": "12.50", "moneda": "BOB"}.'),
        (
            '{"monto": {"monto": "1", "moneda": "USD"}}',
            "monto",
            'Los montos son en bolivianos: envíe "moneda": "BOB".',
        ),
    ],
)
def test_lo_que_esta_mal_en_el_cuerpo(
    cliente: Any, crear_persona: Any, token_de: Any, cuerpo: str, campo: str, dice: str
) -> None:
    cabeceras = {
        "Authorization": f"Bearer {token_de(crear_persona('Ana'))}",
        "Content-Type": "application/json",
    }
    respuesta = cliente.post("/api/v1/reservas", content=cuerpo, headers=cabeceras)
    assert (respuesta.status_code, respuesta.json()["campos"][campo]) == (422, dice)


@pytest.mark.parametrize("ruta", ["/productos/0127b3f2-7587", "/opiniones/x", "/unidades/UE-1/no"])
def test_a_una_pagina_no_se_llega_con_la_direccion_cortada(cliente: Any, ruta: str) -> None:
    respuesta = cliente.get(ruta)

    assert respuesta.status_code == 404
    assert "Puede que la dirección esté incompleta" in respuesta.text
