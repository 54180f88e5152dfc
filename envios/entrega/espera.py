"""An item waits for who receives it: they may ask for more time, once; then it goes back by itself.

How long it waits, and since when, its events say (`envios.eventos.derivar`); here only what time and the
recipient do about it.
"""

from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from envios.entrega import eventos
from envios.entrega.elegir import bloquear_el_que_recibe
from envios.entrega.errores import SinEspera, YaProrrogado
from envios.eventos import (
    CodigoPropio,
    Espera,
    EventoNuevo,
    Fuente,
    bloquear_para_anotar,
    exigir_registrado,
    registrar_autorizado,
)
from envios.items import bloquear_envio, datos_de, terminos
from envios.items.modelos import Envio
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.plazos import plazo
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _


def antelacion(sesion: Session) -> timedelta:
    """How long before the end who receives and who sent are told, by the rule of today."""
    return plazo(sesion, "envios.avisar_fin_de_espera", ahora_bd(sesion)).duracion


def prorrogar(sesion: Session, actor: Actor, envio_id: UUID) -> Envio:
    """More time to collect it, once, for who receives it.

    Raises `EnvioNoEncontrado` for anybody else, `SinEspera`, `YaProrrogado`.
    """
    envio = bloquear_el_que_recibe(sesion, actor, envio_id)
    if envio.prorrogado_en is not None:
        raise YaProrrogado()
    instante = ahora_bd(sesion)
    if envio.espera_desde is None or envio.espera_hasta is None:
        raise SinEspera()
    rechazado = envio.espera_hasta == envio.espera_desde
    if rechazado or envio.espera_hasta <= instante:
        raise SinEspera(_("Ya vuelve a quien lo envió: el plazo para retirarlo terminó."))
    envio.prorrogado_en = instante
    envio.espera_hasta = Espera(envio.espera_desde, False, terminos(sesion, envio.creado_en)).hasta(
        prorrogada=True
    )
    envio.version += 1
    autorizacion = Autorizacion.propia(actor)
    hasta = fecha_bolivia(envio.espera_hasta).isoformat()
    auditar(sesion, autorizacion, "envio.prorrogar_espera", "envios_envio", envio.id, {"hasta": hasta})
    publicar(
        sesion,
        eventos.ENVIO_ESPERA_PRORROGADA,
        envio.id,
        datos_de(envio) | {"hasta": hasta},
        autorizacion,
    )
    sesion.flush()
    return envio


def avisar_fin(sesion: Session, envio_id: UUID) -> bool:
    """Tell that the wait ends soon, once for each end. False when it is not the time."""
    envio, instante = bloquear_envio(sesion, envio_id), ahora_bd(sesion)
    hasta = envio.espera_hasta
    desde = hasta - antelacion(sesion) if hasta is not None else None
    if hasta is None or desde is None or not desde <= instante < hasta:
        return False
    if envio.espera_avisada_en is not None and envio.espera_avisada_en >= desde:
        return False
    envio.espera_avisada_en = instante
    publicar(
        sesion,
        eventos.ENVIO_ESPERA_POR_VENCER,
        envio.id,
        datos_de(envio) | {"hasta": fecha_bolivia(hasta).isoformat()},
        _SISTEMA,
    )
    sesion.flush()
    return True


def devolver_por_plazo(sesion: Session, envio_id: UUID) -> bool:
    """Nobody came for it in its time, or who receives refused it: it goes back. False when it is not due."""
    envio = bloquear_para_anotar(sesion, envio_id)
    if envio.espera_hasta is None or envio.espera_hasta > ahora_bd(sesion):
        return False
    nuevo = EventoNuevo(codigo=CodigoPropio.DEVOLUCION, envio_id=envio.id)
    (hecho,) = registrar_autorizado(sesion, _SISTEMA, envio.custodio_unidad_id, [nuevo], Fuente.SISTEMA)
    exigir_registrado(hecho)
    return True


_SISTEMA = Autorizacion.propia(Actor.sistema("plazo de espera"))
