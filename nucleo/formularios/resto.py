"""A long list is filled in page by page: what a page does not show goes in its form, packed, and is not lost.

`12|4,50|Artesanal|;13|…` under names of its own (`resto.0`), many rows in each: the values of some fields of
a row after its number, with what would part them written as addresses write it. `ofertar.js` reads
it too, in the browser.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from urllib.parse import unquote

from nucleo.errores import DatosInvalidos
from nucleo.lectores import limpiar
from nucleo.textos import gettext as _

_FILAS = 20
_RESTO = "resto."
_SEPARA = re.compile(r"[%|;\t\n]")


def empacar(
    valores: Mapping[str, str], lista: str, campos: Sequence[str], numeros: Iterable[int]
) -> dict[str, str]:
    """Inputs that hold what was typed of some rows of a list."""
    filas = [(n, [valores.get(f"{lista}.{n}.{campo}", "") for campo in campos]) for n in numeros]
    textos = ["|".join([str(n), *map(_callar, fila)]) for n, fila in filas if any(fila)]
    return {f"{_RESTO}{n}": ";".join(textos[n : n + _FILAS]) for n in range(0, len(textos), _FILAS)}


def desempacar(valores: MutableMapping[str, str], lista: str, campos: Sequence[str]) -> None:
    """Put what came packed where its inputs would be; those of the page itself say it better. Raises
    `DatosInvalidos` of what this module did not write.
    """
    for nombre in [nombre for nombre in valores if nombre.startswith(_RESTO)]:
        for numero, dichos in _filas(valores.pop(nombre), len(campos)):
            for campo, dicho in zip(campos, dichos, strict=True):
                valores.setdefault(f"{lista}.{numero}.{campo}", limpiar(unquote(dicho)))


def _filas(texto: str, cuantos: int) -> Iterator[tuple[int, list[str]]]:
    for fila in texto.split(";") if texto else ():
        numero, *dichos = fila.split("|")
        if not re.fullmatch(r"[0-9]{1,5}", numero) or len(dichos) != cuantos:
            raise DatosInvalidos(_("Vuelva a abrir la página y llene el formulario otra vez."))
        yield int(numero), dichos


def _callar(texto: str) -> str:
    return _SEPARA.sub(lambda hallado: f"%{ord(hallado[0]):02X}", texto)
