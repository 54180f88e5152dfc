"""The one form of the log: which two heads to compare."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, Field

from constancia.errores import OrdenInvalido
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.lectores import Entero
from nucleo.textos import perezoso as _l

MAXIMO = 2**62
_TAMANO = _l("Escriba cuántas hojas tiene una cabeza publicada.")


class DosCabezas(BaseModel):
    """By how many leaves each has."""

    desde: Annotated[Entero, Field(ge=1, le=MAXIMO)]
    hasta: Annotated[Entero, Field(ge=1, le=MAXIMO)]


COMPARACION = Formulario(
    "constancia.comparacion",
    DosCabezas,
    campos.entero("desde", _l("Hojas de la primera"), minimo=1, falta=_TAMANO),
    campos.entero("hasta", _l("Hojas de la segunda"), minimo=1, falta=_TAMANO),
    lugares={OrdenInvalido.codigo: "desde"},
)
HojaDeComparacion = Annotated[Hoja[DosCabezas], Depends(COMPARACION)]
