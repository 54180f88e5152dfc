"""Demonstration data: a card top-up that went well, one that the bank refused, and an unfinished one."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from sqlmodel import Session

from demostracion.elenco import actor
from demostracion.relato import Epoca, Paso, capitulo
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import id_demo
from pagos.tarjetas import avanzar, recargar, usa_simulacion

RECARGAS = (
    ("buena", "150.00", "pm_card_visa"),
    ("sin_fondos", "80.00", "pm_card_visa_chargeDeclinedInsufficientFunds"),
)


@capitulo("pagos.pasarela")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    """Ana topped up by card. Each payment in its own transactions: the gateway is asked outside any."""
    if usa_simulacion():
        for numero, (nombre, monto, metodo) in enumerate(RECARGAS):
            cuando = epoca.hoy - timedelta(days=6 - 2 * numero)
            yield Paso(cuando, nombre, partial(_recargar, nombre=nombre, monto=monto, metodo=metodo))


def _recargar(sesion: Session, nombre: str, monto: str, metodo: str) -> None:
    ana = actor(sesion, "ana")
    sesion.commit()
    intento_id = id_demo(f"pago_con_tarjeta:{nombre}")
    with transaccion() as propia:
        por_enviar = recargar(propia, ana, id=intento_id, monto=bs(monto), metodo=metodo)
    if por_enviar:
        avanzar(intento_id)
