"""The sweeps of purchases that a card pays: they ask what is due, and may run twice at once."""

from sqlalchemy import func
from sqlmodel import col, select

from comercio.por_pagar.modelos import PorPagar, PruebaAlBanco
from comercio.por_pagar.responder import mandar_lo_dicho
from comercio.por_pagar.seguir import revisar
from nucleo.bd import transaccion
from nucleo.tareas import cada_uno, pendientes, periodica
from pagos.tarjetas import recuperado_sin_repartir, tarjetas_disponibles


@periodica("comercio.revisar_por_pagar", cada=15)
def revisar_por_pagar() -> int:
    """Let go what was not paid in its time, give back what must, close what is over: how many."""
    vencidas = (
        select(PorPagar.compra_id)
        .where(col(PorPagar.revisar_en) <= func.nucleo_ahora())
        .order_by(col(PorPagar.revisar_en), col(PorPagar.compra_id))
    )
    return cada_uno(pendientes(vencidas), revisar)


@periodica("comercio.repartir_lo_del_banco", cada=3600)
def repartir_lo_del_banco() -> int:
    """What banks gave back of purchases waits for orders that went on; share that of those that ended: of how
    many purchases."""
    with transaccion() as sesion:
        suyas = {r.intento_id for r in recuperado_sin_repartir(sesion)}
        consulta = select(PorPagar.compra_id).where(col(PorPagar.compra_id).in_(suyas))
        compras = sesion.exec(consulta.order_by(col(PorPagar.compra_id))).all() if suyas else []
    return cada_uno(compras, revisar)


@periodica("comercio.responder_al_banco", cada=30)
def responder_al_banco() -> int:
    """Answer banks with what those who sold said, when all did or their term came: how many rows."""
    if not tarjetas_disponibles():
        return 0
    vencidas = (
        select(PruebaAlBanco.id)
        .where(col(PruebaAlBanco.enviar_en) <= func.nucleo_ahora())
        .order_by(col(PruebaAlBanco.enviar_en), col(PruebaAlBanco.id))
    )
    return cada_uno(pendientes(vencidas), mandar_lo_dicho)
