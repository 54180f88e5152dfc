"""Which saved searches a new object answers: one statement, whatever their number."""

from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from alertas.emparejadores import TODO, Objeto, emparejador_de

# By the index of what each search hangs on; the rest is looked at only in those. A daily one waits for the
# next seven in the morning of La Paz.
_EMPAREJAR = text(
    """
    INSERT INTO alertas_coincidencia (alerta_id, objeto_id, hallada_en, enviar_en)
    SELECT a.id, :objeto_id, m.ahora, CASE a.frecuencia WHEN 'diaria' THEN m.manana ELSE m.ahora END
    FROM alertas_alerta a, (
        SELECT ahora, (date_trunc('day', (ahora AT TIME ZONE 'America/La_Paz') - interval '7 hours')
                       + interval '1 day 7 hours') AT TIME ZONE 'America/La_Paz' AS manana
        FROM nucleo_ahora() AS ahora
    ) m
    WHERE a.emparejador = :emparejador AND a.ancla = ANY (CAST(:terminos AS text[])) AND a.baja_en IS NULL
        AND a.terminos <@ CAST(:terminos AS text[])
        AND (a.desde IS NULL OR a.desde <= CAST(:valor AS bigint))
        AND (a.hasta IS NULL OR a.hasta >= CAST(:valor AS bigint))
    ON CONFLICT (alerta_id, objeto_id) DO NOTHING
    """
)


def emparejar(sesion: Session, emparejador: str, objeto_id: UUID, objeto: Objeto) -> int:
    """Note the object for every alert that it answers and has not been told of it; returns how many.

    Called by the room that has the object, when its event is delivered. Telling is a later step.
    """
    emparejador_de(emparejador)
    terminos = sorted({*objeto.terminos, TODO})
    parametros = {
        "emparejador": emparejador,
        "objeto_id": objeto_id,
        "terminos": terminos,
        "valor": objeto.valor,
    }
    return int(sesion.connection().execute(_EMPAREJAR, parametros).rowcount)
