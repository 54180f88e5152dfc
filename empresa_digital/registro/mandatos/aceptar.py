"""Who is offered a mandate accepts it, and only then it gives power; or declines, and it ends."""

from uuid import UUID

from sqlmodel import Session

from ciudadania import Riesgo, exigir_sesion_reciente
from empresa_digital.registro import eventos
from empresa_digital.registro.asientos import Operacion
from empresa_digital.registro.mandatos.asignar import asignar_con
from empresa_digital.registro.mandatos.avisos import AVISO_MANDATO, notificar_unidad
from empresa_digital.registro.mandatos.bloqueos import bloquear_mandatos
from empresa_digital.registro.mandatos.consultas import cedula_de, mandato_por_id, nombres_de_apoderados
from empresa_digital.registro.mandatos.errores import MandatoNoEncontrado, OfertaTerminada, SinFacultad
from empresa_digital.registro.mandatos.facultades import exigir_facultad
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.revocar import terminar
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.unidades import asentar, bloquear_unidad
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def aceptar_mandato(sesion: Session, actor: Actor, mandato_id: UUID) -> Mandato:
    """Take what is offered: from now on it gives power, within its dates.

    The grantee does, by themselves; for a unit, whoever administers it, who is then assigned to the new
    client. Raises `MandatoNoEncontrado` (to anybody else it does not exist), `OfertaTerminada`,
    `SesionNoReciente`.
    """
    autorizacion, mandato = _ofrecido(sesion, actor, mandato_id)
    if mandato.aceptado_en is not None:
        return mandato
    momento = ahora_bd(sesion)
    fines = (mandato.ofrecido_hasta, mandato.valido_hasta, mandato.revocado_en)
    if any(fin is not None and fin <= momento for fin in fines):
        raise OfertaTerminada(_("Pida a quien administra la unidad que le otorgue otro."))
    unidad = bloquear_unidad(sesion, mandato.unidad_id)
    persona = None if mandato.apoderado_unidad_id is not None else str(actor.persona_id)
    datos = {"mandato": str(mandato.id), "apoderado_persona": persona}
    asentar(sesion, unidad, autorizacion, Operacion.ACEPTAR_MANDATO, datos)
    auditar(sesion, autorizacion, "mandato.aceptar", "registro_mandato", mandato.id, datos)
    hecho = {"numero": unidad.numero, "mandato_id": str(mandato.id)}
    publicar(sesion, eventos.MANDATO_ACEPTADO, unidad.id, hecho, autorizacion)
    mandato = mandato_por_id(sesion, mandato.id)
    if mandato.apoderado_unidad_id is not None and actor.persona_id is not None:
        asignar_con(sesion, autorizacion, mandato, actor.persona_id, momento)
    quien = nombres_de_apoderados(sesion, [mandato])[mandato.id]
    asunto = _("%(quien)s aceptó el mandato") % {"quien": quien}
    enlace = f"/mis-unidades/{unidad.numero}/mandatos"
    notificar_unidad(sesion, unidad.id, asunto, enlace=enlace, clase=AVISO_MANDATO)
    return mandato


def declinar_mandato(sesion: Session, actor: Actor, mandato_id: UUID) -> Mandato:
    """Refuse what is offered: it ends. Raises `MandatoNoEncontrado`, `OfertaTerminada`."""
    autorizacion, mandato = _ofrecido(sesion, actor, mandato_id)
    if mandato.aceptado_en is not None:
        raise OfertaTerminada(_("Ya lo aceptó: si no lo quiere, renuncie."))
    unidad = bloquear_unidad(sesion, mandato.unidad_id)
    momento = ahora_bd(sesion)
    if mandato.revocado_en is None or mandato.revocado_en > momento:
        terminar(sesion, unidad, autorizacion, mandato, momento, _("No fue aceptado."))
        asunto = _("Se declinó un mandato que su unidad ofreció")
        enlace = f"/mis-unidades/{unidad.numero}/mandatos"
        notificar_unidad(sesion, unidad.id, asunto, enlace=enlace, clase=AVISO_MANDATO)
    return mandato_por_id(sesion, mandato.id)


def _ofrecido(sesion: Session, actor: Actor, mandato_id: UUID) -> tuple[Autorizacion, Mandato]:
    """The mandate, locked after its unit, and by what the actor answers for its grantee."""
    mandato = mandato_por_id(sesion, mandato_id)
    autorizacion = _receptor(sesion, actor, mandato)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    bloquear_unidad(sesion, mandato.unidad_id)
    (mandato,) = bloquear_mandatos(sesion, [mandato.id])
    return autorizacion, mandato


def _receptor(sesion: Session, actor: Actor, mandato: Mandato) -> Autorizacion:
    if mandato.apoderado_unidad_id is not None:
        try:
            return exigir_facultad(sesion, actor, mandato.apoderado_unidad_id, Facultad.ADMINISTRAR)
        except SinFacultad as error:
            raise MandatoNoEncontrado() from error
    if actor.persona_id is not None and (
        mandato.apoderado_persona_id == actor.persona_id
        or (mandato.aceptado_en is None and mandato.apoderado_cedula == cedula_de(sesion, actor.persona_id))
    ):
        return Autorizacion.propia(actor)
    raise MandatoNoEncontrado()
