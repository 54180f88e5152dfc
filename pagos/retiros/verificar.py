"""`qhatu verify`: what withdrawals claim, checked against the ledger."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

# One withdrawal a row: what its state says must be in the ledger, and what is there.
_RETIROS = text(
    """
    WITH reservas AS (
        SELECT t.referencia AS id,
               sum(q.monto) FILTER (WHERE t.codigo = 7) AS monto,
               sum(q.monto) FILTER (WHERE t.codigo = 101) AS comision,
               array_agg(DISTINCT q.estado::text) AS estados
        FROM pagos_retiro r
        JOIN pagos_transferencia t ON t.referencia = r.id AND t.tipo = 2
        JOIN pagos_pendiente q ON q.id = t.id
        GROUP BY t.referencia
    ), vueltas AS (
        SELECT t.referencia AS id, sum(t.monto) AS monto
        FROM pagos_retiro r JOIN pagos_transferencia t ON t.referencia = r.id AND t.codigo = 100
        GROUP BY t.referencia
    )
    SELECT r.id, r.estado FROM pagos_retiro r
    LEFT JOIN reservas s ON s.id = r.id LEFT JOIN vueltas v ON v.id = r.id
    WHERE coalesce(s.monto, 0) <> r.monto OR coalesce(s.comision, 0) <> r.comision
       OR s.estados IS DISTINCT FROM CASE
           WHEN r.estado IN ('pedido', 'en_lote') THEN ARRAY['abierta']
           WHEN r.estado IN ('pagado', 'devuelto') THEN ARRAY['confirmada']
           ELSE ARRAY['anulada'] END
       OR coalesce(v.monto, 0) <> CASE r.estado WHEN 'devuelto' THEN r.monto + r.comision ELSE 0 END
    ORDER BY r.id LIMIT :limite
    """
)

FALTAS_MAXIMO = 50


@comprueba("retiros")
def verificar_retiros(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    return [
        f"el retiro {id} dice «{estado}» y el libro dice otra cosa"
        for id, estado in sesion.connection().execute(_RETIROS, {"limite": FALTAS_MAXIMO})
    ]
