"""Reading of page forms: what people typed, and an error in words for each field that cannot be."""

import re
from collections.abc import Container, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from moneyed import Money

from nucleo.dinero import MontoInvalido, leer_monto
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _

_CANTIDAD = re.compile(r"[0-9]{1,10}(?:[.,][0-9]{1,4})?")
_MILES = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,4})?")
CAMPOS_MAXIMOS = 2000


async def _leer(request: Request) -> dict[str, str]:
    formulario = await request.form(max_files=0, max_fields=CAMPOS_MAXIMOS)
    return {nombre: valor for nombre, valor in formulario.multi_items() if isinstance(valor, str)}


Formulario = Annotated[dict[str, str], Depends(_leer)]


def errores_de(error: ErrorDominio) -> dict[str, str]:
    """What a page shows of an error: by field if it says, else for the whole form."""
    return dict(error.campos) if error.campos else {"__todo__": error.detalle}


class Lector:
    """Reads the fields of one form and gathers their errors; `terminar` raises them all at once."""

    def __init__(self, datos: Mapping[str, str]) -> None:
        self.datos = datos
        self.errores: dict[str, str] = {}

    def crudo(self, nombre: str) -> str:
        return self.datos.get(nombre, "").strip()

    def texto(self, nombre: str, *, maximo: int, minimo: int = 0, falta: str = "") -> str:
        valor = "".join(c for c in self.crudo(nombre) if c.isprintable() or c in "\n\t")
        if len(valor) < minimo:
            self.errores[nombre] = falta or _("Escriba al menos {} letras.").format(minimo)
        elif len(valor) > maximo:
            self.errores[nombre] = _("Escriba como máximo {} letras.").format(maximo)
        return valor

    def codigo(self, nombre: str, *, cifras: int, falta: str, vacio: bool = False) -> str:
        """A code of so many digits; empty only if `vacio`."""
        valor = self.crudo(nombre)
        if not (vacio and not valor) and not re.fullmatch(rf"[0-9]{{{cifras}}}", valor):
            self.errores[nombre] = falta
        return valor

    def entero(self, nombre: str, *, minimo: int, maximo: int) -> int:
        valor = self.crudo(nombre)
        if not re.fullmatch(r"[0-9]{1,9}", valor) or not minimo <= int(valor) <= maximo:
            self.errores[nombre] = _("Escriba un número entre {minimo} y {maximo}.").format(
                minimo=minimo, maximo=maximo
            )
            return minimo
        return int(valor)

    def cantidad(self, nombre: str) -> Decimal:
        """A quantity as people write it: `1.200`, `12,5`, `12.5`."""
        valor = self.crudo(nombre).replace(" ", "")
        if _MILES.fullmatch(valor):
            valor = valor.replace(".", "")
        elif not _CANTIDAD.fullmatch(valor):
            valor = ""
        numero = Decimal(valor.replace(",", ".") or 0)
        if numero <= 0:
            self.errores[nombre] = _("Escriba una cantidad mayor que cero, por ejemplo 40 o 12,5.")
        return numero

    def monto(self, nombre: str) -> Money | None:
        try:
            return leer_monto(self.crudo(nombre))
        except MontoInvalido as error:
            self.errores[nombre] = error.detalle
            return None

    def momento(self, nombre: str) -> datetime | None:
        """A `datetime-local` field, in Bolivian time."""
        try:
            return datetime.fromisoformat(self.crudo(nombre)).replace(tzinfo=ZONA)
        except (ValueError, OverflowError):
            self.errores[nombre] = _("Elija el día y la hora.")
            return None

    def eleccion(self, nombre: str, opciones: Container[str], falta: str) -> str:
        valor = self.crudo(nombre)
        if valor not in opciones:
            self.errores[nombre] = falta
        return valor

    def id(self, nombre: str) -> UUID | None:
        try:
            return UUID(self.crudo(nombre))
        except ValueError:
            return None

    def terminar(self) -> None:
        if self.errores:
            raise DatosInvalidos(_("Revise los datos marcados."), campos=self.errores)
