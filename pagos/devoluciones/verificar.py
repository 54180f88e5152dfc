"""`qhatu verify`: what refunds claim, checked against the ledger."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

_DEVOLUCIONES = text(
    """
    SELECT d.transferencia_id FROM pagos_devuelto d
    WHERE d.devuelto <> (SELECT coalesce(sum(x.monto), 0) FROM pagos_devolucion x
                         WHERE x.transferencia_id = d.transferencia_id)
       OR d.devuelto <> (SELECT coalesce(sum(t.monto), 0) FROM pagos_transferencia t
                         WHERE t.referencia = d.transferencia_id AND t.codigo = 100 AND t.tipo = 1)
    ORDER BY 1 LIMIT :limite
    """
)

FALTAS_MAXIMO = 50


@comprueba("devoluciones")
def verificar_devoluciones(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    return [
        f"lo devuelto del pago {id} no es la suma de sus devoluciones en el libro"
        for (id,) in sesion.connection().execute(_DEVOLUCIONES, {"limite": FALTAS_MAXIMO})
    ]
