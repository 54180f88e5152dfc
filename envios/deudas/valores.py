"""What other rooms know of a debt: a frozen value, never a row."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from moneyed import Money

from envios.deudas import modelos
from envios.deudas.estados import ClaseDeDeuda, EstadoDeuda


@dataclass(frozen=True, slots=True)
class DeudaDeOperador:
    """A debt as it was when asked."""

    id: UUID
    clase: ClaseDeDeuda
    origen_id: UUID
    envio_id: UUID
    operador_unidad_id: UUID
    acreedor_parte_id: UUID
    en_ventanilla: bool
    monto: Money
    pagado: Money
    estado: EstadoDeuda
    nace_en: datetime
    vence_en: datetime
    terminada_en: datetime | None

    @property
    def debe(self) -> Money:
        return self.monto - self.pagado

    @classmethod
    def de(cls, fila: modelos.Deuda) -> "DeudaDeOperador":
        datos = fila.model_dump()
        return cls(**datos | {"clase": ClaseDeDeuda(fila.clase), "estado": EstadoDeuda(fila.estado)})


@dataclass(frozen=True, slots=True)
class Mora:
    """What an operator owes past its date: how many debts, how much, since when the oldest was due."""

    operador_unidad_id: UUID
    cuantas: int
    monto: Money
    desde: datetime
