"""Names of people and of units: read, told apart from those that only look alike, written as people do."""

import re
from unicodedata import name, normalize

from pydantic import AfterValidator

from nucleo.lectores.errores import Ilegible, Preciso
from nucleo.lectores.textos import leer_linea
from nucleo.textos import gettext as _

# Letters of other alphabets that are drawn like one of ours (Unicode, confusables.txt).
_PARECIDAS = frozenset("АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝҺһӀΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυχɑɡıℓ")
_PARTICULAS = frozenset(
    [
        "de",
        "del",
        "la",
        "las",
        "lo",
        "los",
        "y",
        "e",
        "da",
        "das",
        "do",
        "dos",
        "di",
        "van",
        "von",
        "der",
        "den",
        "vda",
        "vda.",
        "viuda",
    ]
)
_ROMANO = re.compile("(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_VOCAL = re.compile("[AEIOUYÀÁÂÃÄÈÉÊËÌÍÎÏÒÓÔÕÖÙÚÛÜÝ]")
_PARTE = re.compile(r"[^\W\d_]+")
_ELISION = re.compile("[DL]['\u2019\u02bc][A-ZÀ-Ý]")
_ESCOCES = re.compile("MC[A-Z]{2,}")


def leer_nombre(texto: str) -> str:
    """A name in one line, with some letter or figure in it (`3M`, `O'Connor d'Arlach`).

    Raises `Ilegible`, `Preciso` (invisible characters, letters that pass for others).
    """
    limpio = leer_linea(texto)
    if not any(c.isalnum() for c in limpio):
        raise Ilegible(_("Escriba el nombre con letras o números."))
    if (letra := letra_ajena(limpio)) is not None:
        raise Preciso(
            _("La letra «%(letra)s» (%(nombre)s) parece otra: escríbala con su teclado normal.")
            % {"letra": letra, "nombre": f"U+{ord(letra):04X}"}
        )
    return limpio


def letra_ajena(texto: str) -> str | None:
    """The first letter or figure that passes for another in a name, so that two names look the same.

    That is a figure that is not 0 to 9, a letter of another alphabet drawn like a Latin one or inside a Latin
    word, or one of those that stand for styles of a letter (mathematical, full width, ligatures).
    """
    for palabra in texto.split():
        if (cifra := next((c for c in palabra if c.isdecimal() and not c.isascii()), None)) is not None:
            return cifra
        letras = [c for c in palabra if c.isalpha()]
        alfabetos = {_alfabeto(c) for c in letras}
        for letra in letras:
            if letra in _PARECIDAS or (letra not in "ªº" and normalize("NFKC", letra) != letra):
                return letra
            if "LATIN" in alfabetos and _alfabeto(letra) != "LATIN" and letra not in "ªº":
                return letra
    return None


def _alfabeto(letra: str) -> str:
    return "LATIN" if letra.isascii() else name(letra, "?").split()[0]


def como_se_escribe(texto: str) -> str:
    """A name as people write it: whoever keeps it in capitals shouts (`ANA DE LA CRUZ`), a page does not.

    One that is not all in capitals is left as it is; so are words without vowels (`SRL`) and numbers (`III`).
    """
    if not texto.isupper():
        return texto
    return " ".join(_palabra(palabra) for palabra in texto.split(" "))


def _palabra(palabra: str) -> str:
    if palabra.lower() in _PARTICULAS:
        return palabra.lower()
    if _ROMANO.fullmatch(palabra) or not ("." in palabra or _VOCAL.search(palabra)):
        return palabra
    escrita = _PARTE.sub(lambda parte: parte[0][0] + parte[0][1:].lower(), palabra)
    if _ELISION.match(palabra):  # `d'Arlach`, but `O'Connor`
        escrita = escrita[0].lower() + escrita[1:]
    if _ESCOCES.fullmatch(palabra):
        escrita = f"Mc{escrita[2].upper()}{escrita[3:]}"
    return escrita


def iniciales(nombre: str) -> str:
    """`A. P. M.`: enough for whoever knows the person, useless to others."""
    palabras = [p for p in nombre.split() if p[:1].isalpha()]
    return " ".join(f"{p[0].upper()}." for p in palabras[:4]) or "—"


ES_NOMBRE = AfterValidator(leer_nombre)
"""For the models of the API: `Annotated[str, escrito(120, 2), ES_NOMBRE]`."""
