"""Annul an item before it travels: the sender asks, whoever holds it answers, or time does.

The item is annulled by the event that confirms it; the request has a life of its own.
"""

from uuid import UUID

from sqlmodel import Session, col, select

from empresa_digital.registro import CON_LO_SUYO, Facultad, SinFacultad, exigir_facultad
from envios.eventos.bloqueos import bloquear_para_anotar
from envios.eventos.emsevt import CodigoPropio
from envios.eventos.errores import AnulacionPedida, SinAnulacion, YaEnManos
from envios.eventos.estados import VIDA_ANULACION, EstadoAnulacion
from envios.eventos.modelos import AnulacionDeEnvio
from envios.eventos.nuevo import EventoNuevo, Fuente, exigir_registrado
from envios.eventos.registrar_eventos import registrar_autorizado
from envios.items import (
    EnvioNoEncontrado,
    EnvioTerminado,
    bloquear_envio,
    datos_de,
    envio_por_id,
    remitente_de,
)
from envios.items import eventos as publicados
from envios.items.modelos import Envio
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.plazos import vence
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

RESPONDER_ANULACION = "envios.responder_anulacion"


def pedir_anulacion(sesion: Session, autorizacion: Autorizacion, envio_id: UUID) -> AnulacionDeEnvio:
    """Ask that an item that nobody has received is annulled.

    Raises `EnvioNoEncontrado`, `YaEnManos` (it can only be returned), `EnvioTerminado`, `AnulacionPedida`.
    """
    remitente = remitente_de(sesion, envio_por_id(sesion, envio_id))
    if autorizacion.unidad_id != remitente.unidad_id:
        raise EnvioNoEncontrado()
    envio = bloquear_envio(sesion, envio_id)
    if envio.estado.es_terminal:
        raise EnvioTerminado(_("Este envío ya terminó."))
    if envio.admitido_en is not None:
        raise YaEnManos(_("El operador ya lo recibió: pídale que lo devuelva."))
    if anulacion_pedida(sesion, envio_id) is not None:
        raise AnulacionPedida(_("Ya la pidió: falta que el operador la confirme."))
    instante = ahora_bd(sesion)
    fila = AnulacionDeEnvio(
        envio_id=envio_id,
        pedida_en=instante,
        pedida_por=autorizacion.actor.clave,
        vence_en=vence(sesion, RESPONDER_ANULACION, instante),
    )
    sesion.add(fila)
    envio.version += 1
    auditar(sesion, autorizacion, "envio.pedir_anulacion", "envios_envio", envio.id, {})
    publicar(sesion, publicados.ENVIO_ANULACION_PEDIDA, envio.id, datos_de(envio), autorizacion)
    sesion.flush()
    return fila


def anulacion_pedida(sesion: Session, envio_id: UUID) -> AnulacionDeEnvio | None:
    """The annulment that waits for an answer; None when none does."""
    return sesion.exec(
        select(AnulacionDeEnvio).where(
            col(AnulacionDeEnvio.envio_id) == envio_id,
            col(AnulacionDeEnvio.estado) == EstadoAnulacion.PEDIDA,
        )
    ).one_or_none()


def responder_anulacion(
    sesion: Session, actor: Actor, envio_id: UUID, confirma: bool, nota: str = ""
) -> Envio:
    """Confirm or refuse it, for whoever dispatches for who holds the item.

    Raises `SinFacultad`, `SinAnulacion`, `YaEnManos` when it is confirmed of a parcel that was scanned.
    """
    envio = bloquear_para_anotar(sesion, envio_id)
    autorizacion = exigir_facultad(
        sesion, actor, envio.custodio_unidad_id, Facultad.DESPACHAR, estados=CON_LO_SUYO
    )
    fila = anulacion_pedida(sesion, envio_id)
    if fila is None:
        raise SinAnulacion()
    if confirma and envio.admitido_en is not None:
        raise YaEnManos(_("Hay movimientos de este paquete: rechace la anulación y devuélvalo."))
    _resolver(sesion, autorizacion, envio, fila, confirma, nota)
    return envio


def vencer_anulacion(sesion: Session, envio_id: UUID) -> bool:
    """Time answers: confirmed when nobody scanned the parcel, refused when somebody did. False if not due."""
    envio = bloquear_para_anotar(sesion, envio_id)
    fila = anulacion_pedida(sesion, envio_id)
    if fila is None or fila.vence_en > ahora_bd(sesion):
        return False
    sistema = Autorizacion.propia(Actor.sistema("plazo de anulación"))
    nota = _("El operador no respondió a tiempo.")
    _resolver(sesion, sistema, envio, fila, envio.admitido_en is None, nota)
    return True


def anular_por_plazo(sesion: Session, envio: Envio) -> None:
    """Nobody brought the item, locked, in its time."""
    _anular(sesion, Autorizacion.propia(Actor.sistema("plazo de admisión")), envio)


def _resolver(
    sesion: Session,
    autorizacion: Autorizacion,
    envio: Envio,
    fila: AnulacionDeEnvio,
    confirma: bool,
    nota: str,
) -> None:
    VIDA_ANULACION.pasar(fila, EstadoAnulacion.CONFIRMADA if confirma else EstadoAnulacion.RECHAZADA)
    fila.resuelta_en, fila.resuelta_por = ahora_bd(sesion), autorizacion.actor.clave
    fila.nota = nota.strip()[:300]
    if confirma:
        _anular(sesion, autorizacion, envio)
    else:
        envio.version += 1
        auditar(sesion, autorizacion, "envio.rechazar_anulacion", "envios_envio", envio.id, {})
        datos = datos_de(envio) | {"nota": fila.nota}
        publicar(sesion, publicados.ENVIO_ANULACION_RECHAZADA, envio.id, datos, autorizacion)
    sesion.flush()


def _anular(sesion: Session, autorizacion: Autorizacion, envio: Envio) -> None:
    nuevo = EventoNuevo(codigo=CodigoPropio.ANULADO, envio_id=envio.id)
    fuente = Fuente.SISTEMA if autorizacion.actor.tipo == "sistema" else Fuente.PAGINA
    exigir_registrado(
        registrar_autorizado(sesion, autorizacion, envio.custodio_unidad_id, [nuevo], fuente)[0]
    )


def autorizar_remitente(sesion: Session, actor: Actor, envio: Envio) -> Autorizacion:
    """The authorisation of whoever sells for the sender, or is the sender. Raises `SinFacultad`."""
    remitente = remitente_de(sesion, envio)
    if remitente.unidad_id is not None:
        return exigir_facultad(sesion, actor, remitente.unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    if actor.persona_id is None or actor.persona_id != remitente.persona_id:
        raise SinFacultad()
    return Autorizacion.propia(actor)
