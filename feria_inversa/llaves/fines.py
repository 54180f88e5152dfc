"""How a group of holders ends: by its entity, or by who does not accept; and what becomes of lost keys."""

from uuid import UUID

from sqlmodel import Session

from constancia import anotar
from empresa_digital.registro import Facultad, exigir_facultad, notificar_unidad
from feria_inversa.llaves.avisos import AVISO_DE_LLAVE
from feria_inversa.llaves.bloqueos import bloquear_con_los_suyos
from feria_inversa.llaves.consultas import depositarios_de, resguardo_visible, ya_ensayo
from feria_inversa.llaves.errores import ResguardoNoPermite
from feria_inversa.llaves.estados import EN_PREPARACION, EstadoResguardo
from feria_inversa.llaves.modelos import Resguardo
from feria_inversa.llaves.resguardos import (
    HOJA_DE_GRUPO,
    OBJETO,
    el_suyo,
    fin_en_hoja,
    perdida_en_hoja,
    terminar,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.lectores import texto_obligatorio
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

MOTIVO_MINIMO = 10


def terminar_resguardo(sesion: Session, actor: Actor, resguardo_id: UUID, motivo: str) -> Resguardo:
    """Its entity ends a group, saying why; twice is once. From then on its processes are kept by access,
    until others rehearse. What was sealed to this group is still opened by it.

    Raises `ResguardoNoEncontrado`, `DatosInvalidos`.
    """
    visible = resguardo_visible(sesion, actor, resguardo_id)
    autorizacion = exigir_facultad(sesion, actor, visible.unidad_id, Facultad.ADMINISTRAR)
    detalle = _("Explique el motivo con al menos {} letras: será público.").format(MOTIVO_MINIMO)
    motivo = texto_obligatorio("motivo", motivo, detalle, 1000)
    if len(motivo) < MOTIVO_MINIMO:
        raise DatosInvalidos(detalle, campos={"motivo": detalle})
    fila = bloquear_con_los_suyos(sesion, resguardo_id)
    if fila.estado == EstadoResguardo.TERMINADO:
        return fila
    terminar(sesion, fila, ahora_bd(sesion), motivo)
    anotar(sesion, HOJA_DE_GRUPO, str(fila.id), fin_en_hoja(motivo))
    auditar(sesion, autorizacion, "resguardo.terminar", OBJETO, fila.id, {"motivo": motivo})
    sesion.flush()
    return fila


def declinar(sesion: Session, actor: Actor, resguardo_id: UUID) -> Resguardo:
    """Who was named does not accept: a group that is being prepared ends, and its entity is told. Twice is
    once.

    Raises `ResguardoNoEncontrado`, `ResguardoNoPermite` of one that already holds keys.
    """
    fila, _depositario = el_suyo(sesion, actor, resguardo_id)
    if fila.estado == EstadoResguardo.TERMINADO:
        return fila
    if fila.estado not in EN_PREPARACION:
        raise ResguardoNoPermite(_("Ya guarda llaves: pida a la entidad que nombre a otros."))
    terminar(sesion, fila, ahora_bd(sesion), _("Una de las personas nombradas no aceptó."))
    auditar(sesion, Autorizacion.propia(actor), "resguardo.declinar", OBJETO, fila.id)
    _avisar_a_la_entidad(
        sesion, fila, _("Una de las personas que nombró no acepta guardar llaves. Nombre a otras.")
    )
    sesion.flush()
    return fila


def declarar_perdida(sesion: Session, actor: Actor, resguardo_id: UUID) -> Resguardo:
    """A holder says that their secret is lost; twice is once. No part of later keys is sealed to it; while
    their group is being prepared they bring another, and all rehearse.

    Raises `ResguardoNoEncontrado`, `ResguardoNoPermite` of one that was not rehearsed: it is just changed.
    """
    fila, depositario = el_suyo(sesion, actor, resguardo_id)
    if depositario.perdida_en is not None:
        return fila
    if fila.vigente_desde is None and not (fila.estado in EN_PREPARACION and ya_ensayo(sesion, depositario)):
        raise ResguardoNoPermite(_("Todavía no guarda llaves: traiga otra clave."))
    depositario.perdida_en = ahora_bd(sesion)
    sesion.flush()
    if fila.vigente_desde is not None:
        anotar(sesion, HOJA_DE_GRUPO, str(fila.id), perdida_en_hoja(depositario))
    auditar(sesion, Autorizacion.propia(actor), "resguardo.perder", OBJETO, fila.id)
    quedan = len([d for d in depositarios_de(sesion, fila.id) if d.perdida_en is None])
    que = _("{nombre} perdió su clave. Quedan {quedan}, y para abrir hacen falta {umbral}.").format(
        nombre=actor.nombre, quedan=quedan, umbral=fila.umbral
    )
    _avisar_a_la_entidad(sesion, fila, que)
    sesion.flush()
    return fila


def _avisar_a_la_entidad(sesion: Session, fila: Resguardo, que: str) -> None:
    asunto = _("Depositarios de sus llaves")
    notificar_unidad(
        sesion, fila.unidad_id, asunto, que, f"/entidades/{fila.unidad_id}/resguardos", clase=AVISO_DE_LLAVE
    )
