"""Cancel before admission."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from envios.eventos.emsevt import Codigo
from envios.eventos.registrar_eventos import (
    EventoNuevo,
    Fuente,
    registrar_autorizado,
)
from envios.items import EnvioNoEncontrado, bloquear_envio, envio_por_id
from envios.items.modelos import Envio
from nucleo.actor import Actor, Autorizacion


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
