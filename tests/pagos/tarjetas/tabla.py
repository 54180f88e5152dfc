"""Make `parametros.csv`: the parameters of the operations that the simulated gateway offers.

    python -m tests.pagos.tarjetas.tabla OPENAPI.yaml > parametros.csv

Source: Stripe's OpenAPI, https://github.com/stripe/openapi, API version 2023-08-16 (MIT). Only facts are
taken: names, types, which are required, longest texts, allowed values. What a parameter holds inside is
listed for those on which the operation acts.
"""

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pagos.tarjetas.simulada.rutas import RUTAS, Ruta

COLUMNAS = ("operacion", "parametro", "tipos", "obligatorio", "largo", "valores")
Fila = tuple[str, str, str, str, str, str]
Esquema = dict[str, Any]


def hacer_tabla(documento: Esquema) -> str:
    """The whole table, as text."""
    salida = io.StringIO()
    escritor = csv.writer(salida, lineterminator="\n")
    escritor.writerow(COLUMNAS)
    for ruta in RUTAS:
        escritor.writerows(_de_operacion(documento, ruta))
    return salida.getvalue()


def _de_operacion(documento: Esquema, ruta: Ruta) -> Iterator[Fila]:
    operacion = documento["paths"][ruta.plantilla][ruta.metodo.lower()]
    for parametro in operacion.get("parameters", ()):
        nombre, obligatorio = parametro["name"], bool(parametro.get("required"))
        if parametro["in"] == "path":
            yield (ruta.nombre, nombre, "path", "si", *_limites(parametro["schema"]))
        else:
            yield from _de_parametro(ruta, nombre, parametro["schema"], obligatorio=obligatorio)
    contenido = operacion.get("requestBody", {}).get("content", {})
    cuerpo = contenido.get("application/x-www-form-urlencoded", {}).get("schema", {})
    for nombre, esquema in cuerpo.get("properties", {}).items():
        obligatorio = nombre in cuerpo.get("required", ())
        yield from _de_parametro(ruta, nombre, esquema, obligatorio=obligatorio)


def _de_parametro(ruta: Ruta, nombre: str, esquema: Esquema, *, obligatorio: bool) -> Iterator[Fila]:
    variantes = esquema.get("anyOf", [esquema])
    tipos = sorted({_tipo(v) for v in variantes})
    ancho = next((v for v in variantes if _valores(v)), esquema)
    yield (ruta.nombre, nombre, "|".join(tipos), "si" if obligatorio else "", *_limites(ancho))
    if nombre.split(".", maxsplit=1)[0].removesuffix("[]") not in ruta.usa:
        return
    for variante in variantes:
        if "items" in variante:
            yield from _de_parametro(ruta, f"{nombre}[]", variante["items"], obligatorio=False)
    objetos = [v for v in variantes if "properties" in v]  # a card by its number, or by a token
    hijos = {hijo: suyo for v in objetos for hijo, suyo in v["properties"].items()}
    for hijo, suyo in hijos.items():
        pedido = all(hijo in v.get("required", ()) for v in objetos)
        if not _de_otro_medio(nombre, hijo):
            yield from _de_parametro(ruta, f"{nombre}.{hijo}", suyo, obligatorio=pedido)


def _de_otro_medio(nombre: str, hijo: str) -> bool:
    """The account takes cards only: what other payment methods ask for is unknown to it."""
    return nombre == "payment_method_options" and hijo != "card"


def _tipo(esquema: Esquema) -> str:
    if esquema.get("enum") == [""]:
        return "vacio"  # an empty text unsets it
    if isinstance(esquema.get("additionalProperties"), dict):
        return "map"
    return str(esquema["type"])


def _valores(esquema: Esquema) -> list[str]:
    return [v for v in esquema.get("enum", ()) if v]


def _limites(esquema: Esquema) -> tuple[str, str]:
    return str(esquema.get("maxLength", "")), "|".join(_valores(esquema))


if __name__ == "__main__":
    import yaml

    sys.stdout.write(hacer_tabla(yaml.safe_load(Path(sys.argv[1]).read_text("utf-8"))))
