"""What people, or time, do with messages that could not be recorded."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import (
    CON_LO_SUYO,
    Habilitacion,
    SinHabilitacion,
    exigir_habilitacion,
)
from envios.eventos import CodigoIncorrecto
from envios.integraciones.bloqueos import bloquear_mensaje
from envios.integraciones.errores import ClaveEquivocada, MensajeTerminado
from envios.integraciones.estados import PENDIENTES, VIDA_MENSAJE, EstadoMensaje
from envios.integraciones.modelos import MensajeDeOperador
from envios.integraciones.recibir_mensajes import espera, juzgar, negar, sin_clave
from envios.operadores import exigir_despacho
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

_SISTEMA = Autorizacion.propia(Actor.sistema("mensajes de operadores"))


def _suyo(sesion: Session, actor: Actor, mensaje_id: UUID) -> tuple[Autorizacion, MensajeDeOperador]:
    """A message that waits, locked, for whoever dispatches for its operator.

    Raises `MensajeNoEncontrado`, `SinFacultad`, `MensajeTerminado`.
    """
    fila = bloquear_mensaje(sesion, mensaje_id)
    autorizacion = exigir_despacho(sesion, actor, fila.operador_unidad_id)
    if fila.estado not in PENDIENTES:
        raise MensajeTerminado()
    return autorizacion, fila


def probar_de_nuevo(sesion: Session, actor: Actor, mensaje_id: UUID) -> MensajeDeOperador:
    """Record it now, for whoever mended what was wrong.

    Raises what `_suyo` raises, and `ClaveEquivocada`: the same code would use up another try of theirs.
    """
    autorizacion, fila = _suyo(sesion, actor, mensaje_id)
    if fila.error_codigo == CodigoIncorrecto.codigo:
        raise ClaveEquivocada(_("Envíe otro mensaje con el código correcto y descarte este."))
    juzgar(sesion, autorizacion, [fila])
    auditar(sesion, autorizacion, "mensaje.probar", "envios_mensaje", fila.id, {"estado": fila.estado})
    return fila


def descartar(sesion: Session, actor: Actor, mensaje_id: UUID) -> MensajeDeOperador:
    """Let it go: it says nothing of any item. Raises what `_suyo` raises."""
    autorizacion, fila = _suyo(sesion, actor, mensaje_id)
    _descartar(sesion, autorizacion, fila)
    return fila


def _descartar(sesion: Session, autorizacion: Autorizacion, fila: MensajeDeOperador) -> None:
    fila.revisar_en, fila.terminado_en = None, ahora_bd(sesion)
    fila.terminado_por, fila.contenido = autorizacion.actor.clave, sin_clave(fila.contenido)
    VIDA_MENSAJE.pasar(fila, EstadoMensaje.DESCARTADO)
    sesion.flush()
    auditar(
        sesion, autorizacion, "mensaje.descartar", "envios_mensaje", fila.id, {"error": fila.error_codigo}
    )


def revisar_mensaje(sesion: Session, mensaje_id: UUID) -> bool:
    """Time does its part: one that waits is tried again, one that nobody resolved ends. False: not due."""
    fila = bloquear_mensaje(sesion, mensaje_id)
    if fila.revisar_en is None or fila.revisar_en > ahora_bd(sesion):
        return False
    if fila.estado is EstadoMensaje.RECHAZADO:
        _descartar(sesion, _SISTEMA, fila)
        return True
    try:
        exigir_habilitacion(
            sesion, fila.operador_unidad_id, Habilitacion.OPERADOR_POSTAL, estados=CON_LO_SUYO
        )
    except SinHabilitacion as error:
        negar(sesion, fila, error)
        return True
    juzgar(sesion, _SISTEMA, [fila])
    return True


def aplazar(sesion: Session, mensaje_id: UUID) -> None:
    """What broke at it is ours, not its: it is tried again as any other, and does not stop the rest."""
    fila = bloquear_mensaje(sesion, mensaje_id)
    if fila.estado in PENDIENTES:
        fila.intentos += 1
        fila.revisar_en = ahora_bd(sesion) + espera(fila.intentos)
