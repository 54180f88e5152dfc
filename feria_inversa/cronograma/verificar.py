"""`qhatu verify`: the schedules of a process follow one another, and its days the publication."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_SEGUIDOS = text(
    "SELECT c.cuce FROM feria_cronograma k JOIN feria_convocatoria c ON c.id = k.convocatoria_id"
    " GROUP BY c.id HAVING count(*) <> max(k.numero) ORDER BY 1 LIMIT :limite"
)
_ANTES = text(
    "SELECT DISTINCT c.cuce FROM feria_cronograma k JOIN feria_convocatoria c ON c.id = k.convocatoria_id"
    " WHERE least(k.consultas, k.aclaracion, k.apertura)"
    "   < (c.publicado_en AT TIME ZONE 'America/La_Paz')::date ORDER BY 1 LIMIT :limite"
)


@comprueba("cronogramas")
def verificar_cronogramas(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    faltas = [f"a {cuce} le falta un cronograma" for (cuce,) in conexion.execute(_SEGUIDOS, limite)]
    faltas += [
        f"{cuce} tiene un día anterior a su publicación" for (cuce,) in conexion.execute(_ANTES, limite)
    ]
    return faltas[:FALTAS_MAXIMO]
