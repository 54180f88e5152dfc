"""The one row lock of refunds: what went back of a payment, before the ledger's accounts."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.dinero import a_centavos
from pagos.libro.modelos import Transferencia

_ANOTAR = text(
    "INSERT INTO pagos_devuelto (transferencia_id, monto, devuelto) VALUES (:id, :monto, 0) "
    "ON CONFLICT DO NOTHING"
)
_BLOQUEAR = text("SELECT 1 FROM pagos_devuelto WHERE transferencia_id = :id FOR UPDATE")


def bloquear_devuelto(sesion: Session, pago: Transferencia) -> None:
    """The payment's sum of refunds, begun if need be; of two refunds of it the second waits here."""
    conexion = sesion.connection()
    conexion.execute(_ANOTAR, {"id": pago.id, "monto": a_centavos(pago.monto)})
    conexion.execute(_BLOQUEAR, {"id": pago.id})
