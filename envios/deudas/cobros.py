"""What is collected at the door of an item of an order, and into which custody it goes."""

from collections.abc import Collection
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from envios.deudas.consultas import exigir_sin_mora
from envios.deudas.modelos import Cobro
from envios.items import envio_por_id
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero
from pagos import obtener_cuenta


def cobrar_al_entregar(
    sesion: Session, autorizacion: Autorizacion, envio_id: UUID, *, monto: Money, cuenta: int
) -> None:
    """An item, just announced, is handed over only against so much, which goes into that account of a matter
    while it waits for it, and to who sent it when it does not any more.

    Raises `OperadorEnMora`.
    """
    de_quien = obtener_cuenta(sesion, cuenta).titular_tipo
    assert monto > cero()
    assert de_quien == "asunto"
    exigir_sin_mora(sesion, envio_por_id(sesion, envio_id).operador_unidad_id)
    sesion.add(Cobro(envio_id=envio_id, monto=monto, cuenta=cuenta))
    sesion.flush()
    hechos = {"monto": a_centavos(monto)}
    auditar(sesion, autorizacion, "envio.cobrar_al_entregar", "envios_envio", envio_id, hechos)


def cobros_de(sesion: Session, envios: Collection[UUID]) -> dict[UUID, Money]:
    """By item, what is collected at its door for an order; of most, nothing."""
    if not envios:
        return {}
    filas = sesion.exec(select(Cobro).where(col(Cobro.envio_id).in_(envios)))
    return {fila.envio_id: fila.monto for fila in filas}


def espera_el_cobro(sesion: Session, envio_id: UUID) -> int | None:
    """The account of the order for which something is collected of an item, while nothing has entered it:
    what was collected goes there, and only once. Later, or after its order ended, it is of who sent it."""
    cobro = sesion.get(Cobro, envio_id)
    if cobro is None:
        return None
    cuenta = obtener_cuenta(sesion, cobro.cuenta)
    return None if cuenta.cerrada or cuenta.creditos_contabilizados > cero() else cobro.cuenta
