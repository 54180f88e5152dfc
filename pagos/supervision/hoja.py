"""The canonical bytes of a transfer in a closing: one line of ASCII, fields joined by `|`.

    qhatu-transferencia-v1|numero|id|debito|credito|monto|codigo|tipo|creada_en|referencia|pendiente_id

- numero, debito, credito, monto (centavos: of budget when codigo is 120 to 129, of BOB otherwise), codigo and
  tipo: decimal, without leading zeros;
- id, referencia and pendiente_id: lower case UUID with hyphens, or nothing when there is none;
- creada_en: UTC with microseconds, `2026-11-22T14:05:09.000001Z`.

Balances and who ordered it stay out: a proof is shown to others, and says nothing but the payment. The id,
which nobody can guess, keeps a leaf's hash from being tried out.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from constancia import hash_de_hoja

FORMATO = 1
PREFIJO = "qhatu-transferencia-v1"


@dataclass(frozen=True, slots=True)
class Hoja:
    """What a closing seals of a transfer."""

    numero: int
    id: UUID
    debito: int
    credito: int
    monto: int
    codigo: int
    tipo: int
    creada_en: datetime
    referencia: UUID | None = None
    pendiente_id: UUID | None = None

    @property
    def texto(self) -> str:
        cuando = self.creada_en.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return (
            f"{PREFIJO}|{self.numero}|{self.id}|{self.debito}|{self.credito}|{self.monto}|{self.codigo}"
            f"|{self.tipo}|{cuando}|{self.referencia or ''}|{self.pendiente_id or ''}"
        )

    @property
    def hash(self) -> bytes:
        return hash_de_hoja(self.texto.encode("ascii"))
