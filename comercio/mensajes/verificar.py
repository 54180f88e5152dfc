"""`qhatu verify`: a question and its answer tell the same story, and no clock that ended is standing."""

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
