"""The lock of a purchase: first of all, then its certificate, then comercio's and the ledger's."""

from uuid import UUID

from sqlmodel import Session, col, select

from feria_inversa.compra_de_catalogo.errores import CompraNoEncontrada
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from nucleo.bloqueos import cerrojo


def bloquear_lo_mismo(sesion: Session, id: UUID) -> None:
    """The same one sent twice, with the id that its sender chose, comes one after the other."""
    cerrojo(sesion, f"feria.compra_de_catalogo:{id}")


def bloquear_compra(sesion: Session, compra_id: UUID) -> CompraDeCatalogo:
    """Locked and fresh. Raises `CompraNoEncontrada`."""
    fila = sesion.get(
        CompraDeCatalogo, compra_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if fila is None:
        raise CompraNoEncontrada
    return fila


def bloquear_por_pedido(sesion: Session, pedido_id: UUID) -> CompraDeCatalogo | None:
    """The purchase whose order it is, locked and fresh; none of another order."""
    consulta = select(CompraDeCatalogo).where(col(CompraDeCatalogo.pedido_id) == pedido_id)
    return sesion.exec(
        consulta.with_for_update(key_share=True), execution_options={"populate_existing": True}
    ).one_or_none()
