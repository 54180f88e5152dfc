"""`qhatu verify`: each act done was signed, by the hash of what it says, by as many people as it needed."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

_SIN_FIRMAS = text(
    """
    SELECT a.id, count(f.persona_id), a.firmas_requeridas
    FROM registro_acto a
    LEFT JOIN registro_acto_firma f
        ON f.acto_id = a.id AND f.firmado_en <= a.resuelto_en AND f.huella = a.huella
    WHERE a.estado = 'ejecutado' GROUP BY a.id HAVING count(f.persona_id) < a.firmas_requeridas
    """
)
_OTRO_DOCUMENTO = text("SELECT id FROM registro_acto WHERE huella <> sha256(convert_to(documento, 'UTF8'))")
_MANDATO_AJENO = text(
    """
    SELECT a.id FROM registro_acto a, unnest(a.mandatos) AS m (id)
    WHERE NOT EXISTS (SELECT FROM registro_acto_firma f
                      WHERE f.acto_id = a.id AND m.id IN (f.mandato_id, f.mandato_propio_id))
    """
)


@comprueba("registro.actos")
def verificar_actos(sesion: Session) -> list[str]:
    conexion = sesion.connection()
    fallas = [f"el acto {id} se hizo con {n} firmas de {k}" for id, n, k in conexion.execute(_SIN_FIRMAS)]
    fallas += [f"el acto {id} no dice lo que se firmó" for id in conexion.execute(_OTRO_DOCUMENTO).scalars()]
    fallas += [
        f"el acto {id} se hizo con un mandato que no lo firmó"
        for id in conexion.execute(_MANDATO_AJENO).scalars()
    ]
    return fallas
