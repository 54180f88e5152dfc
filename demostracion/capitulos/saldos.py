"""Demonstration wallets: fictitious money, and a month-old history of payments between people."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from sqlmodel import Session

from demostracion.elenco import actor, billetera, caja, ya_ingreso
from demostracion.personas import PERSONAS
from demostracion.relato import Epoca, Paso, capitulo
from nucleo.actor import Actor
from nucleo.dinero import bs
from nucleo.ids import id_demo
from pagos import (
    Codigo,
    SolicitudTransferencia,
    TipoCuenta,
    cuenta_de_sistema,
    exigir_transferencia,
)

RECARGA = "1500.00"
PRESUPUESTO = "200000.00"
ENTIDADES = ("alcaldia", "gobernacion")
# days ago, who pays, who receives, amount
ENVIOS = (
    (29, "ana", "luis", "35.50"),
    (28, "luis", "ana", "12.00"),
    (28, "ana", "tejidos", "180.00"),
    (27, "regulador", "ana", "64.90"),
    (27, "correos", "luis", "20.00"),
    (26, "ana", "luis", "7.50"),
    (26, "luis", "quinua", "95.00"),
)


@capitulo("pagos")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    """Money for the demonstration people and entities, and some payments among them."""
    hoy = epoca.hoy
    yield Paso(hoy - timedelta(days=30), "recargas", _recargar_todas)
    for numero, (dias, de, a, monto) in enumerate(ENVIOS):
        cuando = hoy - timedelta(days=dias, hours=2 * numero)
        yield Paso(cuando, f"envío {numero}", partial(_enviar, numero=numero, de=de, a=a, monto=monto))


def _recargar_todas(sesion: Session) -> None:
    for clave in PERSONAS:
        _recargar(sesion, clave)
    for clave in ENTIDADES:
        _presupuesto(sesion, clave)


def _recargar(sesion: Session, clave: str) -> None:
    if not ya_ingreso(sesion, clave):
        return
    _mover(
        sesion,
        f"recarga:{clave}",
        cuenta_de_sistema(sesion, TipoCuenta.PASARELA),
        billetera(sesion, clave),
        RECARGA,
        Codigo.RECARGA,
        actor(sesion, clave),
    )


def _presupuesto(sesion: Session, clave: str) -> None:
    _mover(
        sesion,
        f"presupuesto:{clave}",
        cuenta_de_sistema(sesion, TipoCuenta.AJUSTE),
        caja(sesion, clave),
        PRESUPUESTO,
        Codigo.AJUSTE,
        Actor.sistema("demostracion"),
    )


def _enviar(sesion: Session, numero: int, de: str, a: str, monto: str) -> None:
    _mover(
        sesion,
        f"envio:{numero}",
        billetera(sesion, de),
        billetera(sesion, a),
        monto,
        Codigo.ENVIO,
        actor(sesion, de),
    )


def _mover(
    sesion: Session, nombre: str, debito: int, credito: int, monto: str, codigo: Codigo, quien: Actor
) -> None:
    solicitud = SolicitudTransferencia(
        id=id_demo(nombre), debito=debito, credito=credito, monto=bs(monto), codigo=codigo
    )
    exigir_transferencia(sesion, solicitud, quien)
