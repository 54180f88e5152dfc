"""Checks of the whole ledger on request: a small one is checked at once, a large one by a worker."""

from datetime import timedelta

from sqlalchemy import text
from sqlmodel import Session

from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from pagos.libro import verificar_libro
from pagos.supervision.bloqueos import verificacion_pedida
from pagos.supervision.cierre import verificar_cierres
from pagos.supervision.consultas import ultima_verificacion, verificacion_en_espera
from pagos.supervision.modelos import Verificacion

AL_MOMENTO = 20_000  # transfers that can be checked while somebody waits (about 20 s a million)
CADA = timedelta(days=1)
CIERRES = 3


def pedir_verificacion(sesion: Session, quien: Autorizacion) -> Verificacion:
    """Ask for a check; one already waiting serves."""
    pedida = verificacion_en_espera(sesion)
    if pedida is None:
        persona = quien.actor.persona_id
        pedida = Verificacion(id=nuevo_id(), pedida_en=ahora_bd(sesion), pedida_por=persona)
        sesion.add(pedida)
        sesion.flush()
        auditar(sesion, quien, "verificacion.pedir", "pagos_verificacion", pedida.id)
    return pedida


def ultimo_numero(sesion: Session) -> int:
    """The number of the newest transfer, or 0."""
    consulta = text(
        "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM pagos_transferencia_numero_seq"
    )
    return int(sesion.connection().execute(consulta).scalar_one())


def hacer_verificacion(sesion: Session, verificacion: Verificacion) -> Verificacion:
    """Check the whole ledger and its newest closings, and write down what was found."""
    assert verificacion.hecha_en is None
    hasta = ultimo_numero(sesion)
    fallas = verificar_libro(sesion) + verificar_cierres(sesion, CIERRES)
    verificacion.hasta_numero = hasta
    verificacion.fallas = list(fallas)
    verificacion.hecha_en = ahora_bd(sesion)
    sesion.flush()
    return verificacion


def verificar_lo_pedido() -> int:
    """Do the oldest check that waits, if any; ask for one by ourselves once a day. How many were done."""
    with transaccion() as sesion:
        ultima = ultima_verificacion(sesion)
        if ultima is None or ultima.hecha_en is None or ahora_bd(sesion) - ultima.hecha_en > CADA:
            pedir_verificacion(sesion, Autorizacion.propia(Actor.sistema("verificación diaria")))
    with transaccion() as sesion:
        pedida = verificacion_pedida(sesion)
        if pedida is None:
            return 0
        hacer_verificacion(sesion, pedida)
        return 1
