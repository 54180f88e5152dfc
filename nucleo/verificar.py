"""`qhatu verify`: each room registers how it checks that what is stored holds what must always hold."""

from collections.abc import Callable

from sqlmodel import Session

from nucleo.bd import transaccion

Comprobar = Callable[[Session], list[str]]

_partes: dict[str, Comprobar] = {}


def comprueba(nombre: str) -> Callable[[Comprobar], Comprobar]:
    """Register a part. It answers with what is wrong, a line each; nothing is well."""

    def registrar(comprobar: Comprobar) -> Comprobar:
        assert nombre not in _partes, nombre
        _partes[nombre] = comprobar
        return comprobar

    return registrar


def partes() -> list[str]:
    """The names of those registered, lowest room first."""
    return list(_partes)


def verificar(nombre: str) -> list[str]:
    """What a part finds wrong, all of it as it was at one instant: the platform goes on working. It reads
    whole tables, so it has no time limit of a page.
    """
    with transaccion() as sesion:
        conexion = sesion.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        conexion.exec_driver_sql("SET LOCAL statement_timeout = 0")
        return _partes[nombre](sesion)
