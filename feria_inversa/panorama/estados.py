"""How far a process of the market is, whatever its source calls it."""

from enum import StrEnum


class Etapa(StrEnum):
    """`CONVOCADO` takes bids until its hour (`cierra_en`), and what comes after it is seen by the clock;
    `NO_CONSTA`: the source does not say."""

    PROGRAMADO = "programado"
    CONVOCADO = "convocado"
    EN_CURSO = "en_curso"
    ADJUDICADO = "adjudicado"
    DESIERTO = "desierto"
    SIN_EFECTO = "sin_efecto"
    NO_CONSTA = "no_consta"
