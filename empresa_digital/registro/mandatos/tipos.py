"""The faculties. The values are what the database stores and the API shows."""

from collections.abc import Iterable
from enum import StrEnum


class Facultad(StrEnum):
    """What a mandate lets somebody do for a unit. `ADMINISTRAR` implies every other one except `REGULAR`.

    `CONSULTAR` sees the unit's inside (entries, mandates, statements); `TRAMITAR` prepares what `PRESENTAR`
    submits; `FIRMAR` signs documents; `BUZON` reads the unit's legal mailbox.
    """

    ADMINISTRAR = "ADMINISTRAR"
    CONSULTAR = "CONSULTAR"
    TRAMITAR = "TRAMITAR"
    PRESENTAR = "PRESENTAR"
    FIRMAR = "FIRMAR"
    BUZON = "BUZON"
    VENDER = "VENDER"
    DESPACHAR = "DESPACHAR"
    OFERTAR = "OFERTAR"
    COMPRAR = "COMPRAR"
    EVALUAR = "EVALUAR"
    PAGAR = "PAGAR"
    REGULAR = "REGULAR"

    @property
    def otorgada_por(self) -> tuple["Facultad", ...]:
        """The faculties any of which is enough to exercise this one."""
        if self in (Facultad.ADMINISTRAR, Facultad.REGULAR):
            return (self,)
        return (self, Facultad.ADMINISTRAR)


def alcanzadas(facultades: Iterable[str]) -> frozenset[Facultad]:
    """Every faculty that may be exercised by holding these."""
    tiene = frozenset(Facultad(f) for f in facultades)
    return frozenset(f for f in Facultad if not tiene.isdisjoint(f.otorgada_por))
