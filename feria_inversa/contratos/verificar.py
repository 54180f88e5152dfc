"""`qhatu verify`: what is ordered is what was awarded or both parties signed, to the centavo; guarantees and
modifications are a chain each."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_SUMAS = text(
    "SELECT o.numero FROM feria_orden_de_compra o LEFT JOIN feria_orden_linea l ON l.orden_id = o.id"
    " GROUP BY o.id HAVING o.total <> coalesce(sum(l.total), 0) OR o.plazo_dias <> max(l.plazo_dias)"
    " ORDER BY 1 LIMIT :limite"
)
_LINEAS = text(
    "SELECT o.numero, l.numero FROM feria_orden_linea l"
    " JOIN feria_orden_de_compra o ON o.id = l.orden_id"
    " JOIN feria_adjudicacion a ON a.id = l.adjudicacion_id"
    " JOIN feria_oferta_linea b ON b.id = a.oferta_linea_id"
    " JOIN feria_item i ON i.id = a.item_id"
    " LEFT JOIN LATERAL (SELECT n.total, n.cantidad FROM feria_modificacion_linea n"
    "   JOIN feria_modificacion d ON d.id = n.modificacion_id AND d.estado = 'firmada'"
    "   WHERE n.linea_id = l.id ORDER BY d.numero DESC LIMIT 1) m ON true"
    " WHERE (l.total, l.precio_unitario, l.marca, l.plazo_dias, l.cantidad, l.unidad_medida, l.unidad_texto,"
    "   l.numero)"
    "   IS DISTINCT FROM (coalesce(m.total, a.total), b.precio_unitario, b.marca, b.plazo_dias,"
    "   coalesce(m.cantidad, i.cantidad), i.unidad_medida, i.unidad_texto, i.numero)"
    "   OR a.convocatoria_id <> o.convocatoria_id"
    " ORDER BY 1, 2 LIMIT :limite"
)
_SIN_ORDEN = text(
    "SELECT c.cuce FROM feria_convocatoria c WHERE c.contratado_en IS NOT NULL"
    " AND NOT EXISTS (SELECT FROM feria_orden_de_compra o WHERE o.convocatoria_id = c.id)"
    " ORDER BY 1 LIMIT :limite"
)


_CUENTAS = text(
    "SELECT c.cuce FROM feria_convocatoria c LEFT JOIN feria_orden_de_compra o ON o.convocatoria_id = c.id"
    "   AND o.estado NOT IN ('rechazada', 'vencida')"
    " LEFT JOIN feria_orden_linea l ON l.orden_id = o.id"
    " GROUP BY c.id HAVING c.items_ordenados <> count(l.id) ORDER BY 1 LIMIT :limite"
)


# An award is in force while its order is, and no longer.
_CAIDAS = text(
    "SELECT o.numero, l.numero FROM feria_orden_linea l JOIN feria_orden_de_compra o ON o.id = l.orden_id"
    " WHERE (o.estado IN ('rechazada', 'vencida')) <> EXISTS ("
    "   SELECT FROM feria_adjudicacion r WHERE r.reemplaza_a = l.adjudicacion_id)"
    " ORDER BY 1, 2 LIMIT :limite"
)


_RECIBIDO = text(
    "SELECT o.numero FROM feria_orden_de_compra o"
    " LEFT JOIN LATERAL (SELECT sum(valor) AS valor, sum(multa) AS multa FROM feria_entrega"
    "   WHERE orden_id = o.id) e ON true"
    " LEFT JOIN LATERAL (SELECT sum(monto) AS monto FROM feria_pago WHERE orden_id = o.id) p ON true"
    " WHERE (o.recibido, o.multa, o.pagado)"
    "   IS DISTINCT FROM (coalesce(e.valor, 0), coalesce(e.multa, 0), coalesce(p.monto, 0))"
    "   OR o.recibido <> feria_valor_recibido(o.id)"
    " ORDER BY 1 LIMIT :limite"
)
_ENTREGADO = text(
    "SELECT o.numero, l.numero FROM feria_orden_linea l JOIN feria_orden_de_compra o ON o.id = l.orden_id"
    " LEFT JOIN feria_entrega_linea e ON e.linea_id = l.id GROUP BY o.numero, l.id"
    " HAVING (l.entregada, l.recibida) IS DISTINCT FROM"
    "   (coalesce(sum(coalesce(e.recibida, e.cantidad)), 0), coalesce(sum(e.recibida), 0))"
    " ORDER BY 1, 2 LIMIT :limite"
)


_SIN_PLAZO = text(
    "SELECT cuce FROM feria_convocatoria WHERE (sigue_en IS NOT NULL) <> ("
    "   estado IN ('suspendido', 'recepcion_cerrada', 'apertura_impedida', 'evaluacion_tecnica',"
    "     'apertura_economica', 'evaluacion')"
    "   OR (estado = 'resuelto' AND items_adjudicados > items_ordenados))"
    " ORDER BY 1 LIMIT :limite"
)


@comprueba("ordenes de compra")
def verificar_ordenes(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    faltas = [f"la orden {n} no es lo que suman sus líneas" for (n,) in conexion.execute(_SUMAS, limite)]
    faltas += [
        f"la línea {linea} de la orden {n} no es lo que se adjudicó"
        for n, linea in conexion.execute(_LINEAS, limite)
    ]
    faltas += [
        f"{cuce} está contratado y no tiene órdenes" for (cuce,) in conexion.execute(_SIN_ORDEN, limite)
    ]
    faltas += [
        f"la adjudicación de la línea {linea} de la orden {n} no sigue a su orden"
        for n, linea in conexion.execute(_CAIDAS, limite)
    ]
    faltas += [f"la orden {n} no suma lo recibido y pagado" for (n,) in conexion.execute(_RECIBIDO, limite)]
    faltas += [
        f"la línea {linea} de la orden {n} no suma sus entregas"
        for n, linea in conexion.execute(_ENTREGADO, limite)
    ]
    faltas += [f"{cuce} no dice hasta cuándo espera" for (cuce,) in conexion.execute(_SIN_PLAZO, limite)]
    faltas += [f"{cuce} cuenta mal lo ordenado" for (cuce,) in conexion.execute(_CUENTAS, limite)]
    return faltas[:FALTAS_MAXIMO]


_RENOVADAS = text(
    "SELECT o.numero, g.numero FROM feria_garantia g JOIN feria_orden_de_compra o ON o.id = g.orden_id"
    " LEFT JOIN feria_garantia s ON s.renueva_a = g.id"
    " AND (s.estado <> 'anulada' OR g.estado = 'renovada')"
    " WHERE (g.estado = 'renovada' AND s.id IS NULL) OR (g.estado = 'vencida' AND s.id IS NOT NULL)"
    " OR s.clase <> g.clase OR s.hasta < g.hasta OR s.desde > g.hasta + 1"
    " ORDER BY 1, 2 LIMIT :limite"
)


@comprueba("garantias de las ordenes")
def verificar_garantias(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    hallan = sesion.connection().execute(_RENOVADAS, {"limite": FALTAS_MAXIMO})
    return [f"la garantía {n} de la orden {orden} no sigue a la que la renueva" for orden, n in hallan]


# Each signed modification is from what the one before left; the last one left what the order is.
_MODIFICADAS = text(
    "SELECT o.numero, m.numero FROM feria_orden_de_compra o JOIN ("
    "   SELECT *, lead(total_antes) OVER w AS total_despues, lead(entregar_antes) OVER w AS entregar_despues,"
    "     lead(id) OVER w AS sigue FROM feria_modificacion WHERE estado = 'firmada'"
    "   WINDOW w AS (PARTITION BY orden_id ORDER BY numero)) m ON m.orden_id = o.id"
    " WHERE CASE WHEN m.sigue IS NULL"
    "   THEN (o.total, o.entregar_hasta, o.cortar_en)"
    "     IS DISTINCT FROM (m.total, m.entregar_hasta, m.cortar_en)"
    "   ELSE (m.total, m.entregar_hasta) IS DISTINCT FROM (m.total_despues, m.entregar_despues) END"
    " ORDER BY 1, 2 LIMIT :limite"
)


# Each signed line is from what the one before left, and the first from what was awarded.
_CANTIDADES = text(
    "SELECT s.orden, s.modificacion, s.linea FROM ("
    "   SELECT o.numero AS orden, d.numero AS modificacion, l.numero AS linea, n.cantidad_antes,"
    "     lag(n.cantidad, 1, i.cantidad) OVER (PARTITION BY n.linea_id ORDER BY d.numero) AS dejada"
    "   FROM feria_modificacion_linea n"
    "   JOIN feria_modificacion d ON d.id = n.modificacion_id AND d.estado = 'firmada'"
    "   JOIN feria_orden_de_compra o ON o.id = d.orden_id JOIN feria_orden_linea l ON l.id = n.linea_id"
    "   JOIN feria_adjudicacion a ON a.id = l.adjudicacion_id JOIN feria_item i ON i.id = a.item_id) s"
    " WHERE s.cantidad_antes <> s.dejada ORDER BY 1, 2, 3 LIMIT :limite"
)


@comprueba("modificaciones de las ordenes")
def verificar_modificaciones(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    faltas = [
        f"la orden {orden} no sigue a su modificación {n}"
        for orden, n in conexion.execute(_MODIFICADAS, limite)
    ]
    faltas += [
        f"la modificación {n} de la orden {orden} no parte de lo que era su línea {linea}"
        for orden, n, linea in conexion.execute(_CANTIDADES, limite)
    ]
    return faltas[:FALTAS_MAXIMO]
