"""The closed vocabulary of parties."""

from enum import StrEnum


class ClaseDeParte(StrEnum):
    PERSONA = "persona"
    UNIDAD = "unidad"
    TERCERO = "tercero"
