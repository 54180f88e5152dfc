"""What each side says in a claim, in order, with a picture or a PDF if it has one."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from empresa_digital.registro import (
    CON_LO_SUYO,
    ClaseDeParte,
    Facultad,
    Materia,
    exigir_competencia,
    exigir_facultad,
)
from envios.eventos import autorizar_remitente
from envios.items import remitente_de
from envios.items.modelos import Envio
from envios.reclamos.avisos import avisar_operador, avisar_reclamante
from envios.reclamos.bloqueos import bloquear_reclamo
from envios.reclamos.consultas import reclamante_de, reclamo_visible
from envios.reclamos.errores import ReclamoNoAdmite
from envios.reclamos.estados import SIN_DECIDIR, VIDA_RECLAMO, EstadoReclamo, Lado
from envios.reclamos.modelos import MensajeDeReclamo, Reclamo
from nucleo.actor import Actor, Autorizacion
from nucleo.archivos import Recibido, guardar_prueba
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.lectores import texto_obligatorio
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

MENSAJES_MAXIMO = 200
LARGO = 2000


def autorizar(sesion: Session, actor: Actor, reclamo: Reclamo, lado: Lado) -> Autorizacion:
    """By which mandate somebody acts on a side of a claim that they may see. Raises `SinFacultad`."""
    if lado is Lado.OPERADOR:
        return exigir_facultad(
            sesion, actor, reclamo.operador_unidad_id, Facultad.DESPACHAR, estados=CON_LO_SUYO
        )
    if lado is Lado.REGULADOR:
        return exigir_competencia(sesion, actor, Materia.ENVIOS, unidad_id=reclamo.operador_unidad_id)
    return autorizar_reclamante(sesion, actor, reclamo)


def autorizar_reclamante(sesion: Session, actor: Actor, reclamo: Reclamo) -> Autorizacion:
    """Who claimed, or who sells for the unit that did. Raises `SinFacultad`."""
    unidad_id = reclamante_de(sesion, reclamo).unidad_id
    if unidad_id is None:
        return Autorizacion.propia(actor)
    return exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)


def autorizar_a_reclamar(sesion: Session, actor: Actor, envio: Envio) -> Autorizacion:
    """Who sent it; or, for a sender without an account, who attends for its operator: they come with the
    receipt, and what they say is written down. Raises `SinFacultad`."""
    if remitente_de(sesion, envio).clase is not ClaseDeParte.TERCERO:
        return autorizar_remitente(sesion, actor, envio)
    return exigir_facultad(sesion, actor, envio.operador_unidad_id, Facultad.DESPACHAR, estados=CON_LO_SUYO)


def es_de_mostrador(sesion: Session, reclamo: Reclamo) -> bool:
    """Whether who claims has no account, and does it at the counter."""
    return reclamante_de(sesion, reclamo).clase is ClaseDeParte.TERCERO


def escribir(
    sesion: Session, actor: Actor, reclamo_id: UUID, texto: str, foto: Recibido | None = None
) -> MensajeDeReclamo:
    """Add a message, for any of the sides while the claim is not decided; the operator's first one says that
    it is looking at it.

    Raises `ReclamoNoEncontrado`, `ReclamoNoAdmite`, `DatosInvalidos`, `ImagenInvalida`,
    `DocumentoInvalido`.
    """
    visto, lado = reclamo_visible(sesion, actor, reclamo_id)
    autorizacion = autorizar(sesion, actor, visto, lado)
    reclamo, _envio = bloquear_reclamo(sesion, reclamo_id)
    if reclamo.estado not in SIN_DECIDIR:
        raise ReclamoNoAdmite(
            _("Este reclamo ya se decidió: no se le agrega nada."), estado_actual=reclamo.estado
        )
    mensaje = anotar(sesion, autorizacion, reclamo, lado, texto, foto)
    if lado is Lado.OPERADOR and reclamo.estado == EstadoReclamo.PRESENTADO:
        VIDA_RECLAMO.pasar(reclamo, EstadoReclamo.EN_REVISION)
        reclamo.revisado_en = mensaje.escrito_en
    reclamo.version += 1
    auditar(
        sesion, autorizacion, "reclamo.escribir", "envios_reclamo", reclamo.id, {"numero": mensaje.numero}
    )
    asunto = _("Hay un mensaje en el reclamo de un envío")
    cuerpo = _("Lo escribió %(quien)s.") % {"quien": lado.texto.lower()}
    if lado is not Lado.RECLAMANTE:
        avisar_reclamante(sesion, reclamo, asunto, cuerpo)
    if lado is not Lado.OPERADOR:
        avisar_operador(sesion, reclamo, asunto, cuerpo)
    sesion.flush()
    return mensaje


def anotar(
    sesion: Session,
    autorizacion: Autorizacion,
    reclamo: Reclamo,
    lado: Lado,
    texto: str,
    foto: Recibido | None,
) -> MensajeDeReclamo:
    """Write the next message of a claim that is locked."""
    limpio = texto_obligatorio("texto", texto, _("Escriba lo que quiere decir."))[:LARGO]
    cuantos = sesion.exec(select(func.count()).where(col(MensajeDeReclamo.reclamo_id) == reclamo.id)).one()
    if cuantos >= MENSAJES_MAXIMO:
        raise DatosInvalidos(_("Este reclamo ya tiene demasiados mensajes."))
    mensaje = MensajeDeReclamo(
        reclamo_id=reclamo.id,
        numero=cuantos + 1,
        lado=lado,
        texto=limpio,
        archivo_id=guardar_prueba(sesion, foto, duenio=reclamo.id) if foto is not None else None,
        unidad_id=autorizacion.unidad_id,
        escrito_por=autorizacion.actor.clave,
        escrito_en=ahora_bd(sesion),
    )
    sesion.add(mensaje)
    sesion.flush()
    return mensaje
