"""`qhatu verify`: what reserves claim, checked against the ledger."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

# An open one may be behind the ledger: it expired there, and the sweep has not come by yet.
_DISTINTAS = text(
    """
    SELECT r.id, r.estado, q.estado FROM pagos_reserva r LEFT JOIN pagos_pendiente q ON q.id = r.id
    WHERE q.id IS NULL OR (r.debito, r.credito, r.monto, r.codigo) <> (q.debito, q.credito, q.monto, q.codigo)
       OR r.confirmado <> q.monto_confirmado
       OR r.estado <> q.estado AND (r.estado, q.estado) <> ('abierta', 'vencida')
    ORDER BY r.id LIMIT :limite
    """
)
FALTAS_MAXIMO = 50


@comprueba("reservas")
def verificar_reservas(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    return [
        f"la reserva {id} dice «{estado}» y el libro dice «{del_libro or 'nada'}»"
        for id, estado, del_libro in sesion.connection().execute(_DISTINTAS, {"limite": FALTAS_MAXIMO})
    ]
