"""`qhatu verify`: nobody said that they received what never left, nor what was for another person."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_FALTAS = text(
    """
    SELECT p.numero FROM comercio_regalo_recibido r
    JOIN comercio_pedido p ON p.id = r.pedido_id
    JOIN comercio_regalo_para g ON g.id = r.regalo_id
    WHERE g.compra_id <> p.compra_id OR p.estado IN ('confirmado', 'pagado', 'en_preparacion')
    ORDER BY p.numero LIMIT :limite
    """
)


@comprueba("regalos")
def regalos(sesion: Session) -> list[str]:
    filas = sesion.connection().execute(_FALTAS, {"limite": FALTAS_MAXIMO})
    return [f"pedido {f.numero}: consta recibido como regalo y no salió, o era de otra compra" for f in filas]
