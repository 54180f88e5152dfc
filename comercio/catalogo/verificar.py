"""`qhatu verify`: stock is the sum of its movements, and each ficha says what its variants and stock say."""

from collections.abc import Iterator
from itertools import islice
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
LOTE = 1_000

_SUMAS = text(
    """
    SELECT e.id, e.existencia, coalesce(sum(m.cantidad), 0) AS suma
    FROM comercio_existencia e LEFT JOIN comercio_movimiento_de_existencia m ON m.existencia_id = e.id
    GROUP BY e.id HAVING e.existencia <> coalesce(sum(m.cantidad), 0) ORDER BY e.id LIMIT :tope
    """
)
# What leaves a place is what another one gets, of the same variant.
_TRASLADOS = text(
    """
    SELECT m.referencia_id FROM comercio_movimiento_de_existencia m
    JOIN comercio_existencia e ON e.id = m.existencia_id
    WHERE m.motivo = 'traslado' GROUP BY m.referencia_id
    HAVING count(*) <> 2 OR sum(m.cantidad) <> 0
        OR count(DISTINCT e.variante_id) <> 1 OR count(DISTINCT e.lugar_id) <> 2
    ORDER BY m.referencia_id LIMIT :tope
    """
)
_IDS = text(
    "SELECT id FROM comercio_producto WHERE CAST(:desde AS uuid) IS NULL OR id > :desde"
    " ORDER BY id LIMIT :tope"
)
# Lists may be some seconds late in saying that a promotion began or ended.
_FICHAS = text(
    """
    SELECT p.id FROM comercio_producto p JOIN comercio_producto_resumen(CAST(:ids AS uuid[])) r
        ON r.producto_id = p.id
    WHERE p.disponible <> r.disponible
       OR (p.precio, p.precio_maximo, p.unidad_medida) <> (r.precio, r.precio_maximo, r.unidad_medida)
       OR (p.opciones <> r.opciones
           OR (p.rebajado, p.rebajado_maximo) <> (r.rebajado, r.rebajado_maximo)) AND NOT EXISTS (
           SELECT FROM comercio_promocion m WHERE m.vendedor_id = p.vendedor_id
           AND m.reflejada IS DISTINCT FROM comercio_promocion_vale(m.estado, m.desde, m.hasta))
       OR EXISTS (SELECT 1 FROM comercio_variante v WHERE v.producto_id = p.id
                  AND v.estado = CASE p.estado WHEN 'retirado' THEN 'activa'
                      WHEN 'intervenido' THEN '' ELSE 'archivada' END)
    ORDER BY p.id
    """
)

_PRECIOS = text(
    """
    SELECT v.id FROM comercio_variante v LEFT JOIN LATERAL (
        SELECT precio FROM comercio_precio_de_variante WHERE variante_id = v.id
        ORDER BY id DESC LIMIT 1) h ON true
    WHERE v.producto_id = ANY(CAST(:ids AS uuid[])) AND v.precio IS DISTINCT FROM h.precio ORDER BY v.id
    """
)


@comprueba("existencias")
def existencias(sesion: Session) -> list[str]:
    """Every row of stock and every ficha, in lots."""
    return list(islice(_faltas(sesion), FALTAS_MAXIMO))


def _faltas(sesion: Session) -> Iterator[str]:
    conexion = sesion.connection()
    for fila in conexion.execute(_SUMAS, {"tope": FALTAS_MAXIMO}):
        yield f"existencia {fila.id}: hay {fila.existencia} y sus movimientos suman {fila.suma}"
    for (traslado,) in conexion.execute(_TRASLADOS, {"tope": FALTAS_MAXIMO}):
        yield f"traslado {traslado}: lo que salió de un lugar no es lo que llegó a otro"
    ultimo: UUID | None = None
    while ids := conexion.execute(_IDS, {"desde": ultimo, "tope": LOTE}).scalars().all():
        for producto_id in conexion.execute(_FICHAS, {"ids": list(ids)}).scalars():
            yield f"producto {producto_id}: no dice lo que sus variantes y su existencia"
        for variante_id in conexion.execute(_PRECIOS, {"ids": list(ids)}).scalars():
            yield f"variante {variante_id}: su precio no es el último que se anotó"
        ultimo = ids[-1]
