"""A bid for many items is written page by page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from feria_inversa.procesos import Grupo
from feria_inversa.procesos.modelos import Item

POR_PAGINA = 20
DE_CADA_LINEA = ("precio_unitario", "marca", "plazo_dias", "detalle")
_NUMERO = re.compile(r"lineas\.([0-9]{1,5})\.")


@dataclass(frozen=True, slots=True)
class Pagina:
    """The items of which a page of the form asks, of all of them in the order in which they are asked."""

    todos: Sequence[Item]
    desde: int

    @classmethod
    def de(cls, grupos: Sequence[Grupo], desde: int, numeros: Iterable[int] = ()) -> "Pagina":
        """The one that begins at one, or that of the first of these items."""
        todos = [item for grupo in grupos for item in grupo.items]
        de_ellos = set(numeros)
        lugares = [n for n, item in enumerate(todos) if item.numero in de_ellos]
        lugar = lugares[0] if lugares else min(desde, len(todos) - 1)
        return cls(todos, lugar - lugar % POR_PAGINA)

    @property
    def hasta(self) -> int:
        return min(self.desde + POR_PAGINA, len(self.todos))

    @property
    def items(self) -> Sequence[Item]:
        return self.todos[self.desde : self.hasta]

    @property
    def numeros(self) -> frozenset[int]:
        return frozenset(item.numero for item in self.items)

    @property
    def demas(self) -> list[int]:
        """The numbers of those of which it does not ask."""
        return [item.numero for item in self.todos if item.numero not in self.numeros]

    @property
    def anterior(self) -> int | None:
        return self.desde - POR_PAGINA if self.desde else None

    @property
    def siguiente(self) -> int | None:
        return self.hasta if self.hasta < len(self.todos) else None


def numeros_de(entradas: Iterable[str]) -> list[int]:
    """The items to which some inputs belong."""
    return [int(hallado[1]) for entrada in entradas if (hallado := _NUMERO.match(entrada))]
