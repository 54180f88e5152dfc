"""Margins of preference: how much less the price of a bid counts when it is compared; data, with their norm.

The formula by which those of one bid join has a name and goes with the margin: sources disagree on it, so
what was compared with one is read with that one. No margin awards by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import reduce

from sqlmodel import Session, col, or_, select

from feria_inversa.reglas.modelos import MargenDePreferencia


class Formula(StrEnum):
    SUMA = "suma"  # price × (100 − a − b) / 100
    SUCESIVA = "sucesiva"  # price × (100 − a) / 100 × (100 − b) / 100


class ClaseDeMargen(StrEnum):
    """A bid has at most one of each."""

    ORIGEN = "origen"
    PRODUCTOR = "productor"


@dataclass(frozen=True, slots=True)
class Margen:
    codigo: str
    por_ciento: int
    clase: ClaseDeMargen = ClaseDeMargen.ORIGEN
    nombre: str = ""
    formula: Formula = Formula.SUMA
    confirmado: bool = False
    fuente: str = ""


def precio_evaluado(precio: Fraction, margenes: Sequence[Margen], formula: Formula) -> Fraction:
    """The price that is compared, never below zero."""
    assert all(0 <= margen.por_ciento < 100 for margen in margenes)
    if formula == Formula.SUMA:
        return precio * max(Fraction(100 - sum(margen.por_ciento for margen in margenes), 100), Fraction(0))
    return reduce(lambda p, margen: p * Fraction(100 - margen.por_ciento, 100), margenes, precio)


def margenes_vigentes(sesion: Session, dia: date) -> list[Margen]:
    """Those in force on a day."""
    hasta = col(MargenDePreferencia.vigente_hasta)
    consulta = (
        select(MargenDePreferencia)
        .where(col(MargenDePreferencia.vigente_desde) <= dia, or_(hasta.is_(None), hasta >= dia))
        .order_by(col(MargenDePreferencia.clase), col(MargenDePreferencia.por_ciento))
    )
    return [
        Margen(
            codigo=fila.codigo,
            por_ciento=fila.por_ciento,
            clase=ClaseDeMargen(fila.clase),
            nombre=fila.nombre,
            formula=Formula(fila.formula),
            confirmado=fila.confirmado,
            fuente=fila.fuente,
        )
        for fila in sesion.exec(consulta)
    ]
