"""`qhatu verify`: each room registers how it checks that what is stored holds what must always hold."""

from collections.abc import Callable

from sqlmodel import Session

Comprobar = Callable[[Session], list[str]]

_partes: dict[str, Comprobar] = {}


def comprueba(nombre: str) -> Callable[[Comprobar], Comprobar]:
    """Register a part. It answers with what is wrong, a line each; nothing is well."""

    def registrar(comprobar: Comprobar) -> Comprobar:
        assert nombre not in _partes, nombre
        _partes[nombre] = comprobar
        return comprobar

    return registrar


def comprobaciones() -> dict[str, Comprobar]:
    """Those registered, by name, lowest room first."""
    return dict(_partes)
