"""The sweep of what entities committed: it asks what is due, and may run twice at once."""

from sqlalchemy import func
from sqlmodel import col, or_, select

from comercio.comprometidos.pagos import revisar
from comercio.custodia import EstadoCustodia
from comercio.custodia.modelos import Compromiso, Custodia
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("comercio.revisar_compromisos", cada=300)
def revisar_compromisos() -> int:
    """Late payments to be told, or to become debts; what was paid outside and nobody says did not come."""
    ahora = func.nucleo_ahora()
    vencidos = (
        select(Compromiso.pedido_id)
        .join(Custodia, col(Custodia.pedido_id) == col(Compromiso.pedido_id))
        .where(
            or_(
                col(Compromiso.responder_hasta) <= ahora,
                col(Compromiso.recordar_en) <= ahora,
                col(Compromiso.adeudar_en) <= ahora,
                col(Compromiso.avisar_en) <= ahora,
            ),
            col(Custodia.estado) != EstadoCustodia.CONGELADA,  # of what is claimed nothing is due
        )
        .order_by(col(Compromiso.pedido_id))
    )
    return cada_uno(pendientes(vencidos), revisar)
