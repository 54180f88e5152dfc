"""Text that people write: trimmed, without characters that cannot be stored or shown."""

from collections.abc import Iterator
from typing import Any
from unicodedata import category

from pydantic import AfterValidator, StringConstraints

from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _


class TextoInvalido(ValueError):
    """What is wrong with one text, in words for its author."""


def _legible(texto: str) -> str:
    if any(category(c) in {"Cc", "Cs"} and c not in "\n\r\t" for c in texto):
        raise ValueError(_("Quite los caracteres que no se ven."))
    return texto


class Escrito(StringConstraints):
    """What `escrito` gives."""

    def __iter__(self) -> Iterator[Any]:
        yield from super().__iter__()
        yield AfterValidator(_legible)


def escrito(maximo: int, minimo: int = 0) -> Escrito:
    """For the models of the API, `Annotated[str, escrito(120, 1)]`: text of at most and at least that many
    letters, trimmed, without control characters (PostgreSQL refuses NUL).
    """
    return Escrito(strip_whitespace=True, min_length=minimo, max_length=maximo)


def texto_limpio(valor: Any, *, renglones: bool = False) -> str | None:
    """Trimmed text with single spaces (line by line with `renglones`); None when there is nothing.

    Raises `TextoInvalido` on control characters, also NUL and lone surrogates, which PostgreSQL refuses.
    """
    if valor is None:
        return None
    texto = str(valor).replace("\r\n", "\n").replace("\r", "\n")
    if any(not (c.isprintable() or c.isspace()) for c in texto):
        raise TextoInvalido(_("Tiene caracteres que no se pueden guardar."))
    lineas = [" ".join(linea.split()) for linea in texto.split("\n")]
    return ("\n" if renglones else " ").join(lineas).strip() or None


def texto_obligatorio(campo: str, valor: str, falta: str, maximo: int = 2000) -> str:
    """A reason or norm that a person wrote; `falta` is what to say where there is none.

    Raises `DatosInvalidos` when empty, too long or not storable.
    """
    try:
        limpio = texto_limpio(valor, renglones=True)
    except TextoInvalido as error:
        raise DatosInvalidos(_("Revise el texto."), campos={campo: str(error)}) from error
    if limpio is None:
        raise DatosInvalidos(falta, campos={campo: falta})
    if len(limpio) > maximo:
        raise DatosInvalidos(
            _("El texto es demasiado largo."),
            campos={campo: _("Use como máximo %(maximo)s letras.") % {"maximo": maximo}},
        )
    return limpio


def texto_opcional(campo: str, valor: str | None, maximo: int = 200) -> str | None:
    """The same, where nothing is an answer."""
    return None if valor is None or not valor.strip() else texto_obligatorio(campo, valor, "", maximo)


def sin_nulos(texto: str) -> str:
    """A search as typed, without the NUL that PostgreSQL cannot read."""
    return texto.replace("\x00", " ")


def imprimible(texto: str) -> str:
    """A search as typed, with a space for each character that cannot be stored."""
    return "".join(c if c.isprintable() else " " for c in texto)
