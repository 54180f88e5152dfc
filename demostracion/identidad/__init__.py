"""`demostracion.identidad:app`: the demonstration identity provider, for demonstration mode only."""

from typing import Any

from starlette.applications import Starlette

from demostracion.identidad.aplicacion import Configuracion, crear_proveedor
from nucleo.configuracion import ajustes

__all__ = ["Configuracion", "crear_aplicacion", "crear_proveedor"]

_app: Starlette | None = None


def crear_aplicacion() -> Starlette:
    """The provider of this installation; raises `RuntimeError` in production."""
    if not ajustes().es_demostracion:
        raise RuntimeError("El proveedor de identidad de demostración no arranca en modo produccion.")
    return crear_proveedor(Configuracion.de_ajustes(ajustes()))


def __getattr__(nombre: str) -> Any:
    """`app` is made when a server asks for it, not by importing the package: it writes a key to disk."""
    global _app
    if nombre != "app":
        raise AttributeError(nombre)
    if _app is None:
        _app = crear_aplicacion()
    return _app
