"""A long list is filled in page by page: what a page does not show goes in its form, packed, and is not lost.

`12|4,50|Artesanal|;13|…` under names of its own (`resto.lineas.0`), many rows of a list in each: the values
of some fields of a row after its number, with what would part them written as addresses write it.
`ofertar.js` reads it too, in the browser.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Generic, Self, TypeVar
from urllib.parse import unquote

from nucleo.errores import DatosInvalidos
from nucleo.lectores import limpiar
from nucleo.textos import gettext as _

FILAS_EMPACADAS = 20
_RESTO = "resto."
_SEPARA = re.compile(r"[%|;\t\n]")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PaginaDeFilas(Generic[T]):
    """The rows that a page of the form shows, of all of them (`filas`, by the number of each in the form) in
    the order in which they are asked.
    """

    filas: Mapping[int, T]
    desde: int
    por_pagina: int

    @classmethod
    def de(cls, filas: Mapping[int, T], por_pagina: int, desde: int, numeros: Collection[int] = ()) -> Self:
        """The one that begins at a row, or that of the first of some numbers."""
        lugares = [lugar for lugar, numero in enumerate(filas) if numero in numeros]
        lugar = lugares[0] if lugares else min(desde, max(len(filas) - 1, 0))
        return cls(filas, lugar - lugar % por_pagina, por_pagina)

    @property
    def hasta(self) -> int:
        return min(self.desde + self.por_pagina, len(self.filas))

    @property
    def numeros(self) -> list[int]:
        return list(self.filas)[self.desde : self.hasta]

    @property
    def vistas(self) -> list[T]:
        return [self.filas[numero] for numero in self.numeros]

    @property
    def resto(self) -> list[int]:
        """The numbers of those that it does not show."""
        todos = list(self.filas)
        return [*todos[: self.desde], *todos[self.hasta :]]

    @property
    def anterior(self) -> int | None:
        return self.desde - self.por_pagina if self.desde else None

    @property
    def siguiente(self) -> int | None:
        return self.hasta if self.hasta < len(self.filas) else None


def numeros_de(entradas: Iterable[str], lista: str) -> list[int]:
    """The rows of a list to which some inputs belong."""
    de_ella = re.compile(rf"{re.escape(lista)}\.([0-9]{{1,5}})\.")
    return [int(hallado[1]) for entrada in entradas if (hallado := de_ella.match(entrada))]


def empacar(
    valores: Mapping[str, str], lista: str, campos: Sequence[str], numeros: Iterable[int]
) -> dict[str, str]:
    """Inputs that hold what was typed of some rows of a list."""
    filas = [(n, [valores.get(f"{lista}.{n}.{campo}", "") for campo in campos]) for n in numeros]
    textos = ["|".join([str(n), *map(_callar, fila)]) for n, fila in filas if any(fila)]
    return {
        f"{_RESTO}{lista}.{n}": ";".join(textos[n : n + FILAS_EMPACADAS])
        for n in range(0, len(textos), FILAS_EMPACADAS)
    }


def desempacar(valores: MutableMapping[str, str], lista: str, campos: Sequence[str]) -> None:
    """Put what came packed where its inputs would be; those of the page itself say it better. Raises
    `DatosInvalidos` of what this module did not write.
    """
    for nombre in [nombre for nombre in valores if nombre.startswith(f"{_RESTO}{lista}.")]:
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
