"""Tell the systems of units what happened in their accounts.

Nothing is written while money moves: a periodic task reads the feed from where it left off, so a payment
costs the same whoever listens, and no change is left out or told twice.
"""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from nucleo.bd import transaccion
from nucleo.tareas import cada_uno
from nucleo.webhooks import duenios_de_tipo, encolar
from pagos.cambios.bloqueos import avisado_para_seguir
from pagos.cambios.consultas import cambios, ultimo_cambio
from pagos.cambios.esquemas import CambioVista
from pagos.cambios.modelos import CambioAvisado
from pagos.cambios.para_afuera import CUENTA_CON_CAMBIOS
from pagos.libro import cuentas_de_unidades
from pagos.notas import notas_de

MENSAJES_POR_VEZ = 20
"""Of one account; what is left waits for the next time."""


def avisar_cambios() -> int:
    """Queue what is new of every account whose unit wants to know; how many accounts had something."""
    with transaccion() as sesion:
        cuentas = [
            (c.id, c.titular_id)
            for c in cuentas_de_unidades(sesion, duenios_de_tipo(sesion, CUENTA_CON_CAMBIOS))
        ]
    return cada_uno(cuentas, _avisar_de)


def _avisar_de(sesion: Session, cuenta: tuple[int, UUID]) -> int:
    """How many messages."""
    cuenta_id, unidad_id = cuenta
    avisado = avisado_para_seguir(sesion, cuenta_id)
    if avisado is None:
        _empezar(sesion, cuenta_id)
        return 0
    mensajes = 0
    for _vez in range(MENSAJES_POR_VEZ):
        nuevos = cambios(sesion, cuenta_id, avisado.numero)
        if not nuevos:
            break
        notas = notas_de(sesion, [t.id for t in nuevos])
        vistos = [CambioVista.de_la_cuenta(t, cuenta_id, notas.get(t.id)) for t in nuevos]
        datos = {
            "cuenta": cuenta_id,
            "desde": avisado.numero,
            "hasta": nuevos[-1].numero,
            "cambios": [v.model_dump(mode="json") for v in vistos],
        }
        mensajes += encolar(sesion, unidad_id, CUENTA_CON_CAMBIOS, datos)
        avisado.numero = nuevos[-1].numero
    sesion.flush()
    return mensajes


def _empezar(sesion: Session, cuenta_id: int) -> None:
    """From now on: what happened before is in the feed."""
    fila = {"cuenta_id": cuenta_id, "numero": ultimo_cambio(sesion, cuenta_id)}
    sesion.connection().execute(insert(CambioAvisado).values(fila).on_conflict_do_nothing())
