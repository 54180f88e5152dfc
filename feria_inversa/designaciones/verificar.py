"""`qhatu verify`: nobody holds two roles that a confirmed rule parts, and who was left out is out."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_JUNTOS = text(
    "SELECT c.cuce, d.papel, o.papel FROM feria_designacion d"
    " JOIN feria_designacion o ON o.persona_id = d.persona_id AND o.unidad_id = d.unidad_id"
    "  AND o.convocatoria_id = d.convocatoria_id AND o.cesada_en IS NULL"
    "  AND (o.hasta IS NULL OR o.hasta > nucleo_ahora())"
    " JOIN feria_incompatibilidad i ON i.papel = d.papel AND i.con = o.papel AND i.confirmado"
    "  AND i.vigente_hasta IS NULL"
    " JOIN feria_convocatoria c ON c.id = d.convocatoria_id"
    " WHERE d.cesada_en IS NULL AND (d.hasta IS NULL OR d.hasta > nucleo_ahora())"
    " ORDER BY 1, 2, 3 LIMIT :limite"
)
_FUERA = text(
    "SELECT c.cuce FROM feria_excusa e JOIN feria_designacion d ON d.id = e.designacion_id"
    " JOIN feria_convocatoria c ON c.id = d.convocatoria_id"
    " WHERE e.estado = 'aceptada' AND d.cesada_en IS NULL"
    " OR e.estado = 'presentada' AND d.cesada_en IS NOT NULL ORDER BY 1 LIMIT :limite"
)
_AJENOS = text(
    "SELECT c.cuce FROM feria_designacion d JOIN feria_convocatoria c ON c.id = d.convocatoria_id"
    " WHERE d.unidad_id <> c.unidad_id ORDER BY 1 LIMIT :limite"
)


@comprueba("papeles de la feria")
def verificar_papeles(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    faltas = [
        f"en {cuce} una persona es a la vez {uno} y {otro}"
        for cuce, uno, otro in conexion.execute(_JUNTOS, limite)
    ]
    faltas += [
        f"en {cuce} una excusa y su papel no dicen lo mismo" for (cuce,) in conexion.execute(_FUERA, limite)
    ]
    faltas += [f"un papel de {cuce} es de otra entidad" for (cuce,) in conexion.execute(_AJENOS, limite)]
    return faltas[:FALTAS_MAXIMO]
