"""A delivery said without network whose code was not right: the recipient's word, or time, ends it.

It counts as delivered when the recipient confirms it, or when they say nothing in their term after they
were told: there is a proof taken at the door. When they deny it, it does not, and the operator must say where
the item is; whatever the operator notes next, or its correction, ends it too.
"""

from uuid import UUID

from sqlmodel import Session

from envios.eventos.aplicar import Historias
from envios.eventos.bloqueos import bloquear_correcciones
from envios.eventos.emsevt import Codigo, CodigoPropio
from envios.eventos.errores import SinEntregaProvisional
from envios.eventos.nuevo import EventoNuevo, Fuente, exigir_registrado
from envios.eventos.presentar import en_su_zona
from envios.eventos.registrar_eventos import registrar_autorizado
from envios.eventos.sucesos import Suceso
from envios.items import EnvioNoEncontrado, bloquear_envio, envio_por_id, recibe, terminos
from envios.items.modelos import Envio
from nucleo.actor import Actor, Autorizacion
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def entrega_provisional(sesion: Session, envio: Envio) -> Suceso | None:
    """The provisional delivery of an item that waits for its recipient's word."""
    decide = Historias(sesion, {envio.id: envio}, ahora_bd(sesion)).derivar(envio).evento
    assert decide is None or isinstance(decide, Suceso)
    return decide if es_provisional(decide) else None


def es_provisional(decide: Suceso | None) -> bool:
    """Whether what decides the state of an item is a delivery that waits for its recipient's word."""
    return decide is not None and decide.codigo == CodigoPropio.ENTREGA_PROVISIONAL


def responder_provisional(sesion: Session, actor: Actor, envio_id: UUID, *, lo_tiene: bool) -> None:
    """The recipient, and only they, says whether they have it.

    Raises `EnvioNoEncontrado` for anybody else, `SinEntregaProvisional` when nothing waits for their word.
    """
    if not recibe(sesion, actor, envio_por_id(sesion, envio_id)):
        raise EnvioNoEncontrado()
    dicha = _bloquear(sesion, envio_id)
    if dicha is None:
        raise SinEntregaProvisional(_("Ya se aclaró: mire el recorrido del envío."))
    autorizacion = Autorizacion.propia(actor)
    if lo_tiene:
        _entregar(sesion, autorizacion, dicha, Fuente.DESTINATARIO)
        return
    niega = EventoNuevo(CodigoPropio.NO_RECIBIDO, envio_id, evento_cliente_id=f"n:{dicha.id}")
    (hecho,) = registrar_autorizado(
        sesion, autorizacion, dicha.operador_unidad_id, [niega], Fuente.DESTINATARIO
    )
    exigir_registrado(hecho)


def vencer_provisional(sesion: Session, envio_id: UUID) -> bool:
    """Whether a provisional delivery of the item was left undenied in its term: it is delivered now."""
    dicha = _bloquear(sesion, envio_id)
    if dicha is None:
        return False
    negar = terminos(sesion, envio_por_id(sesion, envio_id).creado_en).negar
    if dicha.cuenta_desde + negar > ahora_bd(sesion):
        return False
    sistema = Autorizacion.propia(Actor.sistema("entregas que nadie negó"))
    _entregar(sesion, sistema, dicha, Fuente.SISTEMA)
    return True


def _bloquear(sesion: Session, envio_id: UUID) -> Suceso | None:
    """What waits, with the locks of an upload of its operator, in their order."""
    vista = entrega_provisional(sesion, envio_por_id(sesion, envio_id))
    if vista is None:
        return None
    bloquear_correcciones(sesion, vista.operador_unidad_id, solo_lee=True)
    return entrega_provisional(sesion, bloquear_envio(sesion, envio_id))


def _entregar(sesion: Session, autorizacion: Autorizacion, dicha: Suceso, fuente: Fuente) -> None:
    """The delivery itself, when and by whom it was said."""
    entrega = EventoNuevo(
        Codigo.EMI,
        dicha.envio_id,
        ocurrido_en=en_su_zona(dicha),
        evento_cliente_id=f"c:{dicha.id}",
        receptor_nombre=dicha.receptor_nombre or "",
    )
    (hecho,) = registrar_autorizado(
        sesion, autorizacion, dicha.operador_unidad_id, [entrega], fuente, verificar_codigo=False
    )
    exigir_registrado(hecho)
