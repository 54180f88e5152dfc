"""Units of measure: which are counted and which divided. One table of facts; CHECKs are printed from it."""

from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Numeric
from sqlalchemy.types import TypeDecorator

from nucleo.lectores import en_cifras


class UnidadMedida(StrEnum):
    UNIDAD = "unidad"
    PAR = "par"
    DOCENA = "docena"
    JUEGO = "juego"
    KILO = "kg"
    GRAMO = "g"
    ARROBA = "arroba"
    QUINTAL = "quintal"
    LITRO = "litro"
    METRO = "metro"
    METRO_CUADRADO = "m2"
    CAJA = "caja"
    PAQUETE = "paquete"
    SERVICIO = "servicio"
    HORA = "hora"


_U = UnidadMedida
DECIMALES: dict[UnidadMedida, int] = dict.fromkeys(UnidadMedida, 0) | dict.fromkeys(
    (_U.KILO, _U.GRAMO, _U.ARROBA, _U.QUINTAL, _U.LITRO, _U.METRO, _U.METRO_CUADRADO, _U.HORA), 4
)
"""How many decimals a quantity of each may have: a chompa is whole, a kilo of quinua may be cut."""


def decimales(unidad_medida: str) -> int:
    return DECIMALES[UnidadMedida(unidad_medida)]


def cabe_en(unidad_medida: str, cantidad: Decimal) -> bool:
    """Whether the unit admits that many decimals."""
    return cantidad == round(cantidad, decimales(unidad_medida))


def en_su_medida(columna: str) -> str:
    """SQL, for a CHECK: a column of NUMERIC(14,4) is whole unless its row's unit is divided."""
    divididas = [u for u, cuantos in DECIMALES.items() if cuantos]
    return (
        f"({columna} = trunc({columna}) OR unidad_medida IN ({', '.join(repr(u.value) for u in divididas)}))"
    )


class Cantidad(TypeDecorator[Decimal]):
    """Column type: NUMERIC(14,4), without zeros after the last decimal in Python."""

    impl = Numeric(14, 4)
    cache_ok = True

    def process_result_value(self, value: Decimal | None, _dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(en_cifras(value))
