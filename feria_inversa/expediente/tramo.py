"""A process page by page, whatever it asks: some of its items, and of each the bids that say most."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Self

from fastapi import Query

from feria_inversa.evaluacion import GrupoComparado, PropuestaComparada
from feria_inversa.procesos import Grupo
from feria_inversa.procesos.modelos import Item
from nucleo.lectores import Entero

POR_PAGINA = 20
A_LA_VISTA = 2
"""Of the bids for each item, where they are many; the page of an item alone has them all."""
FILAS = 60
"""Of bids, that a page shows whole."""
LINEAS_POR_PAGINA = 100
"""Of what one bid says."""
OFERTAS_POR_PAGINA = 50
DECISIONES_POR_PAGINA = 10
Numero = Annotated[Entero | None, Query(ge=1, le=32767, description="El número de un ítem, para verlo solo.")]
Desde = Annotated[Entero, Query(ge=0, le=32767, description="Cuántos van antes.")]
Ver = Annotated[Entero | None, Query(ge=0, le=32767, description="Cuántas decisiones van antes.")]


@dataclass(frozen=True, slots=True)
class Tramo:
    """The items that a page shows: `POR_PAGINA` from one on, or one alone with every bid for it."""

    items: Sequence[Item]
    grupos: Sequence[Grupo]  # those that have any of them, whole
    desde: int
    total: int
    solo: Item | None
    apretada: bool = False  # its bids are too many to show them all

    @classmethod
    def de(
        cls, items: Sequence[Item], grupos: Sequence[Grupo], desde: int = 0, numero: int | None = None
    ) -> Self:
        solo = next((item for item in items if item.numero == numero), None)
        vistos = [solo] if solo else items[desde : desde + POR_PAGINA]
        ids = {item.id for item in vistos}
        return cls(vistos, [grupo for grupo in grupos if grupo.ids & ids], desde, len(items), solo)

    @property
    def anterior(self) -> int | None:
        """Where the page before begins."""
        return max(self.desde - POR_PAGINA, 0) if self.desde and not self.solo else None

    @property
    def siguiente(self) -> int | None:
        hasta = self.desde + POR_PAGINA
        return hasta if hasta < self.total and not self.solo else None

    @property
    def en_paginas(self) -> bool:
        """Whether it is one page of many: what takes long to say of an item is on its own."""
        return not self.solo and self.total > POR_PAGINA

    def con(self, comparados: Sequence[GrupoComparado]) -> Self:
        """The same, with the bids that it has to show."""
        filas = sum(len(c.propuestas) * len(self.items_de(c.grupo)) for c in comparados)
        return replace(self, apretada=filas > FILAS)

    def items_de(self, grupo: Grupo) -> list[Item]:
        """Of what is awarded at once, what this page shows."""
        ids = grupo.ids
        return [item for item in self.items if item.id in ids]

    def a_la_vista(self, propuestas: Sequence[PropuestaComparada]) -> Sequence[PropuestaComparada]:
        """The first ones, and the one that wins; all where they fit, or when only one would be left out."""
        if self.solo or not self.apretada or len(propuestas) <= A_LA_VISTA + 1:
            return propuestas
        return [p for n, p in enumerate(propuestas) if n < A_LA_VISTA or p.gana]
