"""What time alone does to items that wait. Each asks the database what is due and may run twice at once."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col, select

from envios.entrega.espera import antelacion, avisar_fin, devolver_por_plazo
from envios.items.modelos import Envio
from nucleo.bd import transaccion
from nucleo.reloj import ahora_bd
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("envios.devolver_por_plazo", cada=300)
def devolver_vencidos() -> int:
    """Those that nobody came for in their time, and those that were refused, go back."""
    return cada_uno(_los_que(col(Envio.espera_hasta) <= func.nucleo_ahora()), devolver_por_plazo)


@periodica("envios.avisar_fin_de_espera", cada=3600)
def avisar_fines() -> int:
    """Those whose wait ends soon, and were not told: who was told keeps nobody waiting."""
    with transaccion() as sesion:
        instante, antes = ahora_bd(sesion), antelacion(sesion)
    hasta, dicho = col(Envio.espera_hasta), col(Envio.espera_avisada_en)
    cerca = and_(hasta > instante, hasta <= instante + antes)
    return cada_uno(_los_que(cerca, or_(dicho.is_(None), dicho < hasta - antes)), avisar_fin)


def _los_que(*condiciones: ColumnElement[bool]) -> list[UUID]:
    return pendientes(select(Envio.id).where(*condiciones).order_by(col(Envio.espera_hasta)))
