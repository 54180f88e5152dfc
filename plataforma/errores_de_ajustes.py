"""A broken `QHATU_*` setting, said in one line."""

from typing import TYPE_CHECKING

from plataforma.servidores import ErrorDeArranque

if TYPE_CHECKING:
    from pydantic import ValidationError

    from nucleo.configuracion import Ajustes

_MOTIVOS = {
    "int_parsing": "debe ser un número entero",
    "int_type": "debe ser un número entero",
    "bool_parsing": "debe ser true o false",
    "greater_than_equal": "debe ser {ge} o más",
    "less_than_equal": "debe ser {le} o menos",
    "literal_error": "debe ser {expected}",
    "missing": "falta",
}


def leer_ajustes() -> "Ajustes":
    """The settings, or the one line that says which variable to correct."""
    from pydantic import ValidationError

    from nucleo.configuracion import ajustes

    try:
        return ajustes()
    except ValidationError as error:
        raise ErrorDeArranque(explicar(error)) from None


def explicar(error: "ValidationError") -> str:
    partes = []
    for falta in error.errors(include_url=False):
        contexto = {k: str(v).replace(" or ", " o ") for k, v in (falta.get("ctx") or {}).items()}
        propio = falta["msg"].removeprefix("Value error, ") if falta["type"] == "value_error" else None
        motivo = propio or _MOTIVOS.get(falta["type"], "no es válido").format_map(contexto)
        if falta["loc"]:
            nombre = "QHATU_" + str(falta["loc"][0]).upper()
            # What may hold a password is not repeated where logs keep it.
            callado = "SECRET" in nombre or "KEY" in nombre or "URL" in nombre
            recibido = "" if callado else f" (dice {str(falta['input'])[:60]!r})"
            partes.append(f"{nombre} {motivo}{recibido}")
        else:
            partes.append(motivo)
    return "Ajustes no válidos: " + "; ".join(partes) + "."
