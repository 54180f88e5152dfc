"""`qhatu verify`: the questions of a process are numbered without gaps, and its unit's too."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_SALTADAS = text(
    "SELECT c.cuce FROM feria_convocatoria c JOIN feria_pregunta p ON p.convocatoria_id = c.id"
    " GROUP BY c.cuce HAVING max(p.numero) <> count(*) ORDER BY 1 LIMIT :limite"
)


@comprueba("preguntas de convocatorias")
def verificar_preguntas(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    filas = sesion.connection().execute(_SALTADAS, {"limite": FALTAS_MAXIMO})
    return [f"a {cuce} le falta una pregunta" for (cuce,) in filas]
