"""What is known of an account outside the ledger: a frozen value, as the account was when asked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from moneyed import Money

from pagos.libro import modelos


@dataclass(frozen=True, slots=True)
class Cuenta:
    """An account: whose it is, what it may do, and the totals from which its balances derive."""

    id: int
    titular_id: UUID
    titular_tipo: str
    tipo: str
    moneda: str  # of its amounts: BOP is budget, never to be added to money
    nivel: int
    cerrada: bool
    congelada: bool
    creada_en: datetime
    debitos_contabilizados: Money
    creditos_contabilizados: Money
    debitos_pendientes: Money
    creditos_pendientes: Money

    @classmethod
    def de(cls, fila: modelos.Cuenta) -> "Cuenta":
        assert fila.id is not None
        return cls(
            id=fila.id,
            titular_id=fila.titular_id,
            titular_tipo=fila.titular_tipo,
            tipo=fila.tipo,
            moneda=fila.moneda,
            nivel=fila.nivel,
            cerrada=fila.cerrada,
            congelada=fila.congelada,
            creada_en=fila.creada_en,
            debitos_contabilizados=fila.debitos_contabilizados,
            creditos_contabilizados=fila.creditos_contabilizados,
            debitos_pendientes=fila.debitos_pendientes,
            creditos_pendientes=fila.creditos_pendientes,
        )

    @property
    def saldo(self) -> Money:
        """Posted balance: credits minus debits."""
        return self.creditos_contabilizados - self.debitos_contabilizados

    @property
    def disponible(self) -> Money:
        """What can be spent now: the balance minus what pending transfers hold."""
        return self.saldo - self.debitos_pendientes
