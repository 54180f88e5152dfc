"""What time alone does to messages of operators. It may run twice at once."""

from sqlalchemy import func
from sqlmodel import col, select

from envios.integraciones.modelos import MensajeDeOperador
from envios.integraciones.resolver_mensajes import aplazar, revisar_mensaje
from nucleo.bd import transaccion
from nucleo.tareas import cada_uno, periodica

LOTE = 200


@periodica("envios.revisar_mensajes", cada=60)
def revisar_mensajes() -> int:
    """Those whose next try has come, and those that nobody resolved in their term."""
    with transaccion() as sesion:
        consulta = (
            select(MensajeDeOperador.id)
            .where(col(MensajeDeOperador.revisar_en) <= func.nucleo_ahora())
            .order_by(col(MensajeDeOperador.revisar_en))
            .limit(LOTE)
        )
        vencidos = list(sesion.exec(consulta))
    return cada_uno(vencidos, revisar_mensaje, si_falla=aplazar)
