"""A payment like one of the last minutes, told before it is confirmed: it may be the same one twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session

from nucleo.dinero import a_centavos, formato_bs
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos.libro.errores import PagoRepetido

VENTANA = timedelta(minutes=10)

# The newest movements of one account, by its index: the cost does not depend on how many it has.
_IGUAL = text(
    """
    SELECT t.id, t.creada_en
    FROM pagos_transferencia t JOIN pagos_cuenta c ON c.id = t.credito
    WHERE t.debito = :cuenta AND t.numero > coalesce(pagos_numero_en(:cuenta, :desde), 0)
      AND t.monto = :monto AND t.tipo = 1 AND c.titular_id = :titular
      AND NOT EXISTS (SELECT 1 FROM pagos_transferencia e WHERE e.id = :id)
    ORDER BY t.numero DESC LIMIT 1
    """
)


@dataclass(frozen=True, slots=True)
class PagoIgual:
    """An earlier payment with the same payer, payee and amount."""

    id: UUID
    creada_en: datetime


def pago_igual(sesion: Session, *, cuenta_id: int, titular: UUID, monto: Money, id: UUID) -> PagoIgual | None:
    """The last payment of `monto` in these minutes from this account to this person or unit, if any.

    Not when `id`, the payment that is about to be made, was made already: that is the same one, sent again.
    """
    datos = {
        "cuenta": cuenta_id,
        "titular": titular,
        "monto": a_centavos(monto),
        "desde": ahora_bd(sesion) - VENTANA,
        "id": id,
    }
    fila = sesion.connection().execute(_IGUAL, datos).one_or_none()
    return None if fila is None else PagoIgual(fila.id, fila.creada_en)


def exigir_repetido_visto(
    sesion: Session, *, cuenta_id: int, titular: UUID, monto: Money, id: UUID, visto: UUID | None
) -> None:
    """Raise `PagoRepetido` unless there is no such payment, or the person saw it (`visto`) and goes on.

    For the pages, where somebody may have gone back and pressed again; a program has its idempotency keys.
    """
    igual = pago_igual(sesion, cuenta_id=cuenta_id, titular=titular, monto=monto, id=id)
    if igual is not None and igual.id != visto:
        raise PagoRepetido(
            _("Hace un momento ya pagó %(monto)s a la misma cuenta. Si quiere pagar otra vez, confírmelo.")
            % {"monto": formato_bs(monto)}
        )
