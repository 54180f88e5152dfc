"""The recipient asks for another delivery code."""

from uuid import UUID

from sqlmodel import Session

from envios.items import EnvioNoEncontrado, EnvioTerminado, bloquear_envio, envio_por_id, recibe
from envios.items.modelos import Envio
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.ids import nuevo_id
from nucleo.textos import gettext as _


def renovar_codigo(sesion: Session, actor: Actor, envio_id: UUID) -> Envio:
    """Give whoever holds it (`recibe`), and only them, a new delivery code; the old one stops working.

    Raises `EnvioNoEncontrado` for anybody else, `EnvioTerminado` once there is nothing left to deliver.
    """
    if not recibe(sesion, actor, envio_por_id(sesion, envio_id)):
        raise EnvioNoEncontrado()
    envio = bloquear_envio(sesion, envio_id)
    if envio.estado.es_terminal:
        raise EnvioTerminado(_("Este envío ya terminó: no necesita otro código."))
    envio.codigo_version += 1
    envio.codigo_fallos = 0
    if envio.codigo_de_tercero is not None:
        envio.codigo_de_tercero = nuevo_id()  # it was tried out as well
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
