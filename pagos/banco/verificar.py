"""`qhatu verify`: what the bank's movements claim, checked against the withdrawals and the decisions."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

_EFECTOS = text(
    """
    SELECT e.retiro_id, e.efecto, e.movimiento_id
    FROM pagos_banco_efecto e
    JOIN pagos_retiro r ON r.id = e.retiro_id
    JOIN pagos_banco_movimiento m ON m.id = e.movimiento_id
    WHERE NOT CASE e.efecto
              WHEN 'pago' THEN m.sentido = 'DBIT' AND (r.estado IN ('pagado', 'devuelto') OR EXISTS (
                  SELECT FROM pagos_banco_efecto d WHERE d.retiro_id = r.id AND d.efecto = 'devolucion'))
              ELSE m.sentido = 'CRDT' AND r.estado IN ('rechazado', 'devuelto') END
       OR m.estado NOT IN ('conciliado', 'resuelto') OR m.moneda <> 'BOB'
       OR (m.lote_id IS NULL AND m.monto IS DISTINCT FROM r.monto)
    ORDER BY e.retiro_id, e.efecto LIMIT :limite
    """
)
_LOTES = text(
    """
    SELECT m.id FROM pagos_banco_movimiento m
    JOIN pagos_banco_efecto e ON e.movimiento_id = m.id JOIN pagos_retiro r ON r.id = e.retiro_id
    WHERE m.lote_id IS NOT NULL
    GROUP BY m.id HAVING sum(r.monto) <> m.monto OR bool_or(r.lote_id IS DISTINCT FROM m.lote_id)
    ORDER BY m.id LIMIT :limite
    """
)
_DECISIONES = text(
    """
    SELECT m.id FROM pagos_banco_movimiento m
    LEFT JOIN pagos_banco_decision d ON d.movimiento_id = m.id
    LEFT JOIN pagos_banco_efecto e ON e.movimiento_id = m.id
    WHERE (m.estado = 'resuelto') <> (d.movimiento_id IS NOT NULL)
       OR (d.movimiento_id IS NOT NULL AND (d.retiro_id, nullif(d.accion, 'ninguna'))
           IS DISTINCT FROM (e.retiro_id, e.efecto))
       OR (m.resultado IN ('pagado', 'devuelto', 'devuelto_tarde', 'lote_pagado') AND e.movimiento_id IS NULL)
    ORDER BY m.id LIMIT :limite
    """
)
FALTAS_MAXIMO = 50


@comprueba("banco")
def verificar_banco(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, datos = sesion.connection(), {"limite": FALTAS_MAXIMO}
    faltas = [
        f"el movimiento {movimiento} dice «{efecto}» del retiro {retiro}, y no fue así"
        for retiro, efecto, movimiento in conexion.execute(_EFECTOS, datos)
    ]
    faltas += [
        f"el movimiento {id} no es la suma de los retiros de su lote"
        for (id,) in conexion.execute(_LOTES, datos)
    ]
    faltas += [
        f"lo que se hizo del movimiento {id} no es lo que se decidió"
        for (id,) in conexion.execute(_DECISIONES, datos)
    ]
    return faltas
