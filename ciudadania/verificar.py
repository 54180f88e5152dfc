"""`qhatu verify`: that what is read has its proof, and that each proof is of who could read."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

# Proofs of before they named their mandates are not judged by them.
_FALTAS = text(
    """
    WITH falta AS (
        SELECT 'la notificación figura leída y no tiene esa constancia' AS que, n.id
        FROM ciudadania_notificacion n WHERE n.leido_en IS NOT NULL AND NOT EXISTS (
            SELECT FROM ciudadania_lectura l WHERE l.notificacion_id = n.id AND l.leido_en = n.leido_en)
        UNION ALL
        SELECT 'la notificación tiene constancia y figura sin leer', n.id
        FROM ciudadania_notificacion n WHERE n.leido_en IS NULL AND EXISTS (
            SELECT FROM ciudadania_lectura l WHERE l.notificacion_id = n.id)
        UNION ALL
        SELECT 'la constancia es de quien no podía leer', l.id
        FROM ciudadania_lectura l JOIN ciudadania_notificacion n ON n.id = l.notificacion_id
        WHERE n.persona_id <> l.persona_id OR (n.persona_id IS NULL AND l.mandatos <> '{}'
            AND NOT registro_lee_buzon(n.unidad_id, l.persona_id, l.mandatos, l.leido_en))
    )
    SELECT que, id FROM falta ORDER BY que, id LIMIT 60
    """
)


@comprueba("buzon")
def verificar_buzon(sesion: Session) -> list[str]:
    """A line for each thing that is not as it must be; none is well."""
    return [f"{que}: {id}" for que, id in sesion.connection().execute(_FALTAS)]
