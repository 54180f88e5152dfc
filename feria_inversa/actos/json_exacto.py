"""JSON with exact decimals: `Decimal("12.50")` is written `12.50`, never through a float."""

import json
from decimal import Decimal
from typing import Any


class Crudo(str):
    """Text that is JSON already and goes out as it is."""

    __slots__ = ()


def a_json(valor: Any) -> str:
    """Compact JSON of dicts, lists, strings, booleans, None, int, `Decimal` and `Crudo`; no floats."""
    if isinstance(valor, Crudo):
        return str(valor)
    if isinstance(valor, dict):
        pares = (f"{json.dumps(str(clave), ensure_ascii=False)}:{a_json(v)}" for clave, v in valor.items())
        return "{" + ",".join(pares) + "}"
    if isinstance(valor, list | tuple):
        return "[" + ",".join(a_json(v) for v in valor) + "]"
    if isinstance(valor, Decimal):
        if not valor.is_finite():
            raise ValueError(f"not a JSON number: {valor}")
        return f"{valor:f}"
    if isinstance(valor, float):
        raise TypeError("amounts are exact: use Decimal")
    return json.dumps(valor, ensure_ascii=False)
