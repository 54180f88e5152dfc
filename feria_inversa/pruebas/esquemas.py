"""The file of a proof of the fair, version 1. All its fields are always there.

| `clase` | `hojas` | `acta` | `textos` | `recibidas` |
|---|---|---|---|---|
| `acta` | that of the act | its text | none | none |
| `oferta` | that of the bid | null | of its envelopes, once open | none |
| `apertura` | that of how many bids, that of the act | its text | none | what the leaf of each bid says |
"""

from typing import Final, Literal

from pydantic import Field

from constancia import PruebaDeHojas

VERSION: Final = "qhatu-feria-v1"


Clase = Literal["acta", "oferta", "apertura"]


class PruebaDeFeria(PruebaDeHojas):
    """Lo necesario para comprobar sin preguntar a nadie un acta, una oferta sellada o una apertura."""

    version: Literal["qhatu-feria-v1"] = VERSION
    clase: Clase
    acta: str | None = Field(description="El texto del acta, byte por byte; nulo si la prueba no es de una.")
    textos: list[str] = Field(
        max_length=2, description="Lo que decía cada sobre de la oferta, con su sal; vacío si no se abrió."
    )
    recibidas: list[str] = Field(
        description="Lo que dice la hoja de cada oferta recibida, en el orden de sus hashes."
    )
    como_verificar: str
