"""Text that people write: one rule of what may be in it, for pages, the API, addresses and files.

It is kept composed (NFC), with single spaces, and without what nobody sees: control, format and bidirectional
characters, halves of pairs, fillers. In a page they are dropped (they come along when a text is copied from a
chat, and nobody can find them to take them out); in the API, where a program made the text, they are refused.
"""

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import category, normalize

from pydantic import BeforeValidator, StringConstraints

from nucleo.errores import DatosInvalidos
from nucleo.lectores.errores import Preciso
from nucleo.textos import gettext as _

MARCAS_SEGUIDAS = 4
"""Accents and marks piled on one letter: languages use up to three."""
ROTA = "\ufffd"
"""What stands for bytes that were no letter: whoever wrote it did not mean it."""
# Categories of nobody's text, and what is invisible though its category is that of a letter, a mark or a sign
# (Unicode, Default_Ignorable_Code_Point; U+2800 is a blank).
_CATEGORIAS_CIEGAS = frozenset({"Cc", "Cf", "Cs", "Co"})
_CIEGOS = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\ufffe\uffff"
    "\U000e0000-\U000e0fff"
)
_CIEGO = re.compile(f"[{_CIEGOS}]")
_ADORNO = re.compile("[\ufe0e\ufe0f\u200d]")
"""What joins and colours pictographs: dropped in silence, also from a program's text."""
_MONTON = re.compile(
    rf"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{{{MARCAS_SEGUIDAS},}}"
)


def es_invisible(letra: str) -> bool:
    """Whether nobody would see it; tabs and ends of lines are spaces."""
    return letra not in "\n\r\t" and bool(category(letra) in _CATEGORIAS_CIEGAS or _CIEGO.match(letra))


def limpiar(texto: str) -> str:
    """What a browser sent: NFC, without what nobody sees nor outer spaces, its lines ended as Unix does."""
    lineas = re.sub("\r\n|[\r\u2028\u2029\x85]", "\n", texto)
    if not lineas.isascii() or not lineas.isprintable():
        lineas = normalize("NFC", "".join(_visible(c) for c in lineas))
    return lineas.strip()


def _visible(letra: str) -> str:
    if letra in "\n\t" or not (es_invisible(letra) or letra.isspace()):
        return letra
    return " " if letra.isspace() else ""


def exigir_visible(texto: str) -> str:
    """The text, composed. Raises `Preciso` naming the first character that nobody would see."""
    if texto.isascii() and texto.isprintable():  # as programs write most of it
        return texto
    limpio = normalize("NFC", re.sub("\r\n|[\r\u2028\u2029\x85]", "\n", _ADORNO.sub("", texto)))
    if not (limpio.isascii() and limpio.isprintable()):
        for letra in () if limpio.isprintable() and not _CIEGO.search(limpio) else limpio:
            if es_invisible(letra):
                raise Preciso(
                    _("Quite los caracteres que no se ven (U+%(codigo)04X).") % {"codigo": ord(letra)}
                )
        if ROTA in limpio:
            raise Preciso(_("Hay una letra que no llegó bien («�»): escríbala otra vez."))
        if _MONTON.search(limpio):
            raise Preciso(_("Tiene letras con demasiados acentos encima."))
    return limpio


def leer_texto(texto: str) -> str:
    """Text of several lines. Raises `Preciso`."""
    return exigir_visible(texto).strip()


def leer_linea(texto: str) -> str:
    """One line, with single spaces. Raises `Preciso`."""
    return " ".join(exigir_visible(texto).split())


def _leido(valor: Any) -> Any:
    return leer_texto(valor) if isinstance(valor, str) else valor


class Escrito(StringConstraints):
    """What `escrito` gives."""

    def __iter__(self) -> Iterator[Any]:
        yield from super().__iter__()
        yield BeforeValidator(_leido)  # read first: the constraints count the letters that are left


def escrito(maximo: int, minimo: int = 0) -> Escrito:
    """For the models of the API, `Annotated[str, escrito(120, 1)]`: text of at most and at least that many
    letters, trimmed, composed, without characters that nobody sees.
    """
    return Escrito(strip_whitespace=True, min_length=minimo, max_length=maximo)


def texto_limpio(valor: Any, *, renglones: bool = False) -> str | None:
    """Text with single spaces (line by line with `renglones`); None when there is nothing.

    Raises `Preciso` on what nobody sees, also NUL and lone surrogates, which PostgreSQL refuses.
    """
    if valor is None:
        return None
    lineas = [" ".join(linea.split()) for linea in exigir_visible(str(valor)).split("\n")]
    return ("\n" if renglones else " ").join(lineas).strip() or None


def texto_obligatorio(campo: str, valor: str, falta: str, maximo: int = 2000) -> str:
    """A reason or norm that a person wrote; `falta` is what to say where there is none.

    Raises `DatosInvalidos` when empty, too long or not storable.
    """
    try:
        limpio = texto_limpio(valor, renglones=True)
    except Preciso as error:
        raise DatosInvalidos(str(error), campos={campo: str(error)}) from error
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


def para_buscar(texto: str) -> str:
    """A search as typed, on one line, with a space for each character that nobody sees, or that joins words.

    As `nucleo_en_palabras` of the database, which reads what is looked in. `exigir_visible` takes it whole:
    whoever only searches is refused nothing, so that a pile of marks is cut, and it is no longer than it was.
    """
    suelto = "".join(
        " " if c in "/\\_|+" or c == ROTA or es_invisible(c) or c.isspace() else c
        for c in normalize("NFC", texto)
    )
    return _MONTON.sub(lambda monton: monton[0][: MARCAS_SEGUIDAS - 1], suelto)[: len(texto)]


def sin_acentos(texto: str) -> str:
    """Lower case, without accents: how names are compared."""
    plano = normalize("NFKD", texto.casefold())
    return "".join(letra for letra in plano if category(letra) != "Mn")
