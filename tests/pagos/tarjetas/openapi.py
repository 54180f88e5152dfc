"""Stripe's OpenAPI as JSON Schema: `nullable` and expandable ids, which it writes in its own ways."""

import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ARCHIVO = "pagos/stripe_openapi_2023-08-16.yaml"


def _ruta() -> Path:
    externos = os.environ.get("QHATU_DATOS_EXTERNOS")
    ruta = Path(externos or "no hay") / ARCHIVO
    if not ruta.is_file():
        pytest.skip(f"falta {ARCHIVO} en QHATU_DATOS_EXTERNOS")
    return ruta


@cache
def documento() -> dict[str, Any]:
    cargador = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    leido: dict[str, Any] = yaml.load(_ruta().read_text("utf-8"), Loader=cargador)
    return leido


@cache
def _esquemas() -> dict[str, Any]:
    return {n: _traducir(e) for n, e in documento()["components"]["schemas"].items()}


def _traducir(nodo: Any) -> Any:
    """OpenAPI 3.0's `nullable: true` as JSON Schema's, anywhere."""
    if isinstance(nodo, list):
        return [_traducir(n) for n in nodo]
    if not isinstance(nodo, dict):
        return nodo
    puro = {k: _traducir(v) for k, v in nodo.items() if not (k == "nullable" and isinstance(v, bool))}
    if nodo.get("nullable") is True:
        return {"anyOf": [{"type": "null"}, puro]}
    return puro


def validar(objeto: Any, esquema: str) -> None:
    """Fail unless `objeto` is a valid `esquema` (of components/schemas) and has no unknown property."""
    raiz = {"$ref": f"#/components/schemas/{esquema}", "components": {"schemas": _esquemas()}}
    errores = sorted(
        jsonschema.Draft202012Validator(raiz).iter_errors(objeto), key=lambda e: len(str(e.message))
    )
    assert [f"{list(e.absolute_path)}: {e.message[:300]}" for e in errores[:5]] == []
    desconocidas = set(objeto) - set(documento()["components"]["schemas"][esquema]["properties"])
    assert desconocidas == set()


def validar_lista(objeto: dict[str, Any], ruta: str) -> None:
    """The list that GET `ruta` gives."""
    respuesta = documento()["paths"][ruta]["get"]["responses"]["200"]["content"]["application/json"]
    raiz = _traducir(respuesta["schema"]) | {"components": {"schemas": _esquemas()}}
    errores = list(jsonschema.Draft202012Validator(raiz).iter_errors(objeto))
    assert [f"{list(e.absolute_path)}: {e.message[:300]}" for e in errores[:5]] == []
