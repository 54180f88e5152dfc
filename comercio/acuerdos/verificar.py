"""`qhatu verify`: what both sides of an order agreed was done."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
# An agreed term is never shortened again; of a line, at least so much was cancelled as was agreed of it.
_FALTAS = text(
    """
    SELECT p.numero, a.clase FROM comercio_acuerdo a JOIN comercio_pedido p ON p.id = a.pedido_id
    WHERE a.estado = 'aceptado' AND CASE a.clase
        WHEN 'plazo' THEN p.despachar_hasta < a.despachar_hasta
        ELSE (SELECT coalesce(sum(c.cantidad), 0) FROM comercio_pedido_cancelacion c
              WHERE c.linea_id = a.linea_id)
            < (SELECT sum(b.cantidad) FROM comercio_acuerdo b
               WHERE b.linea_id = a.linea_id AND b.estado = 'aceptado') END
    ORDER BY p.numero, a.id LIMIT :limite
    """
)


@comprueba("acuerdos")
def acuerdos(sesion: Session) -> list[str]:
    filas = sesion.connection().execute(_FALTAS, {"limite": FALTAS_MAXIMO})
    return [f"pedido {f.numero}: se acordó un cambio ({f.clase}) que no consta hecho" for f in filas]
