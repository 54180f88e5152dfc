"""Deliver with the recipient's code, cancel before admission, renew a code."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from envios.bloqueos import bloquear_envio
from envios.consultas import envio_del_operador, envio_por_id
from envios.emsevt import Codigo
from envios.errores import EnvioNoEncontrado, EnvioTerminado
from envios.modelos import Envio
from envios.registrar_eventos import (
    EventoNuevo,
    Fuente,
    ResultadoEvento,
    registrar_autorizado,
    registrar_eventos,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.textos import gettext as _


def registrar_evento(
    sesion: Session, actor: Actor, envio_id: UUID, nuevo: EventoNuevo, fuente: Fuente
) -> ResultadoEvento:
    """Record one event of one shipment, by whoever dispatches for its operator.

    Raises `EnvioNoEncontrado`, `SinFacultad`, `SinHabilitacion`; any other refusal is in the result.
    """
    envio = envio_del_operador(sesion, actor, envio_id)
    return registrar_eventos(sesion, actor, envio.operador_unidad_id, [nuevo], fuente)[0]


def entregar(
    sesion: Session,
    actor: Actor,
    envio_id: UUID,
    codigo_entrega: str,
    *,
    receptor_nombre: str = "",
    evento_cliente_id: str = "",
    lugar: str = "",
    fuente: Fuente = Fuente.PAGINA,
) -> ResultadoEvento:
    """Hand the item over against the recipient's code (event EMI).

    A wrong code comes back in the result's `error` so that its count is kept; the fifth locks the code.
    """
    nuevo = EventoNuevo(
        codigo=Codigo.EMI,
        envio_id=envio_id,
        codigo_entrega=codigo_entrega,
        receptor_nombre=receptor_nombre,
        evento_cliente_id=evento_cliente_id,
        lugar=lugar,
    )
    return registrar_evento(sesion, actor, envio_id, nuevo, fuente)


def anular_envio(sesion: Session, autorizacion: Autorizacion, envio_id: UUID) -> Envio:
    """Cancel a shipment the operator has not received yet (event EXX). Raises `EnvioTerminado` otherwise."""
    if autorizacion.unidad_id != envio_por_id(sesion, envio_id).remitente_unidad_id:
        raise EnvioNoEncontrado()
    envio = bloquear_envio(sesion, envio_id)
    nuevo = EventoNuevo(codigo=Codigo.EXX, envio_id=envio_id)
    resultado = registrar_autorizado(sesion, autorizacion, envio.operador_unidad_id, [nuevo], Fuente.PAGINA)[
        0
    ]
    if resultado.error is not None:
        raise resultado.error
    return envio


def autorizar_remitente(sesion: Session, actor: Actor, envio: Envio) -> Autorizacion:
    """The authorisation of whoever sells for the sender. Raises `SinFacultad`."""
    return exigir_facultad(sesion, actor, envio.remitente_unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)


def renovar_codigo(sesion: Session, actor: Actor, envio_id: UUID) -> Envio:
    """Give the recipient, and only them, a new delivery code; the old one stops working.

    Raises `EnvioNoEncontrado` for anybody else, `EnvioTerminado` once there is nothing left to deliver.
    """
    destinatario_id = envio_por_id(sesion, envio_id).destinatario_persona_id
    if actor.persona_id is None or actor.persona_id != destinatario_id:
        raise EnvioNoEncontrado()
    envio = bloquear_envio(sesion, envio_id)
    if envio.estado.es_terminal:
        raise EnvioTerminado(_("Este envío ya terminó: no necesita otro código."))
    envio.codigo_version += 1
    envio.codigo_fallos = 0
    envio.version += 1
    auditar(
        sesion,
        Autorizacion.propia(actor),
        "envio.renovar_codigo",
        "envios_envio",
        envio.id,
        {"version": envio.codigo_version},
    )
    sesion.flush()
    return envio
