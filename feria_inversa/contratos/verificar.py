"""`qhatu verify`: what is ordered is what was awarded, to the centavo."""

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
    " WHERE (l.total, l.precio_unitario, l.marca, l.plazo_dias, l.cantidad, l.unidad_medida, l.numero)"
    "   IS DISTINCT FROM"
    "   (a.total, b.precio_unitario, b.marca, b.plazo_dias, i.cantidad, i.unidad_medida, i.numero)"
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
    " LEFT JOIN feria_orden_linea l ON l.orden_id = o.id"
    " GROUP BY c.id HAVING c.items_ordenados <> count(l.id) ORDER BY 1 LIMIT :limite"
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
    faltas += [f"{cuce} cuenta mal lo ordenado" for (cuce,) in conexion.execute(_CUENTAS, limite)]
    return faltas[:FALTAS_MAXIMO]
