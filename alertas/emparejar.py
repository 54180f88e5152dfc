"""Which saved searches new objects answer: one statement, however many searches and objects there are."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from alertas.emparejadores import TODO, Objeto, emparejador_de
from nucleo.arreglos import Textos, Uuids

# By the index of what each search hangs on; the rest is looked at only in those. A daily one waits for the
# next seven in the morning of La Paz, a weekly one for that of the next Monday.
HALLAR = """
    WITH dicho AS (
        SELECT d.objeto_id, d.termino FROM unnest(CAST(:objetos AS uuid[]), CAST(:terminos AS text[]))
            AS d (objeto_id, termino)
    ), objeto AS MATERIALIZED (
        SELECT d.objeto_id, array_agg(d.termino) AS terminos FROM dicho d GROUP BY d.objeto_id
    ), numero AS (
        SELECT n.objeto_id, n.valor FROM unnest(CAST(:ids AS uuid[]), CAST(:valores AS bigint[]))
            AS n (objeto_id, valor)
    ), hora AS (
        SELECT ahora,
            (date_trunc('day', local) + interval '1 day 7 hours') AT TIME ZONE 'America/La_Paz' AS manana,
            (date_trunc('week', local) + interval '7 days 7 hours') AT TIME ZONE 'America/La_Paz' AS lunes
        FROM nucleo_ahora() AS ahora, LATERAL (
            SELECT (ahora AT TIME ZONE 'America/La_Paz') - interval '7 hours' AS local) l
    )
    SELECT a.id, d.objeto_id, h.ahora,
        CASE a.frecuencia WHEN 'diaria' THEN h.manana WHEN 'semanal' THEN h.lunes ELSE h.ahora END
    FROM hora h, dicho d
    JOIN alertas_alerta a ON a.emparejador = :emparejador AND a.ancla = d.termino AND a.baja_en IS NULL
    JOIN objeto o ON o.objeto_id = d.objeto_id
    JOIN numero n ON n.objeto_id = d.objeto_id
    WHERE a.terminos <@ o.terminos
        AND (a.desde IS NULL OR a.desde <= n.valor) AND (a.hasta IS NULL OR a.hasta >= n.valor)
"""
_EMPAREJAR = text(
    f"INSERT INTO alertas_coincidencia (alerta_id, objeto_id, hallada_en, enviar_en) {HALLAR}"
    " ON CONFLICT (alerta_id, objeto_id) DO NOTHING"
)


def emparejar(sesion: Session, emparejador: str, objeto_id: UUID, objeto: Objeto) -> int:
    """Note the object for every alert that it answers and has not been told of it; returns how many.

    Called by the room that has the object, when its event is delivered. Telling is a later step.
    """
    return emparejar_varios(sesion, emparejador, {objeto_id: objeto})


def emparejar_varios(sesion: Session, emparejador: str, objetos: Mapping[UUID, Objeto]) -> int:
    """The same of many at once, in one pass over the searches that could be theirs."""
    emparejador_de(emparejador)
    if not objetos:
        return 0
    return int(sesion.connection().execute(_EMPAREJAR, parametros(emparejador, objetos)).rowcount)


def parametros(emparejador: str, objetos: Mapping[UUID, Objeto]) -> dict[str, object]:
    dichos = [(id, termino) for id, o in objetos.items() for termino in {*o.terminos, TODO}]
    return {
        "emparejador": emparejador,
        "objetos": Uuids([id for id, _termino in dichos]),
        "terminos": Textos([termino for _id, termino in dichos]),
        "ids": Uuids(objetos),
        "valores": [o.valor for o in objetos.values()],
    }
