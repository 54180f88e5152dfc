"""Texts for people: gettext with the catalogue under `locale/`; Spanish is the source language."""

import gettext as _gettext
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import cast

from babel.support import LazyProxy

CATALOGOS = Path(__file__).resolve().parent.parent / "locale"
idioma: ContextVar[str] = ContextVar("idioma", default="es")


@cache
def _catalogo(codigo: str) -> _gettext.NullTranslations:
    return _gettext.translation("qhatu", CATALOGOS, languages=[codigo], fallback=True)


def gettext(mensaje: str) -> str:
    """The text in the language of the current request; Spanish when there is no translation."""
    return _catalogo(idioma.get()).gettext(mensaje)


def ngettext(singular: str, plural: str, cantidad: int) -> str:
    return _catalogo(idioma.get()).ngettext(singular, plural, cantidad)


def diferido(mensaje: str) -> str:
    """The text in the language of whoever reads it, when it is read: for what is declared at import time."""
    return cast(str, LazyProxy(gettext, mensaje, enable_cache=False))
