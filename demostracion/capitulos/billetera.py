"""Demonstration data of wallets: aliases to be paid under, and a request for money waiting for Ana."""

from sqlmodel import Session

from ciudadania import actor_de_persona, obtener_persona
from nucleo.dinero import bs
from nucleo.ids import id_demo
from pagos import cuenta_de_persona
from pagos.billetera import alias_de, elegir_alias, pedir_dinero

ALIAS = {"ana": "ana.prueba", "luis": "luis.prueba", "tejidos": "teodora.illimani"}
SOLICITUD = id_demo("solicitud:luis-ana")


def sembrar(sesion: Session) -> None:
    """Idempotent."""
    if alias_de(sesion, id_demo("persona:ana")) is not None:
        return
    actores = {
        clave: actor_de_persona(obtener_persona(sesion, id_demo(f"persona:{clave}"))) for clave in ALIAS
    }
    for clave, alias in ALIAS.items():
        elegir_alias(sesion, actores[clave], alias)
    pedir_dinero(
        sesion,
        actores["luis"],
        id=SOLICITUD,
        cuenta_id=cuenta_de_persona(sesion, id_demo("persona:luis")),
        pagador_id=id_demo("persona:ana"),
        monto=bs("18.50"),
        motivo="Su parte del almuerzo (demostración)",
    )
