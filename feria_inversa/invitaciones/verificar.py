"""`qhatu verify`: nobody is told of what is not public, nor of its own, nor of too many in a day."""

from sqlalchemy import text
from sqlmodel import Session

from feria_inversa.invitaciones.consultas import AL_DIA
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_INDEBIDAS = text(
    "SELECT DISTINCT c.id FROM feria_invitacion i JOIN feria_convocatoria c ON c.id = i.convocatoria_id"
    " WHERE i.unidad_id = c.unidad_id OR c.publicado_en IS NULL OR c.publicado_en > i.invitada_en"
    " ORDER BY 1 LIMIT :limite"
)
_DE_MAS = text(
    "SELECT DISTINCT unidad_id FROM (SELECT unidad_id, count(*) OVER (PARTITION BY unidad_id ORDER BY"
    "   invitada_en RANGE BETWEEN interval '86399.999999 s' PRECEDING AND CURRENT ROW) AS dichas"
    "   FROM feria_invitacion) d WHERE dichas > :al_dia ORDER BY 1 LIMIT :limite"
)


@comprueba("invitaciones")
def verificar_invitaciones(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), FALTAS_MAXIMO
    faltas = [
        f"de la convocatoria {id} se avisó a su propia entidad, o antes de publicarla"
        for (id,) in conexion.execute(_INDEBIDAS, {"limite": limite})
    ]
    faltas += [
        f"a la unidad {id} se avisó de más de {AL_DIA} convocatorias en un día"
        for (id,) in conexion.execute(_DE_MAS, {"limite": limite, "al_dia": AL_DIA})
    ]
    return faltas[:FALTAS_MAXIMO]
