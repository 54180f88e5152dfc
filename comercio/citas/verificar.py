"""`qhatu verify`: each appointment and its service tell the same story."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
# One that is waited for is of a service that was not done, whose seller has until after it to say so; what
# came to pass is of a service that was done, or went back by a claim.
_FALTAS = text(
    """
    SELECT p.numero, c.estado AS cita, s.estado AS servicio
    FROM comercio_cita c
    JOIN comercio_pedido p ON p.id = c.pedido_id
    JOIN comercio_servicio s ON s.pedido_id = c.pedido_id
    WHERE CASE WHEN c.estado IN ('fijada', 'sin_vendedor')
               THEN s.estado <> 'agendado' OR p.despachar_hasta < c.fin
               WHEN c.estado = 'propuesta' THEN s.estado <> 'agendado'
               WHEN c.estado IN ('cumplida', 'sin_comprador') THEN s.estado = 'agendado'
               ELSE false END
    ORDER BY p.numero, c.id LIMIT :limite
    """
)


@comprueba("citas")
def citas(sesion: Session) -> list[str]:
    """Waited for while its service is; over when it is."""
    filas = sesion.connection().execute(_FALTAS, {"limite": FALTAS_MAXIMO})
    return [f"pedido {f.numero}: su cita está {f.cita} y su servicio {f.servicio}" for f in filas]
