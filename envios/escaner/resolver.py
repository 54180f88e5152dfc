"""A worker undoes a reading, or closes one that waits for them."""

from uuid import UUID

from sqlmodel import Session

from envios.escaner.bloqueos import bloquear_escaneos
from envios.escaner.consultas import por_resolver
from envios.escaner.errores import EscaneoNoEncontrado, EscaneoTerminado
from envios.escaner.estados import VIDA_ESCANEO, EstadoEscaneo
from envios.escaner.modelos import FilaDeEscaneo
from envios.escaner.recibir import evento_de
from envios.eventos import (
    Correccion,
    Fuente,
    MotivoCorreccion,
    bloquear_correcciones,
    corregir_evento,
    evento_por_id,
    registrar_autorizado,
)
from envios.items import bloquear_envios
from envios.operadores import exigir_despacho
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def _suyo(sesion: Session, actor: Actor, escaneo_id: UUID) -> tuple[Autorizacion, FilaDeEscaneo]:
    """The worker's own reading, locked as an upload locks it. Raises `EscaneoNoEncontrado`, `SinFacultad`."""
    vista = sesion.get(FilaDeEscaneo, escaneo_id)
    if vista is None or actor.persona_id is None or vista.persona_id != actor.persona_id:
        raise EscaneoNoEncontrado(_("Revise la lista: puede ser de otra persona o de otro teléfono."))
    operador = vista.operador_unidad_id
    autorizacion = exigir_despacho(sesion, actor, operador)
    bloquear_correcciones(sesion, operador, solo_lee=True)
    bloquear_envios(sesion, [vista.envio_id] if vista.envio_id else [])
    eventos = [vista.evento_id] if vista.evento_id else []
    return autorizacion, bloquear_escaneos(sesion, [escaneo_id], eventos=eventos)[escaneo_id]


def deshacer(sesion: Session, actor: Actor, escaneo_id: UUID) -> FilaDeEscaneo:
    """Take back a reading: its event is declared wrong, and an equal one of another telephone counts instead.

    What was undone or resolved stays so, however often it is asked. Raises what `_suyo` raises.
    """
    autorizacion, fila = _suyo(sesion, actor, escaneo_id)
    if fila.estado in VIDA_ESCANEO.fines:
        return fila
    contaba = fila.estado == EstadoEscaneo.REGISTRADO
    fin = EstadoEscaneo.RESUELTO if fila.estado == EstadoEscaneo.RECHAZADO else EstadoEscaneo.DESHECHO
    fila.resuelto_en = ahora_bd(sesion)
    VIDA_ESCANEO.pasar(fila, fin)
    sesion.flush()
    auditar(sesion, autorizacion, "escaneo.deshacer", "envios_escaneo", fila.id, {"estado": fin})
    if contaba and fila.evento_id is not None:
        evento = evento_por_id(sesion, fila.evento_id)
        corregir_evento(
            sesion, autorizacion, evento, Correccion(MotivoCorreccion.NO_OCURRIO, evento.id), Fuente.ESCANER
        )
        _heredar(sesion, autorizacion, fila)
    sesion.flush()
    return fila


def _heredar(sesion: Session, autorizacion: Autorizacion, deshecha: FilaDeEscaneo) -> None:
    """The earliest of the equal readings that stood on the event becomes an event of its own."""
    assert deshecha.evento_id is not None
    iguales = bloquear_escaneos(sesion, (), eventos=[deshecha.evento_id]).values()
    esperan = sorted(
        (f for f in iguales if f.estado == EstadoEscaneo.YA_ESTABA), key=lambda f: (f.ocurrido_en, f.id)
    )
    if not esperan:
        return
    nuevo = evento_de(esperan[0], cliente=f"e:{nuevo_id()}")
    operador = deshecha.operador_unidad_id
    (hecho,) = registrar_autorizado(sesion, autorizacion, operador, [nuevo], Fuente.ESCANER)
    if hecho.evento is None:  # it could not be said any more: it stays as it was told
        return
    for fila in esperan:
        fila.evento_id = hecho.evento.id
    VIDA_ESCANEO.pasar(esperan[0], EstadoEscaneo.REGISTRADO)


def dejar_asi(sesion: Session, actor: Actor, escaneo_id: UUID) -> FilaDeEscaneo:
    """Close one that waits: what was refused is let go, what another telephone says otherwise stays as it is.

    Raises `EscaneoTerminado` when it waits for nothing, and what `_suyo` raises.
    """
    autorizacion, fila = _suyo(sesion, actor, escaneo_id)
    if fila.id not in {f.id for f in por_resolver(sesion, fila.persona_id)}:
        raise EscaneoTerminado(_("No hace falta hacer nada más con ella."))
    fila.resuelto_en = ahora_bd(sesion)
    if fila.estado == EstadoEscaneo.RECHAZADO:
        VIDA_ESCANEO.pasar(fila, EstadoEscaneo.RESUELTO)
    auditar(sesion, autorizacion, "escaneo.resolver", "envios_escaneo", fila.id, {"estado": fila.estado})
    sesion.flush()
    return fila
