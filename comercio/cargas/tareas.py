"""Periodic work of files of products. It asks the database what is due and may run twice at once."""

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import col, select

from comercio.cargas.cargar import avanzar, vencer
from comercio.cargas.estados import EstadoCarga
from comercio.cargas.modelos import Carga
from nucleo.tareas import cada_uno, pendientes, periodica

PRODUCTOS_DE_UNA_VEZ = 200


@periodica("comercio.cargar_productos", cada=5)
def cargar_productos() -> int:
    """A product of each file under way, by turns, so that a long one keeps no other waiting; how many.

    Those of one seller go in the order in which they were confirmed: the last one says what stays.
    """
    en_marcha = select(Carga.id).where(Carga.estado == EstadoCarga.EN_MARCHA)
    primeras = en_marcha.ext(distinct_on(col(Carga.vendedor_id))).order_by(
        col(Carga.vendedor_id), col(Carga.confirmada_en), col(Carga.id)
    )
    consulta = select(Carga.id).where(col(Carga.id).in_(primeras)).order_by(col(Carga.confirmada_en))
    hechos = 0
    for _vez in range(PRODUCTOS_DE_UNA_VEZ):
        turno = cada_uno(pendientes(consulta), avanzar)
        if not turno:
            break
        hechos += turno
    return hechos


@periodica("comercio.vencer_cargas", cada=3600)
def vencer_cargas() -> int:
    vencidas = select(Carga.id).where(
        Carga.estado == EstadoCarga.REVISADA, col(Carga.vence_en) <= func.nucleo_ahora()
    )
    return cada_uno(pendientes(vencidas.order_by(col(Carga.vence_en), col(Carga.id))), vencer)
