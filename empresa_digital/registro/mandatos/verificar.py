"""`qhatu verify mandatos`: what was used of each mandate, added up again."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

POR_CLASE = 20

_FALLAS = (
    """
    SELECT format('uso n.º %s: dice que van %s en el día y %s en el mes, y suman %s y %s',
                  numero, tomado_dia, tomado_mes, en_dia, en_mes)
    FROM (SELECT u.*, sum(monto) OVER (PARTITION BY mandato_id, dia ORDER BY numero) AS en_dia,
                 sum(monto) OVER (PARTITION BY mandato_id, date_trunc('month', dia::timestamp)
                                  ORDER BY numero) AS en_mes
          FROM registro_uso u WHERE monto > 0) s
    WHERE (tomado_dia, tomado_mes) <> (en_dia, en_mes)
    """,
    """
    SELECT format('mandato %s: del acto %s volvió más de lo que se tomó', mandato_id, acto)
    FROM registro_uso GROUP BY mandato_id, acto HAVING sum(monto) < 0
    """,
    """
    SELECT format('mandato %s: el %s se usaron %s y su límite por día es %s',
                  m.id, u.dia, sum(u.monto), m.limite_dia)
    FROM registro_uso u JOIN registro_mandato m ON m.id = u.mandato_id
    GROUP BY m.id, u.dia HAVING sum(u.monto) > m.limite_dia
    """,
    """
    SELECT format('mandato %s: en el mes de %s se usaron %s y su límite es %s',
                  m.id, min(u.dia), sum(u.monto), m.limite_mes)
    FROM registro_uso u JOIN registro_mandato m ON m.id = u.mandato_id
    GROUP BY m.id, date_trunc('month', u.dia::timestamp) HAVING sum(u.monto) > m.limite_mes
    """,
    """
    SELECT format('mandato %s: %s (mandato %s)', m.id, registro_mandato_excede(m, o), o.id)
    FROM registro_mandato m JOIN registro_mandato o ON o.id = ANY (m.otorgado_por)
    WHERE registro_mandato_excede(m, o) IS NOT NULL
    """,
    # The first of a unit is its founder's; entries of before chains do not say by which they were given.
    """
    SELECT format('mandato %s: una persona lo otorgó a otra sin decir con qué mandato', m.id)
    FROM registro_mandato m JOIN registro_asiento a ON a.unidad_id = m.unidad_id
        AND a.operacion = 'otorgar_mandato' AND a.datos ->> 'mandato' = m.id::text
    WHERE m.otorgado_por = '{}' AND a.datos ? 'otorgado_por' AND a.actor_tipo = 'persona'
      AND a.actor_id IS DISTINCT FROM m.apoderado_persona_id
    """,
)


@comprueba("mandatos")
def verificar_uso(sesion: Session) -> list[str]:
    """Uses that do not add up, or add up to more than the mandate allows, and mandates that hold more than
    those by which they were given; empty when all is sound."""
    conexion = sesion.connection()
    return [
        str(falla)
        for consulta in _FALLAS
        for falla in conexion.execute(text(f"{consulta} LIMIT {POR_CLASE}")).scalars()
    ]
