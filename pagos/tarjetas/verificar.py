"""`qhatu verify`: what card payments claim, checked against the ledger in one statement (one snapshot)."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

POR_CLASE = 20  # lines shown of each kind of fault

_FALTAS = text(
    """
    WITH abono AS (
        SELECT i.*, q.estado AS reserva, t.id IS NOT NULL AS abonado
        FROM pagos_intento i LEFT JOIN pagos_pendiente q ON q.id = i.reserva_id
        LEFT JOIN pagos_transferencia t ON t.id = i.transferencia_id AND t.credito = i.destino
            AND t.monto = i.monto AND t.codigo = i.codigo AND t.tipo IN (1, 3)
    ), devuelto AS (
        SELECT r.*, q.estado AS reserva
        FROM pagos_reembolso r LEFT JOIN pagos_pendiente q ON q.id = r.reserva_id
    ), falta AS (
        SELECT 'el pago con tarjeta no tiene su abono' AS que, id FROM abono
        WHERE estado = 'pagado' AND NOT abonado
        UNION ALL
        SELECT 'el abono reservado no corresponde a su estado', id FROM abono
        WHERE reserva IS NULL OR CASE
            WHEN estado IN ('creado', 'ambiguo', 'requiere_accion', 'procesando') THEN reserva <> 'abierta'
            WHEN estado = 'pagado' THEN reserva NOT IN ('confirmada', 'anulada')
            ELSE reserva <> 'anulada' END
        UNION ALL
        SELECT 'la reserva del reembolso no corresponde a su estado', id FROM devuelto
        WHERE reserva_id IS NOT NULL AND (reserva IS NULL OR CASE
            WHEN estado IN ('creado', 'ambiguo', 'procesando') THEN reserva <> 'abierta'
            WHEN estado = 'fallido' THEN reserva <> 'anulada'
            ELSE reserva <> 'confirmada' END)
        UNION ALL
        SELECT 'se reembolsó más de lo cobrado', i.id FROM pagos_intento i JOIN pagos_reembolso r
            ON r.intento_id = i.id AND r.estado NOT IN ('fallido', 'revertido')
        GROUP BY i.id, i.recibido HAVING sum(r.monto) > coalesce(i.recibido, 0)
        UNION ALL
        SELECT 'se pagó con una tarjeta guardada de otra persona', i.id FROM pagos_intento i
        JOIN pagos_tarjeta t ON t.pasarela_id = i.metodo AND t.persona_id <> i.persona_id
        UNION ALL
        SELECT 'nadie consulta este pago desde hace un día', id FROM pagos_intento
        WHERE consultar_en < nucleo_ahora() - interval '1 day'
        UNION ALL
        SELECT 'nadie consulta esta tarjeta desde hace un día', id FROM pagos_tarjeta
        WHERE consultar_en < nucleo_ahora() - interval '1 day'
        UNION ALL
        SELECT 'la pasarela dice perdido un reclamo que se había ganado', id FROM pagos_disputa
        WHERE desmentida_en IS NOT NULL
        UNION ALL
        SELECT 'un reclamo ganado tomó dinero', id FROM pagos_disputa
        WHERE estado = 'ganada' AND retenido + cobrado > 0
        UNION ALL
        SELECT 'nadie envía esta respuesta desde hace un día', id FROM pagos_disputa_respuesta
        WHERE consultar_en < nucleo_ahora() - interval '1 day'
    )
    SELECT que, count(*), (array_agg(id::text ORDER BY id))[1:CAST(:maximo AS integer)] FROM falta
    GROUP BY que ORDER BY que
    """
)


@comprueba("tarjetas")
def verificar_pasarela(sesion: Session) -> list[str]:
    """What does not add up, and where; nothing when all is well."""
    filas = sesion.connection().execute(_FALTAS, {"maximo": POR_CLASE})
    return [f"{que} ({cuantos}): {', '.join(ids)}" for que, cuantos, ids in filas]
