"""The escrow through which a debt is paid: the ledger's account of its id, empty after each payment."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from envios.deudas.estados import EstadoDeuda
from envios.deudas.modelos import Deuda
from nucleo.actor import Actor, Autorizacion
from nucleo.textos import perezoso as _l
from pagos import clase_de_asunto

CLASE = "deuda_de_envio"
SISTEMA = Autorizacion.propia(Actor.sistema("deudas de operadores postales"))


@clase_de_asunto(CLASE, _l("Pago de un operador postal"))
def vivas(sesion: Session, ids: Collection[UUID]) -> Collection[UUID]:
    pendientes = col(Deuda.estado) == EstadoDeuda.PENDIENTE
    return sesion.exec(select(Deuda.id).where(col(Deuda.id).in_(ids), pendientes)).all()
