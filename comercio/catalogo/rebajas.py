"""What a promotion takes off a price, and with what it may be compared, as the database says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from moneyed import Money

from nucleo.dinero import a_centavos, cero, de_centavos
from nucleo.reloj import fecha_bolivia

PB_DEL_TODO = 10_000


class ClaseDeRebaja(StrEnum):
    """So much per cent, or so much money."""

    PORCENTAJE = "porcentaje"
    MONTO = "monto"


def rebaja_de(clase: str, valor: int, precio: Money) -> Money:
    """What is taken off, rounded half up to the centavo once; `valor` is hundredths of one per cent, or
    centavos. It may be more than the price."""
    if clase == ClaseDeRebaja.MONTO:
        return de_centavos(valor)
    parte = Decimal(a_centavos(precio) * valor) / PB_DEL_TODO
    return de_centavos(int(parte.to_integral_value(rounding=ROUND_HALF_UP)))


@dataclass(frozen=True, slots=True)
class Rebaja:
    """A promotion in force for a variant. `referencia`: the lowest price at which it was sold in the days
    before, when there is one."""

    promocion_id: UUID
    nombre: str
    clase: ClaseDeRebaja
    valor: int
    hasta: datetime
    referencia: Money | None

    def de(self, precio: Money) -> Money:
        """What one costs with it; a price that it would leave in nothing stays as it is."""
        queda = precio - rebaja_de(self.clase, self.valor, precio)
        return queda if queda > cero() else precio

    def antes(self, precio: Money) -> Money | None:
        """What may be shown struck through beside a price: only if it truly was more."""
        return self.referencia if self.referencia is not None and self.referencia > precio else None

    @property
    def ultimo_dia(self) -> date:
        return fecha_bolivia(self.hasta - timedelta(microseconds=1))

    @classmethod
    def leer(cls, dicho: dict[str, Any] | None) -> "Rebaja | None":
        """From what the database says."""
        if dicho is None:
            return None
        referencia = dicho["referencia"]
        return cls(
            UUID(dicho["promocion_id"]),
            dicho["nombre"],
            ClaseDeRebaja(dicho["clase"]),
            dicho["valor"],
            datetime.fromisoformat(dicho["hasta"]),
            None if referencia is None else de_centavos(referencia),
        )


@dataclass(frozen=True, slots=True)
class Rebajada:
    """The lowest price of a product, by a promotion, and the highest of its variants; `antes`, what may be
    shown struck through."""

    precio: Money
    antes: Money | None
    maximo: Money

    @property
    def desde(self) -> bool:
        """Whether others of its variants cost more."""
        return self.precio != self.maximo


def la_menor(precios: Sequence[tuple[Money, Rebaja | None]]) -> Rebajada | None:
    """A product by what each of its variants costs now, if the one that costs least is in a promotion."""
    if not precios:
        return None
    precio, rebaja = min(precios, key=lambda x: x[0].amount)
    if rebaja is None:
        return None
    return Rebajada(precio, rebaja.antes(precio), max(p for p, _r in precios))
