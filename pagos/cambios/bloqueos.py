"""Row locks of the change feed: how far the webhooks came, one account at a time."""

from sqlmodel import Session, col, select

from pagos.cambios.modelos import CambioAvisado


def avisado_para_seguir(sesion: Session, cuenta_id: int) -> CambioAvisado | None:
    """None when it is new, or another worker is telling of it now."""
    consulta = select(CambioAvisado).where(col(CambioAvisado.cuenta_id) == cuenta_id)
    return sesion.exec(consulta.with_for_update(skip_locked=True)).one_or_none()
