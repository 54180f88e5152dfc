"""How a room's façade answers with values: the rows of its tables are its own (`tests/contratos`)."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, get_type_hints

P = ParamSpec("P")
Fila = TypeVar("Fila")
Valor = TypeVar("Valor")


def con_valor(caso: Callable[P, Fila], valor: Callable[[Fila], Valor]) -> Callable[P, Valor]:
    """The same use case or read, answering with what `valor` makes of its rows."""

    def llamar(*argumentos: P.args, **opciones: P.kwargs) -> Valor:
        return valor(caso(*argumentos, **opciones))

    llamar.__doc__ = caso.__doc__
    llamar.__annotations__ = {"return": get_type_hints(valor).get("return", Any)}
    return llamar


def sin_fila(caso: Callable[P, object]) -> Callable[P, None]:
    """The same use case, answering nothing."""
    return con_valor(caso, _nada)


def _nada(_fila: object) -> None:
    return None
