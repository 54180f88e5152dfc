"""Read what a request asks for, and refuse what Stripe refuses, by its own table.

`parametros.csv` is made by `tests/pagos/tarjetas/tabla.py` from Stripe's OpenAPI of 2023-08-16 (MIT).
"""

import csv
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from pagos.tarjetas.simulada.almacen import Json
from pagos.tarjetas.simulada.errores import ErrorSimulado, falta, invalido, no_es_uno_de

TABLA = Path(__file__).with_name("parametros.csv")
CAMPOS_MAX, HONDURA_MAX = 1000, 8
CLAVES_MAX, LARGO_DE_CLAVE, LARGO_DE_VALOR = 50, 40, 500  # of `metadata`
_TROZO = re.compile(r"^[^\[\]]+|\[([^\[\]]*)\]")
_ENTERO = re.compile(r"-?[0-9]{1,15}")


@dataclass(slots=True)
class Parametro:
    """One line of the table. `hijos` of an object, `elemento` of an array."""

    tipos: frozenset[str] = frozenset({"object"})
    obligatorio: bool = False
    largo: int | None = None
    valores: tuple[str, ...] = ()
    hijos: dict[str, "Parametro"] = field(default_factory=dict)
    elemento: "Parametro | None" = None


@cache
def _tabla() -> dict[str, Parametro]:
    operaciones: dict[str, Parametro] = {}
    with TABLA.open(encoding="utf-8", newline="") as archivo:
        for fila in csv.DictReader(archivo):
            nodo = operaciones.setdefault(fila["operacion"], Parametro())
            *padres, ultimo = fila["parametro"].replace("[]", ".[]").split(".")
            for paso in padres:
                nodo = _bajar(nodo, paso)
            propio = Parametro(
                tipos=frozenset(fila["tipos"].split("|")),
                obligatorio=fila["obligatorio"] == "si",
                largo=int(fila["largo"]) if fila["largo"] else None,
                valores=tuple(fila["valores"].split("|")) if fila["valores"] else (),
            )
            if ultimo == "[]":
                nodo.elemento = propio
            else:
                nodo.hijos[ultimo] = propio
    return operaciones


def _bajar(nodo: Parametro, paso: str) -> Parametro:
    if paso != "[]":
        return nodo.hijos[paso]
    assert nodo.elemento is not None
    return nodo.elemento


# --- The form -----------------------------------------------------------------------------------------------


def leer_formulario(texto: str) -> Json:
    """`a[b][0][c]=1` as nested dictionaries; of lists the keys are the positions. Raises `ErrorSimulado`."""
    arbol: Json = {}
    try:
        pares = parse_qsl(texto, keep_blank_values=True, max_num_fields=CAMPOS_MAX)
    except ValueError:
        raise invalido("Invalid request: too many parameters.") from None
    for nombre, valor in pares:
        pasos = [t.group(1) if t.group(1) is not None else t.group(0) for t in _TROZO.finditer(nombre)]
        if not pasos or len(pasos) > HONDURA_MAX:
            raise _desconocidos([nombre])
        nodo = arbol
        for paso in pasos[:-1]:
            nodo = nodo.setdefault(paso or str(len(nodo)), {})
            if not isinstance(nodo, dict):
                raise invalido("Invalid object", param=nombre)
        ultimo = pasos[-1] or str(len(nodo))
        if isinstance(nodo.get(ultimo), dict):
            raise invalido("Invalid object", param=nombre)
        nodo[ultimo] = valor
    return arbol


def leer_parametros(operacion: str, arbol: Json) -> Json:
    """The parameters of an operation, typed: int, bool, text, lists, dictionaries. Raises `ErrorSimulado`."""
    return _objeto(_tabla()[operacion], arbol, "")


def exigir_ofrecidos(dados: Json, ofrecidos: str, en: str = "") -> None:
    """Raises `ErrorSimulado` on what Stripe knows and the simulation does not act on (`ofrecidos`: names)."""
    if ajenos := sorted(set(dados) - set(ofrecidos.split())):
        cual = _dentro(en, ajenos[0])
        mensaje = f"The simulated gateway does not act on the parameter {cual}."
        raise invalido(mensaje, "parameter_not_offered", param=cual)


def nombres_en_la_ruta(operacion: str) -> list[str]:
    """The parameters that the path of an operation holds, in order."""
    return [n for n, p in _tabla()[operacion].hijos.items() if "path" in p.tipos]


def _desconocidos(nombres: list[str]) -> ErrorSimulado:
    dicho = f"Received unknown parameter{'s' if len(nombres) > 1 else ''}: {', '.join(nombres)}"
    return invalido(dicho[:500], "parameter_unknown", param=nombres[0][:200])


def _objeto(parametro: Parametro, arbol: Json, en: str) -> Json:
    conocidos = {n: p for n, p in parametro.hijos.items() if "path" not in p.tipos}
    if ajenos := [_dentro(en, n) for n in arbol if n not in conocidos]:
        raise _desconocidos(ajenos)
    for nombre, hijo in conocidos.items():
        if hijo.obligatorio and nombre not in arbol:
            raise falta(_dentro(en, nombre))
    return {n: _valor(conocidos[n], v, _dentro(en, n)) for n, v in arbol.items()}


def _dentro(en: str, nombre: str) -> str:
    return f"{en}[{nombre}]" if en else nombre


def _valor(parametro: Parametro, crudo: Any, nombre: str) -> Any:
    if isinstance(crudo, dict):
        return _compuesto(parametro, crudo, nombre)
    if crudo == "":
        if parametro.tipos & {"vacio", "map"}:
            return ""
        raise invalido(
            f"You passed an empty string for '{nombre}'. We assume empty values are an attempt to unset a "
            f"parameter; however '{nombre}' cannot be unset. You should remove '{nombre}' from your request "
            "or supply a non-empty value.",
            "parameter_invalid_empty",
            param=nombre,
        )
    if "integer" in parametro.tipos and _ENTERO.fullmatch(crudo):
        return int(crudo)
    if "boolean" in parametro.tipos and crudo in ("true", "false"):
        return crudo == "true"
    if "string" in parametro.tipos:
        return _texto(parametro, crudo, nombre)
    raise _de_otro_tipo(parametro, crudo, nombre)


def _texto(parametro: Parametro, crudo: str, nombre: str) -> str:
    if parametro.valores and crudo not in parametro.valores:
        raise no_es_uno_de(nombre, parametro.valores)
    if parametro.largo is not None and len(crudo) > parametro.largo:
        visto = f"{crudo[:10]}...{crudo[-10:]}"
        raise invalido(f"Invalid string: {visto}; must be at most {parametro.largo} characters", param=nombre)
    if "\x00" in crudo:
        raise invalido("Invalid string: it holds a null character", param=nombre)
    return crudo


def _de_otro_tipo(parametro: Parametro, crudo: str, nombre: str) -> ErrorSimulado:
    if "integer" in parametro.tipos:
        return invalido(f"Invalid integer: {crudo[:100]}", "parameter_invalid_integer", param=nombre)
    tipo = next((t for t in ("boolean", "number", "array") if t in parametro.tipos), "object")
    dicho = f"Invalid {tipo}: {crudo[:100]}" if tipo in ("boolean", "number") else f"Invalid {tipo}"
    return invalido(dicho, param=nombre)


def _compuesto(parametro: Parametro, crudo: Json, nombre: str) -> Any:
    if "map" in parametro.tipos:
        return _metadatos(crudo, nombre)
    if "array" in parametro.tipos:
        if not all(n.isascii() and n.isdigit() and len(n) < 6 for n in crudo):
            raise invalido("Invalid array", param=nombre)
        if parametro.elemento is None:
            return list(crudo.values())
        orden = sorted(crudo.items(), key=lambda par: int(par[0]))
        return [_valor(parametro.elemento, v, f"{nombre}[{n}]") for n, v in orden]
    if "object" in parametro.tipos:
        return _objeto(parametro, crudo, nombre)
    raise invalido(f"Invalid {next(iter(sorted(parametro.tipos)))}", param=nombre)


def _metadatos(crudo: Json, nombre: str) -> Json:
    if len(crudo) > CLAVES_MAX:
        raise invalido(f"Metadata can have up to {CLAVES_MAX} keys.", param=nombre)
    for clave, valor in crudo.items():
        uno = f"{nombre}[{clave[:50]}]"
        if not isinstance(valor, str) or "\x00" in valor + clave:
            raise invalido("Invalid string", param=uno)
        if len(clave) > LARGO_DE_CLAVE:
            raise invalido(
                f"Metadata keys can have up to {LARGO_DE_CLAVE} characters, but you passed in a key that is "
                f"{len(clave)} characters.",
                param=uno,
            )
        if len(valor) > LARGO_DE_VALOR:
            raise invalido(
                f"Metadata values can have up to {LARGO_DE_VALOR} characters, but you passed in a value that "
                f"is {len(valor)} characters.",
                param=uno,
            )
    return crudo


def unir_metadatos(habia: Json, dados: Json | str | None) -> Json:
    """Stripe's rule: keys are added, an empty value takes its key away, an empty whole takes them all."""
    if dados is None:
        return habia
    if dados == "":
        return {}
    assert isinstance(dados, dict)
    return {k: v for k, v in (habia | dados).items() if v != ""}
