"""Texts for people: gettext with the catalogue under `locale/`; Spanish is the source language."""

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

CATALOGOS = Path(__file__).resolve().parent.parent / "locale"
idioma: ContextVar[str] = ContextVar("idioma", default="es")


@cache
def _catalogo(codigo: str) -> _gettext.NullTranslations:
    return _gettext.translation("qhatu", CATALOGOS, languages=[codigo], fallback=True)


@contextmanager
def en_castellano() -> Iterator[None]:
    """What is written in Spanish whoever writes it: open data, papers that are kept."""
    marca = idioma.set("es")
    try:
        yield
    finally:
        idioma.reset(marca)


def gettext(mensaje: str) -> str:
    """The text in the language of the current request; Spanish when there is no translation."""
    return _catalogo(idioma.get()).gettext(mensaje)


def ngettext(singular: str, plural: str, cantidad: int) -> str:
    return _catalogo(idioma.get()).ngettext(singular, plural, cantidad)


def perezoso(mensaje: str) -> str:
    """A text written where the module is loaded and read when it is shown, in the language of that moment."""
    return Perezoso(mensaje)


class Perezoso(str):
    """What `perezoso` gives: `str(texto)` translates it.

    It is a `str`, unlike Babel's `LazyProxy`, so that models, JSON and the database take it: whoever does not
    ask for the translation gets the Spanish it was written in.
    """

    __slots__ = ()

    def __str__(self) -> str:
        return gettext(str.__str__(self))

    def __mod__(self, valores: Any) -> str:
        return str.__mod__(str(self), valores)

    def __add__(self, otro: str) -> str:
        return str(self) + otro

    def format(self, *args: Any, **kwargs: Any) -> str:
        return str(self).format(*args, **kwargs)
