"""`qhatu verify`: what is said of promotions and coupons is what their charges and uses say."""

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_USADOS = text(
    """
    SELECT c.codigo, c.id, c.usados, coalesce(u.n, 0) AS hay
    FROM comercio_cupon c LEFT JOIN (
        SELECT cupon_id, count(*) AS n FROM comercio_cupon_uso WHERE devuelto_en IS NULL GROUP BY 1) u
        ON u.cupon_id = c.id
    WHERE c.usados <> coalesce(u.n, 0) ORDER BY c.id LIMIT :limite
    """
)
# What a coupon took off a purchase is in its charges; it is given back when all that it was used for was
# cancelled or not paid, and only then.
_USOS = text(
    """
    SELECT u.compra_id, u.descuento <> coalesce(g.monto, 0) AS no_cuadra
    FROM comercio_cupon_uso u JOIN comercio_cupon c ON c.id = u.cupon_id
    LEFT JOIN LATERAL (
        SELECT bool_and(o.estado IN ('cancelado', 'no_pagado')) AS nada, -sum(x.monto) AS monto
        FROM comercio_pedido o
        LEFT JOIN comercio_pedido_cargo x ON x.pedido_id = o.id AND x.cupon_id = u.cupon_id
        WHERE o.compra_id = u.compra_id AND o.vendedor_id = c.vendedor_id) g ON true
    WHERE u.descuento <> coalesce(g.monto, 0) OR (u.devuelto_en IS NOT NULL) IS DISTINCT FROM g.nada
    ORDER BY u.compra_id LIMIT :limite
    """
)
# In force is what says that it is and has not ended: its last stretch says the same.
_TRAMOS = text(
    """
    SELECT p.id FROM comercio_promocion p
    LEFT JOIN LATERAL (SELECT hasta FROM comercio_promocion_tramo t WHERE t.promocion_id = p.id
                       ORDER BY t.id DESC LIMIT 1) t ON true
    WHERE CASE WHEN p.estado = 'activa' THEN t.hasta IS DISTINCT FROM p.hasta
               ELSE t.hasta > greatest(nucleo_ahora(), p.desde) END
    ORDER BY p.id LIMIT :limite
    """
)


@comprueba("promociones")
def promociones(sesion: Session) -> list[str]:
    """Coupons were used as often as they say, and took off what was charged; promotions were in force when
    their stretches say."""
    return list(islice(_faltas(sesion), FALTAS_MAXIMO))


def _faltas(sesion: Session) -> Iterator[str]:
    conexion = sesion.connection()
    for codigo, id_, usados, hay in conexion.execute(_USADOS, {"limite": FALTAS_MAXIMO}):
        yield f"cupón {codigo} ({id_}): dice {usados} usos y hay {hay}"
    for compra_id, no_cuadra in conexion.execute(_USOS, {"limite": FALTAS_MAXIMO}):
        que = "no descontó lo que dicen sus cargos" if no_cuadra else "no se devolvió cuando tocaba"
        yield f"compra {compra_id}: su cupón {que}"
    for (id_,) in conexion.execute(_TRAMOS, {"limite": FALTAS_MAXIMO}):
        yield f"promoción {id_}: su último tramo no es el que dice su estado"
