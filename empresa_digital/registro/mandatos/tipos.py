"""The faculties. The values are what the database stores and the API shows."""

from enum import StrEnum


class Facultad(StrEnum):
    """What a mandate lets somebody do for a unit. `ADMINISTRAR` implies every other one except `REGULAR`."""

    ADMINISTRAR = "ADMINISTRAR"
    VENDER = "VENDER"
    OFERTAR = "OFERTAR"
    COMPRAR = "COMPRAR"
    PAGAR = "PAGAR"
    TRAMITAR = "TRAMITAR"
    EVALUAR = "EVALUAR"
    DESPACHAR = "DESPACHAR"
    REGULAR = "REGULAR"

    @property
    def otorgada_por(self) -> tuple["Facultad", ...]:
        """The faculties any of which is enough to exercise this one."""
        if self in (Facultad.ADMINISTRAR, Facultad.REGULAR):
            return (self,)
        return (self, Facultad.ADMINISTRAR)
