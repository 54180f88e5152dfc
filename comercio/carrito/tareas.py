"""Periodic work of carts."""

from datetime import timedelta

from sqlalchemy import delete, func
from sqlmodel import col

from comercio.carrito.modelos import Carrito
from nucleo.bd import transaccion
from nucleo.plazos import plazo
from nucleo.reloj import ahora_bd
from nucleo.tareas import periodica

CARRITO_ANONIMO = "comercio.carrito_anonimo"


@periodica("comercio.olvidar_carritos", cada=3600)
def olvidar_carritos() -> int:
    """Delete the carts that nobody has claimed for the term `comercio.carrito_anonimo`."""
    with transaccion() as sesion:
        dias = plazo(sesion, CARRITO_ANONIMO, ahora_bd(sesion)).valor
        viejo = col(Carrito.actualizado_en) < func.nucleo_ahora() - timedelta(days=dias)
        sentencia = delete(Carrito).where(col(Carrito.persona_id).is_(None), viejo)
        return int(sesion.connection().execute(sentencia).rowcount)
