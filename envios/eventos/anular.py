"""Cancel before admission."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, SinFacultad, exigir_facultad
from envios.eventos.emsevt import Codigo
from envios.eventos.registrar_eventos import (
    EventoNuevo,
    Fuente,
    registrar_autorizado,
)
from envios.items import EnvioNoEncontrado, bloquear_envio, envio_por_id, remitente_de
from envios.items.modelos import Envio
from nucleo.actor import Actor, Autorizacion


def anular_envio(sesion: Session, autorizacion: Autorizacion, envio_id: UUID) -> Envio:
    """Cancel a shipment the operator has not received yet (event EXX). Raises `EnvioTerminado` otherwise."""
    remitente = remitente_de(sesion, envio_por_id(sesion, envio_id))
    if autorizacion.unidad_id != remitente.unidad_id:
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
    """The authorisation of whoever sells for the sender, or is the sender. Raises `SinFacultad`."""
    remitente = remitente_de(sesion, envio)
    if remitente.unidad_id is not None:
        return exigir_facultad(sesion, actor, remitente.unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    if actor.persona_id is None or actor.persona_id != remitente.persona_id:
        raise SinFacultad()
    return Autorizacion.propia(actor)
