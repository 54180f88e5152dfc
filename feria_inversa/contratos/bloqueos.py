"""Row locks of an order, in one place. Order: its call (`procesos.bloqueos`), then the order."""

from uuid import UUID

from sqlmodel import Session, select

from feria_inversa.contratos.errores import OrdenNoEncontrada
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.procesos import bloquear
from feria_inversa.procesos.modelos import Convocatoria


def bloquear_orden(sesion: Session, orden_id: UUID) -> tuple[Convocatoria, OrdenDeCompra]:
    """The order and its call, alone: to change the state of either. Read any clock after this returns."""
    vista = sesion.get(OrdenDeCompra, orden_id)
    if vista is None:
        raise OrdenNoEncontrada
    convocatoria = bloquear(sesion, vista.convocatoria_id)
    consulta = select(OrdenDeCompra).where(OrdenDeCompra.id == orden_id).with_for_update()
    return convocatoria, sesion.exec(consulta, execution_options={"populate_existing": True}).one()
