"""Demonstration data of wallets: aliases to be paid under, and a request for money waiting for Ana."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session

from ciudadania import actor_de_persona, obtener_persona
from demostracion.relato import Paso
from nucleo.actor import Actor
from nucleo.dinero import bs
from nucleo.ids import id_demo
from pagos import cuenta_de_persona
from pagos.billetera import elegir_alias, pedir_dinero

ALIAS = {"ana": "ana.prueba", "luis": "luis.prueba", "tejidos": "teodora.illimani"}
SOLICITUD = id_demo("solicitud:luis-ana")


def pasos(hoy: datetime) -> Iterator[Paso]:
    yield Paso(hoy - timedelta(days=25), "alias", _elegir_alias)
    yield Paso(hoy - timedelta(hours=5), "solicitud", _pedir)


def _elegir_alias(sesion: Session) -> None:
    for clave, alias in ALIAS.items():
        elegir_alias(sesion, _actor(sesion, clave), alias)


def _pedir(sesion: Session) -> None:
    pedir_dinero(
        sesion,
        _actor(sesion, "luis"),
        id=SOLICITUD,
        cuenta_id=cuenta_de_persona(sesion, id_demo("persona:luis")),
        pagador_id=id_demo("persona:ana"),
        monto=bs("18.50"),
        motivo="Su parte del almuerzo (demostración)",
    )


def _actor(sesion: Session, clave: str) -> Actor:
    return actor_de_persona(obtener_persona(sesion, id_demo(f"persona:{clave}")))
