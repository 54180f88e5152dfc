"""The whole story, told once: every chapter of this folder."""

import importlib
import pkgutil

from demostracion import capitulos as carpeta
from demostracion.relato import capitulos, contar
from nucleo.configuracion import ajustes


def cargar() -> None:
    """Have every chapter registered."""
    for modulo in pkgutil.iter_modules(carpeta.__path__, f"{carpeta.__name__}."):
        importlib.import_module(modulo.name)


def sembrar_todo() -> int:
    """Tell what is missing of the story; return how many steps. Refused outside demonstration mode.

    The rooms' event handlers must be registered: what the story causes is delivered at once.
    """
    if not ajustes().es_demostracion:
        raise RuntimeError("Los datos de demostración solo existen en modo demostracion.")
    cargar()
    return contar(capitulos())
