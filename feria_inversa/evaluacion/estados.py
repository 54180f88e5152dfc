"""How an item ends."""

from enum import StrEnum


class EstadoItem(StrEnum):
    ADJUDICADO = "adjudicado"
    DESIERTO = "desierto"
