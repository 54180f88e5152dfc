"""Somebody asks to be left out of a process, or who bid asks it of them; who resolves it, or time, says."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad, unidad_por_id
from feria_inversa.designaciones import eventos
from feria_inversa.designaciones.cese import DE_EXCUSA, cesar_con, terminar_excusa
from feria_inversa.ofertas import exigir_que_no_diga, oferentes_de
from feria_inversa.papeles import (
    RESOLVER,
    ClaseDeExcusa,
    DesignacionNoEncontrada,
    DesignacionTerminada,
    EstadoExcusa,
    NoSeRecusa,
    Papel,
    designacion_por_id,
    es_su_propio_caso,
    excusa_por_id,
    excusas_de,
    excusas_vencidas,
    exigir_papel,
)
from feria_inversa.papeles.modelos import Designacion, Excusa
from feria_inversa.procesos import bloquear, exigir_motivo, oculta_nombres
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.plazos import correr
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

RESOLVER_EXCUSA = "feria.resolver_excusa"


def excusarse(sesion: Session, actor: Actor, designacion_id: UUID, motivo: str) -> Excusa:
    """Who holds a role of a process asks to be left out, once, and does nothing in it until somebody answers.

    Raises `DesignacionNoEncontrada` for anybody else, `DesignacionTerminada`, `NoSeRecusa`, `FaltaMotivo`.
    """
    convocatoria, fila = _del_proceso(sesion, designacion_id)
    if actor.persona_id is None or fila.persona_id != actor.persona_id:
        raise DesignacionNoEncontrada
    _exigir_que_rija(sesion, fila)
    if any(e.clase == ClaseDeExcusa.EXCUSA for e in excusas_de(sesion, [fila.id])):
        raise NoSeRecusa(_("Ya se excusó de este papel: vale lo que le respondan o le respondieron."))
    return _presentar(sesion, Autorizacion.propia(actor), convocatoria, fila, ClaseDeExcusa.EXCUSA, motivo)


def recusar(sesion: Session, actor: Actor, designacion_id: UUID, unidad_id: UUID, motivo: str) -> Excusa:
    """A unit that bid asks that who holds a role of the process be left out, once each and after the opening:
    until then nobody knows who bid; while names are hidden, its reason does not tell. Raises `NoSeRecusa`,
    `DesignacionTerminada`, `FaltaMotivo`, `DatosInvalidos`.
    """
    convocatoria, fila = _del_proceso(sesion, designacion_id)
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.OFERTAR, estados=CON_LO_SUYO)
    if convocatoria.conocidas_en is None or unidad_id not in oferentes_de(sesion, convocatoria.id):
        raise NoSeRecusa(_("Recusa quien ofertó, desde que se abren los sobres."))
    _exigir_que_rija(sesion, fila)
    if any(e.unidad_id == unidad_id for e in excusas_de(sesion, [fila.id])):
        raise NoSeRecusa(_("Su unidad ya recusó a esta persona."))
    if oculta_nombres(convocatoria):
        exigir_que_no_diga(sesion, unidad_id, {"motivo": motivo})
    return _presentar(
        sesion, autorizacion, convocatoria, fila, ClaseDeExcusa.RECUSACION, motivo, unidad_id=unidad_id
    )


def _exigir_que_rija(sesion: Session, fila: Designacion) -> None:
    if fila.cesada_en is not None or (fila.hasta is not None and fila.hasta <= ahora_bd(sesion)):
        raise DesignacionTerminada
    if fila.papel == Papel.RESPONSABLE:
        raise NoSeRecusa(_("Quien publicó el proceso ya lo publicó: recuse a quien decide."))


def _presentar(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    fila: Designacion,
    clase: ClaseDeExcusa,
    motivo: str,
    *,
    unidad_id: UUID | None = None,
) -> Excusa:
    motivo, instante = exigir_motivo(motivo), ahora_bd(sesion)
    lugar = unidad_por_id(sesion, convocatoria.unidad_id).municipio_ine
    vence_en = correr(sesion, RESOLVER_EXCUSA, instante, [lugar]).vence_en
    assert vence_en is not None
    excusa = Excusa(
        id=nuevo_id(),
        designacion_id=fila.id,
        clase=clase,
        unidad_id=unidad_id,
        motivo=motivo,
        presentada_en=instante,
        presentada_por=autorizacion.actor.nombre,
        resolver_hasta=vence_en,
        su_propio_caso=clase == ClaseDeExcusa.RECUSACION
        and es_su_propio_caso(sesion, fila.unidad_id, fila.persona_id),
    )
    sesion.add(excusa)
    sesion.flush()
    hechos = {"clase": str(clase), "convocatoria_id": str(convocatoria.id)}
    publicar(sesion, eventos.EXCUSA_PRESENTADA, excusa.id, hechos, autorizacion)
    auditar(sesion, autorizacion, "excusa.presentar", DE_EXCUSA, excusa.id, hechos | {"motivo": motivo})
    sesion.flush()
    return excusa


def resolver_excusa(
    sesion: Session, actor: Actor, excusa_id: UUID, decision: EstadoExcusa, fundamento: str
) -> Excusa:
    """Who administers the entity answers; accepted, the person ceases in the role. Of its highest authority,
    any other person who administers it.

    Raises `ExcusaNoPermite`, `SinFacultad`, `SinPapel`, `NoSeRecusa` in one's own case, `FaltaMotivo`.
    """
    convocatoria, fila = _del_proceso(sesion, excusa_por_id(sesion, excusa_id).designacion_id)
    autorizacion = exigir_facultad(
        sesion, actor, convocatoria.unidad_id, Facultad.ADMINISTRAR, estados=CON_LO_SUYO
    )
    if actor.persona_id == fila.persona_id:
        raise NoSeRecusa(
            _("Nadie resuelve en su propio caso: lo hace otra persona que administre la entidad.")
        )
    exigir_papel(sesion, actor, convocatoria, RESOLVER, salvo={fila.persona_id})
    excusa = excusa_por_id(sesion, excusa_id)
    terminar_excusa(sesion, excusa, decision, exigir_motivo(fundamento), autorizacion)
    if decision == EstadoExcusa.ACEPTADA:
        cesar_con(sesion, autorizacion, fila.id, str(excusa.fundamento))
    return excusa


def resolver_por_reloj(sesion: Session, excusa_id: UUID) -> bool:
    """Nobody answered in the term: who excused themselves is out; who was recused stays, unless nobody but
    they could when it was presented. False when there is nothing to do.
    """
    _convocatoria, fila = _del_proceso(sesion, excusa_por_id(sesion, excusa_id).designacion_id)
    excusa = excusa_por_id(sesion, excusa_id)
    if excusa.estado != EstadoExcusa.PRESENTADA or ahora_bd(sesion) < excusa.resolver_hasta:
        return False
    sistema = Autorizacion.propia(Actor.sistema("plazo para resolver la excusa"))
    if excusa.clase == ClaseDeExcusa.EXCUSA:
        terminar_excusa(
            sesion, excusa, EstadoExcusa.ACEPTADA, _("Nadie la resolvió en su plazo: queda fuera."), sistema
        )
        cesar_con(sesion, sistema, fila.id, _("Se excusó y nadie lo resolvió en su plazo."))
    elif excusa.su_propio_caso:
        terminar_excusa(
            sesion,
            excusa,
            EstadoExcusa.ACEPTADA,
            _("Solo podía resolverla la misma persona: queda fuera."),
            sistema,
        )
        cesar_con(sesion, sistema, fila.id, _("Le recusaron y nadie más podía resolverlo."))
    else:
        terminar_excusa(
            sesion, excusa, EstadoExcusa.RECHAZADA, _("Nadie la resolvió en su plazo: se queda."), sistema
        )
    return True


def resolver_vencidas(sesion: Session, convocatoria_id: UUID) -> None:
    """What nobody answered in its term is answered by it now: whoever acts does not wait for the sweep."""
    for excusa_id in excusas_vencidas(sesion, convocatoria_id):
        resolver_por_reloj(sesion, excusa_id)


def _del_proceso(sesion: Session, designacion_id: UUID) -> tuple[Convocatoria, Designacion]:
    """A naming of a process, locked with it; one of the entity is left by ceasing in it."""
    fila = designacion_por_id(sesion, designacion_id)
    if fila.convocatoria_id is None:
        raise NoSeRecusa(
            _("Es un papel de la entidad, para todo proceso: pida que nombren a otra persona en este.")
        )
    convocatoria = bloquear(sesion, fila.convocatoria_id)
    return convocatoria, designacion_por_id(sesion, designacion_id)
