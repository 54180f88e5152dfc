"""`qhatu verify`: a process is suspended by the appeals that wait, and by nothing else."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_SUSPENDIDOS = text(
    "SELECT c.cuce FROM feria_convocatoria c WHERE (c.estado = 'impugnado') <> EXISTS ("
    " SELECT FROM feria_impugnacion i WHERE i.convocatoria_id = c.id AND i.estado = 'presentada')"
    " ORDER BY 1 LIMIT :limite"
)


@comprueba("impugnaciones")
def verificar_impugnaciones(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    filas = sesion.connection().execute(_SUSPENDIDOS, {"limite": FALTAS_MAXIMO})
    return [f"{cuce} y sus impugnaciones no dicen lo mismo" for (cuce,) in filas]
