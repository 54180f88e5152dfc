"""Errors of the log."""

from typing import Any

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l


class HojaInexistente(NoEncontrado):
    codigo = "hoja_inexistente"
    titulo = _l("No hay una hoja con ese hash")


class CabezaInexistente(NoEncontrado):
    codigo = "cabeza_inexistente"
    titulo = _l("No hay una cabeza de ese tamaño")


class HojaPendiente(Conflicto):
    """Noted, and not yet in the tree: the same request succeeds within a minute."""

    codigo = "constancia_pendiente"
    titulo = _l("Pendiente: la hoja todavía no está en el árbol")
    pasajero = True

    def __init__(self, detalle: str = "", **extra: Any) -> None:
        super().__init__(detalle, **extra)
        self.cabeceras["Retry-After"] = "60"


class HojaPosterior(Conflicto):
    codigo = "hoja_posterior"
    titulo = _l("La hoja es posterior a esa cabeza")


class OrdenInvalido(DatosInvalidos):
    codigo = "orden_invalido"
    titulo = _l("La primera cabeza debe ser la menor")
