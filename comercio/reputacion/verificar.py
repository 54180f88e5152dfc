"""`qhatu verify`: what was counted of each unit is counted again, from what its orders say."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_CUENTAS = text(
    """
    SELECT r.unidad_id FROM comercio_reputacion r, comercio_reputacion_de(r.unidad_id, r.hasta) d
    WHERE (r.regla_id, r.dias, r.ventas, r.reclamos, r.tardes, r.canceladas, r.clase)
          IS DISTINCT FROM (d.regla_id, d.dias, d.ventas, d.reclamos, d.tardes, d.canceladas, d.clase)
    ORDER BY 1 LIMIT :limite
    """
)
# Each fault against what the order keeps; cancelled by its seller, against what was cancelled of it. A parcel
# that holds nothing any more may have been late or not: what was settled before it left met no term.
_FALTAS = text(
    """
    WITH hechos AS (
        SELECT pedido_id, 'reclamo' AS falta FROM comercio_reclamo
        WHERE estado = 'devuelto' AND motivo NOT IN ('no_recibido', 'desistimiento')
        UNION SELECT q.pedido_id, 'tarde' FROM comercio_paquete q JOIN comercio_pedido p ON p.id = q.pedido_id
        WHERE q.despachado_en > p.despachar_hasta AND NOT q.saldado
        UNION SELECT pedido_id, 'tarde' FROM comercio_pedido_cancelacion WHERE actor = 'plazo de despacho')
    SELECT coalesce(h.pedido_id, f.pedido_id), coalesce(h.falta, f.falta)
    FROM hechos h FULL JOIN comercio_falta f ON f.pedido_id = h.pedido_id AND f.falta = h.falta
    WHERE (h.pedido_id IS NULL OR f.pedido_id IS NULL)
      AND NOT (f.falta IS NOT DISTINCT FROM 'cancelada' AND EXISTS (
          SELECT FROM comercio_pedido_cancelacion c WHERE c.pedido_id = f.pedido_id))
      AND NOT (f.falta IS NOT DISTINCT FROM 'tarde' AND EXISTS (
          SELECT FROM comercio_paquete q JOIN comercio_pedido p ON p.id = q.pedido_id
          WHERE q.pedido_id = f.pedido_id AND q.despachado_en > p.despachar_hasta))
    ORDER BY 1, 2 LIMIT :limite
    """
)


@comprueba("reputacion")
def verificar_reputacion(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    faltas = [
        f"la reputación de la unidad {id} no es la que sale de sus pedidos"
        for (id,) in conexion.execute(_CUENTAS, limite)
    ]
    faltas += [
        f"el pedido {id} y lo que cuenta en su contra ({falta}) no dicen lo mismo"
        for id, falta in conexion.execute(_FALTAS, limite)
    ]
    return faltas[:FALTAS_MAXIMO]
