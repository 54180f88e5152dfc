"""Demonstration data of wallets: aliases to be paid under, and a request for money waiting for Ana."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session

from demostracion.elenco import actor, billetera, id_de_persona
from demostracion.relato import Epoca, Paso, capitulo
from nucleo.dinero import bs
from nucleo.ids import id_demo
from pagos.billetera import elegir_alias, pedir_dinero

ALIAS = {"ana": "ana.prueba", "luis": "luis.prueba", "tejidos": "teodora.illimani"}
SOLICITUD = id_demo("solicitud:luis-ana")


@capitulo("pagos.personas")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    hoy = epoca.hoy
    yield Paso(hoy - timedelta(days=25), "alias", _elegir_alias)
    yield Paso(hoy - timedelta(hours=5), "solicitud", _pedir)


def _elegir_alias(sesion: Session) -> None:
    for clave, alias in ALIAS.items():
        elegir_alias(sesion, actor(sesion, clave), alias)


def _pedir(sesion: Session) -> None:
    pedir_dinero(
        sesion,
        actor(sesion, "luis"),
        id=SOLICITUD,
        cuenta_id=billetera(sesion, "luis"),
        pagador_id=id_de_persona("ana"),
        monto=bs("18.50"),
        motivo="Su parte del almuerzo (demostración)",
    )
