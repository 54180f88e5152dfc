"""How prices of the same thing lie, and whether they are enough to say a price."""

from dataclasses import dataclass
from datetime import date

from moneyed import Money

MINIMO_DE_PRECIOS = 5
MINIMO_DE_PROCESOS = 3
ANCHO_MAXIMO = 3
"""Of the middle half: where its dearest is more than so many times its cheapest, they say no price."""


@dataclass(frozen=True, slots=True)
class Dispersion:
    """Prices that were asked or paid, none between two of them: the least, the quartiles, the greatest. From
    how many processes, of how many entities, of which days."""

    precios: int
    procesos: int
    entidades: int
    desde: date
    hasta: date
    minimo: Money
    cuartil_1: Money
    mediana: Money
    cuartil_3: Money
    maximo: Money

    @property
    def son_pocos(self) -> bool:
        return self.precios < MINIMO_DE_PRECIOS or self.procesos < MINIMO_DE_PROCESOS

    @property
    def muy_distintos(self) -> bool:
        return self.cuartil_3 > self.cuartil_1 * ANCHO_MAXIMO

    @property
    def dice_un_precio(self) -> bool:
        return not self.son_pocos and not self.muy_distintos
