"""How the simulated gateway says no: Stripe's own shapes, codes and words (in English, as there)."""

from collections.abc import Sequence
from typing import Any

from pagos.tarjetas.simulada.almacen import Json


class ErrorSimulado(Exception):
    """An answer that is an error: status and body."""

    def __init__(self, estado: int, cuerpo: Json) -> None:
        super().__init__(cuerpo["error"]["message"])
        self.estado, self.cuerpo = estado, cuerpo


def cuerpo_de_error(tipo: str, mensaje: str, **mas: Any) -> Json:
    """The JSON of an error; what is None is left out."""
    return {"error": {"type": tipo, "message": mensaje, **{k: v for k, v in mas.items() if v is not None}}}


def invalido(
    mensaje: str, codigo: str | None = None, *, param: str | None = None, estado: int = 400, **mas: Any
) -> ErrorSimulado:
    cuerpo = cuerpo_de_error("invalid_request_error", mensaje, code=codigo, param=param, **mas)
    return ErrorSimulado(estado, cuerpo)


def falta(param: str) -> ErrorSimulado:
    return invalido(f"Missing required param: {param}.", "parameter_missing", param=param)


def inexistente(tipo: str, id: str, param: str, *, estado: int = 400) -> ErrorSimulado:
    """404 when it is the object asked for, 400 when another one names it."""
    return invalido(f"No such {tipo}: '{id}'", "resource_missing", param=param, estado=estado)


def no_es_uno_de(param: str, valores: Sequence[str]) -> ErrorSimulado:
    *primeros, ultimo = valores
    lista = f"{', '.join(primeros)}, or {ultimo}" if primeros else ultimo
    return invalido(f"Invalid {param}: must be one of {lista}", param=param)


def de_tarjeta(error: Json, **objeto: Json) -> ErrorSimulado:
    """The bank says no (402): the error, with the intent it leaves."""
    return ErrorSimulado(402, {"error": error | objeto})
