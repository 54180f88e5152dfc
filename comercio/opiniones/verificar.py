"""`qhatu verify`: a review says what its last version says, is hidden or not as was last decided, and is of
what somebody bought and kept."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_DICE_OTRA_COSA = text(
    """
    SELECT o.id FROM comercio_opinion o
    LEFT JOIN LATERAL (SELECT numero, estrellas FROM comercio_opinion_version v WHERE v.opinion_id = o.id
                       ORDER BY numero DESC LIMIT 1) v ON true
    WHERE v.numero IS DISTINCT FROM o.version OR v.estrellas IS DISTINCT FROM o.estrellas
       OR o.version <> (SELECT count(*) FROM comercio_opinion_version x WHERE x.opinion_id = o.id)
    ORDER BY o.id LIMIT :limite
    """
)
_MAL_MODERADA = text(
    """
    SELECT o.id FROM comercio_opinion o
    LEFT JOIN LATERAL (SELECT oculta FROM comercio_opinion_moderacion m WHERE m.opinion_id = o.id
                       ORDER BY m.id DESC LIMIT 1) m ON true
    WHERE o.oculta <> coalesce(m.oculta, false) ORDER BY o.id LIMIT :limite
    """
)
_DE_NADA = text(
    """
    SELECT o.id FROM comercio_opinion o
    JOIN comercio_pedido p ON p.id = o.pedido_id JOIN comercio_pedido_linea l ON l.id = o.linea_id
    WHERE p.estado <> 'concluido' OR p.vendedor_id <> o.vendedor_id OR l.producto_id <> o.producto_id
    ORDER BY o.id LIMIT :limite
    """
)


@comprueba("opiniones")
def verificar_opiniones(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    faltas = [
        f"la opinión {id} no dice lo que su última versión"
        for (id,) in conexion.execute(_DICE_OTRA_COSA, limite)
    ]
    faltas += [
        f"la opinión {id} no está como se decidió" for (id,) in conexion.execute(_MAL_MODERADA, limite)
    ]
    faltas += [f"la opinión {id} no es de lo comprado" for (id,) in conexion.execute(_DE_NADA, limite)]
    return faltas[:FALTAS_MAXIMO]
