"""`qhatu verify`: each file of history counts the lines that there are of it, and each is where it says."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

_AJENAS = text(
    """
    WITH hay AS (
        SELECT archivo_id, count(*) AS hechos FROM (
            SELECT archivo_id FROM feria_historia_proceso UNION ALL SELECT archivo_id FROM feria_historia_item
            UNION ALL SELECT archivo_id FROM feria_historia_adjudicado
        ) d GROUP BY archivo_id
    ), dichas AS (
        SELECT archivo_id, count(*) FILTER (WHERE que = 'repetido') AS repetidos,
            count(*) FILTER (WHERE que = 'ilegible') AS ilegibles,
            count(DISTINCT linea) FILTER (WHERE que = 'aviso') AS avisos
        FROM feria_historia_linea GROUP BY archivo_id
    )
    SELECT a.nombre FROM feria_historia_archivo a
    LEFT JOIN hay ON hay.archivo_id = a.id LEFT JOIN dichas ON dichas.archivo_id = a.id
    WHERE (a.hechos, a.repetidos, a.ilegibles, a.avisos)
        <> (coalesce(hay.hechos, 0), coalesce(dichas.repetidos, 0), coalesce(dichas.ilegibles, 0),
            coalesce(dichas.avisos, 0))
    ORDER BY a.id LIMIT 50
    """
)


@comprueba("historia de compras")
def verificar_historia(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    return [
        f"el archivo «{nombre}» no cuenta las líneas que hay de él"
        for nombre in sesion.connection().execute(_AJENAS).scalars()
    ]
