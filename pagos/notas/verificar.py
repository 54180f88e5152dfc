"""What `qhatu verify` looks at in notes."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

_SIN_PAGO = text(
    """
    SELECT n.transferencia_id FROM pagos_nota n LEFT JOIN pagos_transferencia t ON t.id = n.transferencia_id
    WHERE t.id IS NULL OR t.tipo <> 1 OR t.codigo NOT IN (1, 4, 8)
    ORDER BY n.transferencia_id LIMIT 20
    """
)


@comprueba("notas")
def verificar_notas(sesion: Session) -> list[str]:
    """Notes of what nobody pays by hand: neither sent, nor paid at a shop, nor by a unit."""
    return [
        f"sin_pago: la nota de {id} no es de un pago de persona o unidad"
        for (id,) in sesion.connection().execute(_SIN_PAGO)
    ]
