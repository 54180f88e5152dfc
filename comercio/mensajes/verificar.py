"""`qhatu verify`: a question and its answer tell the same story, and no clock that ended is standing;
messages of an order are all there, and none was written beside an open claim."""

from datetime import timedelta

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
GRACIA = timedelta(hours=6)
_RESPUESTAS = text(
    "SELECT p.id FROM comercio_pregunta p LEFT JOIN comercio_pregunta_respuesta r ON r.pregunta_id = p.id"
    " WHERE (p.estado = 'respondida') <> (r.pregunta_id IS NOT NULL) ORDER BY p.id LIMIT :limite"
)
_VENCIDAS = text(
    "SELECT id FROM comercio_pregunta WHERE estado = 'abierta' AND vence_en < nucleo_ahora() - :gracia"
    " ORDER BY id LIMIT :limite"
)


@comprueba("preguntas")
def verificar_preguntas(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    faltas = [
        f"la pregunta {id} y su respuesta no dicen lo mismo"
        for (id,) in conexion.execute(_RESPUESTAS, limite)
    ]
    con_gracia = limite | {"gracia": GRACIA}
    faltas += [
        f"la pregunta {id} sigue abierta y su plazo terminó"
        for (id,) in conexion.execute(_VENCIDAS, con_gracia)
    ]
    return faltas[:FALTAS_MAXIMO]


_HILOS = text(
    "SELECT h.pedido_id FROM comercio_hilo h FULL JOIN"
    " (SELECT pedido_id, count(*) AS n, max(numero) AS ultimo,"
    "         coalesce(max(numero) FILTER (WHERE lado = 'comprador'), 0) AS comprador,"
    "         coalesce(max(numero) FILTER (WHERE lado = 'vendedor'), 0) AS vendedor"
    "  FROM comercio_mensaje GROUP BY 1) m ON m.pedido_id = h.pedido_id"
    " WHERE (h.numero, h.numero, h.ultimo_comprador, h.ultimo_vendedor)"
    "   IS DISTINCT FROM (m.n::int, m.ultimo, m.comprador, m.vendedor) ORDER BY 1 LIMIT :limite"
)
_EN_RECLAMO = text(
    "SELECT m.id FROM comercio_mensaje m JOIN comercio_reclamo r ON r.pedido_id = m.pedido_id"
    " WHERE m.escrito_en > r.abierto_en AND m.escrito_en < coalesce(r.terminado_en, 'infinity')"
    " ORDER BY 1 LIMIT :limite"
)


@comprueba("mensajes de pedidos")
def verificar_mensajes(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    faltas = [f"a los mensajes del pedido {id} les falta uno" for (id,) in conexion.execute(_HILOS, limite)]
    faltas += [
        f"el mensaje {id} se escribió con un reclamo abierto"
        for (id,) in conexion.execute(_EN_RECLAMO, limite)
    ]
    return faltas[:FALTAS_MAXIMO]
