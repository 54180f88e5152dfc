"""`qhatu verify`: claims and the money that they hold agree, and no clock that ended is standing."""

from datetime import timedelta

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
GRACIA = timedelta(hours=6)
_VENCIDOS = text(
    "SELECT id, estado FROM comercio_reclamo WHERE vence_en < nucleo_ahora() - :gracia"
    " ORDER BY id LIMIT :limite"
)
# Held while there is one, and only then.
_DINERO = text(
    "SELECT k.pedido_id FROM comercio_custodia k"
    " LEFT JOIN comercio_reclamo r ON r.pedido_id = k.pedido_id AND r.vence_en IS NOT NULL"
    " WHERE (r.id IS NOT NULL) <> (k.estado = 'congelada')"
    "   AND NOT (r.id IS NOT NULL AND k.terminada_en > nucleo_ahora() - :gracia)"
    " ORDER BY 1 LIMIT :limite"
)
_PASOS = text(
    "SELECT r.id FROM comercio_reclamo r LEFT JOIN comercio_reclamo_paso p ON p.reclamo_id = r.id"
    " GROUP BY r.id HAVING count(p.id) < 1 OR count(p.id) <> max(p.numero) ORDER BY 1 LIMIT :limite"
)
_LINEAS = text(
    "SELECT r.id FROM comercio_reclamo r"
    " WHERE NOT EXISTS (SELECT FROM comercio_reclamo_linea l WHERE l.reclamo_id = r.id)"
    " ORDER BY 1 LIMIT :limite"
)
_POR_LINEA = text(
    "SELECT r.id FROM comercio_reclamo r"
    " LEFT JOIN (SELECT causa, sum(importe) AS n FROM comercio_pedido_devolucion GROUP BY 1) d"
    "   ON d.causa = r.id"
    " LEFT JOIN comercio_porte_devuelto t ON t.causa = r.id"
    " WHERE coalesce(d.n, 0) + coalesce(t.importe, 0) <> r.devuelto ORDER BY 1 LIMIT :limite"
)


@comprueba("reclamos de compra")
def verificar_reclamos(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    con_gracia = limite | {"gracia": GRACIA}
    faltas = [
        f"el reclamo {id} sigue {estado} y su plazo terminó"
        for id, estado in conexion.execute(_VENCIDOS, con_gracia)
    ]
    faltas += [
        f"el dinero del pedido {id} y sus reclamos no dicen lo mismo"
        for (id,) in conexion.execute(_DINERO, con_gracia)
    ]
    faltas += [f"al reclamo {id} le falta un paso" for (id,) in conexion.execute(_PASOS, limite)]
    faltas += [f"el reclamo {id} no dice de qué es" for (id,) in conexion.execute(_LINEAS, limite)]
    faltas += [
        f"lo que devolvió el reclamo {id} no es lo que se anotó de sus líneas y del envío"
        for (id,) in conexion.execute(_POR_LINEA, limite)
    ]
    return faltas[:FALTAS_MAXIMO]
