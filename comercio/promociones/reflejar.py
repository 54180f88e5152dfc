"""Lists filter and order by what products cost with a promotion, from when it begins until it ends: a sweep
writes it when the clock, or its seller, says so. In parts, each a transaction: nobody who buys waits long.
"""

from uuid import UUID

from sqlalchemy import func, or_, text, update
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from comercio.promociones.estados import EstadoPromocion
from comercio.promociones.modelos import Promocion
from nucleo.bd import transaccion

PARTE = 200
VALE = func.comercio_promocion_vale(Promocion.estado, Promocion.desde, Promocion.hasta)
_REFLEJAR = text("SELECT comercio_promocion_reflejar(:cual, CAST(:tras AS uuid), :tope)")


def por_reflejar() -> SelectOfScalar[UUID]:
    """Those whose products do not say what is so."""
    pueden = or_(
        col(Promocion.estado) != EstadoPromocion.TERMINADA, col(Promocion.reflejada).is_distinct_from(False)
    )
    return (
        select(Promocion.id)
        .where(pueden, col(Promocion.reflejada).is_distinct_from(VALE))
        .order_by(col(Promocion.id))
    )


def reflejar(promocion_id: UUID) -> bool:
    """Write its products, in order of id as every lock of them; False if meanwhile it began, stopped or ended
    again, and the next sweep writes them once more."""
    with transaccion() as sesion:
        vale = sesion.execute(sql_select(VALE).where(col(Promocion.id) == promocion_id)).scalar_one()
        _poner(sesion, promocion_id, None)
    tras: UUID | None = None
    while True:
        with transaccion() as sesion:
            datos = {"cual": promocion_id, "tras": tras, "tope": PARTE}
            tras = sesion.connection().execute(_REFLEJAR, datos).scalar_one()
        if tras is None:
            break
    with transaccion() as sesion:
        return _poner(sesion, promocion_id, vale)


def _poner(sesion: Session, promocion_id: UUID, reflejada: bool | None) -> bool:
    """Note what its products say, if it is so."""
    cambio = update(Promocion).where(col(Promocion.id) == promocion_id)
    if reflejada is not None:
        cambio = cambio.where(VALE.is_(reflejada), col(Promocion.reflejada).is_(None))
    return bool(sesion.connection().execute(cambio.values(reflejada=reflejada)).rowcount)
