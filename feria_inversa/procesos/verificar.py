"""`qhatu verify`: each CUCE is of an executing unit of its entity, and the country's serial is above it."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_AJENOS = text(
    "SELECT c.cuce FROM feria_convocatoria c WHERE c.cuce IS NOT NULL AND NOT EXISTS ("
    " SELECT FROM feria_ejecutora e WHERE e.unidad_id = c.unidad_id"
    " AND e.codigo = split_part(c.cuce, '-', 2) AND e.ejecutora = split_part(c.cuce, '-', 3))"
    " ORDER BY 1 LIMIT :limite"
)
_DE_MAS = text(
    "SELECT c.cuce FROM feria_convocatoria c WHERE split_part(c.cuce, '-', 4)::bigint > ("
    " SELECT ultimo FROM feria_serie WHERE ambito = 'cuce') ORDER BY 1 LIMIT :limite"
)


@comprueba("codigos de la feria")
def verificar_codigos(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    faltas = [f"{cuce} no es de una unidad ejecutora suya" for (cuce,) in conexion.execute(_AJENOS, limite)]
    faltas += [f"la serie nacional no llegó a {cuce}" for (cuce,) in conexion.execute(_DE_MAS, limite)]
    return faltas[:FALTAS_MAXIMO]
