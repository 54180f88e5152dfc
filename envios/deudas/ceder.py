"""What was collected at the door of an item of an order and never handed over, owed first to who paid it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from envios.deudas.bloqueos import bloquear_cobros
from envios.deudas.consultas import contra_entrega_de
from envios.deudas.estados import EstadoDeuda
from envios.deudas.modelos import Cesion
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero


@dataclass(frozen=True, slots=True)
class Cedido:
    """What of the cash collected at a door is owed to who paid it, and how much of that they got."""

    operador_unidad_id: UUID
    monto: Money
    pagado: Money

    @property
    def debe(self) -> Money:
        return self.monto - self.pagado


def bloquear_lo_cobrado(sesion: Session, envio_id: UUID) -> Money:
    """What whoever delivered an item owes of what they collected at its door, locked: nobody pays it nor
    corrects it until the transaction ends."""
    deuda = bloquear_cobros(sesion, [envio_id]).get(envio_id)
    return cero() if deuda is None or deuda.estado != EstadoDeuda.PENDIENTE else deuda.debe


def ceder(
    sesion: Session, autorizacion: Autorizacion, envio_id: UUID, *, parte_id: UUID, monto: Money
) -> None:
    """So much of what is owed of an item of an order, locked and past its date, goes first to that party."""
    debe = bloquear_lo_cobrado(sesion, envio_id)
    assert cero() < monto <= debe
    sesion.add(Cesion(envio_id=envio_id, parte_id=parte_id, monto=monto))
    sesion.flush()
    hechos = {"monto": a_centavos(monto), "parte_id": str(parte_id)}
    auditar(sesion, autorizacion, "deuda.ceder", "envios_envio", envio_id, hechos)


def lo_cedido(sesion: Session, envios: Collection[UUID]) -> dict[UUID, Cedido]:
    """By item, what of its cash was ceded; of most, nothing. Of a delivery that was declared wrong nobody
    owes it."""
    if not envios:
        return {}
    cesiones = sesion.exec(select(Cesion).where(col(Cesion.envio_id).in_(envios)))
    suyas = {c.envio_id: c.monto for c in cesiones}
    deudas = contra_entrega_de(sesion, list(suyas)) if suyas else []
    return {
        d.envio_id: Cedido(d.operador_unidad_id, suyas[d.envio_id], min(d.pagado, suyas[d.envio_id]))
        for d in deudas
    }
