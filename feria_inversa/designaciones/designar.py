"""Somebody is named to a role, or ceases in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, apoderados_con, exigir_facultad
from feria_inversa.designaciones import eventos
from feria_inversa.designaciones.bloqueos import papeles_de_entidad
from feria_inversa.designaciones.cese import cesar_con, decir
from feria_inversa.entidades import que_representa
from feria_inversa.ofertas import oferentes_de
from feria_inversa.papeles import (
    DE_ENTIDAD,
    DE_PROCESO,
    NOMBRAR,
    Papel,
    PapelIncompatible,
    PapelNoCorresponde,
    designacion_por_id,
    designaciones_de,
    exigir_papel,
    facultades_para,
    fuera_de,
    incompatibles,
    nombre_de_papel,
    papeles_en,
    que_actuan,
    que_rigen,
)
from feria_inversa.papeles.modelos import Designacion, Incompatibilidad
from feria_inversa.procesos import (
    Estado,
    EstadoNoPermite,
    bloquear,
    bloquear_publica,
    exigir_motivo,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor, Autorizacion
from nucleo.ids import nuevo_id
from nucleo.plazos import inicio_del_dia
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

UN_DIA = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Nombramiento:
    """To which role, whom, by which document, and until the end of which day."""

    papel: Papel
    persona_id: UUID
    documento: str = ""
    hasta: date | None = None


def designar_en_entidad(
    sesion: Session, actor: Actor, unidad_id: UUID, nuevo: Nombramiento, id_: UUID | None = None
) -> Designacion:
    """Who administers an entity names somebody to one of its roles, for every process.

    Raises `SinFacultad`, `PapelNoCorresponde`, `PapelIncompatible`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    if nuevo.papel not in DE_ENTIDAD:
        raise _no_corresponde("papel", _("Ese papel se nombra en cada proceso."))
    return _designar(sesion, autorizacion, unidad_id, None, nuevo, id_)


def designar_en_proceso(
    sesion: Session, actor: Actor, convocatoria_id: UUID, nuevo: Nombramiento, id_: UUID | None = None
) -> Designacion:
    """Somebody is named to a role of a public process: by who decides it or by the highest authority where
    they are named; who decides it, by who administers the entity.

    Raises `EstadoNoPermite`, `SinFacultad`, `SinPapel`, `PapelNoCorresponde`, `PapelIncompatible`.
    """
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    if nuevo.papel not in DE_PROCESO:
        raise _no_corresponde("papel", _("Ese papel es de la entidad, no de un proceso."))
    autorizacion = _quien_nombra(sesion, actor, convocatoria, nuevo.papel)
    if convocatoria.estado == Estado.CANCELADO:
        raise EstadoNoPermite(_("Está cancelada: ya nadie actúa en ella."))
    return _designar(sesion, autorizacion, convocatoria.unidad_id, convocatoria, nuevo, id_)


def _quien_nombra(sesion: Session, actor: Actor, convocatoria: Convocatoria, papel: str) -> Autorizacion:
    if papel in DE_ENTIDAD:
        return exigir_facultad(
            sesion, actor, convocatoria.unidad_id, Facultad.ADMINISTRAR, estados=CON_LO_SUYO
        )
    autorizacion = exigir_facultad(
        sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO
    )
    exigir_papel(sesion, actor, convocatoria, NOMBRAR)
    return autorizacion


def _designar(
    sesion: Session,
    autorizacion: Autorizacion,
    unidad_id: UUID,
    convocatoria: Convocatoria | None,
    nuevo: Nombramiento,
    id_: UUID | None,
) -> Designacion:
    papeles_de_entidad(sesion, unidad_id)
    proceso_id = convocatoria.id if convocatoria else None
    instante = ahora_bd(sesion)
    hasta = _fin(nuevo.hasta, instante)
    exigir_nombrable(sesion, unidad_id, nuevo.papel, nuevo.persona_id)
    _cesar_lo_que_ya_no_rige(sesion, unidad_id, proceso_id, nuevo)
    ya_rigen = que_rigen(sesion, unidad_id, proceso_id)
    _exigir_que_falte(ya_rigen, proceso_id, nuevo)
    suyos = [d.papel for d in ya_rigen if d.persona_id == nuevo.persona_id]
    if convocatoria is not None:
        suyos = papeles_en(sesion, unidad_id, convocatoria.id, convocatoria.conocidas_en, nuevo.persona_id)
    _exigir_compatible(sesion, suyos, nuevo, fecha_bolivia(instante))
    if convocatoria is not None and nuevo.persona_id in fuera_de(sesion, convocatoria.id).apartados:
        raise _no_corresponde("persona", _("Esa persona quedó fuera de este proceso: nombre a otra."))
    if convocatoria is not None and convocatoria.conocidas_en is not None:
        _exigir_sin_conflicto(sesion, convocatoria, nuevo.persona_id)
    fila = Designacion(
        id=id_ or nuevo_id(),
        unidad_id=unidad_id,
        convocatoria_id=proceso_id,
        papel=nuevo.papel,
        persona_id=nuevo.persona_id,
        documento=nuevo.documento,
        desde=instante,
        hasta=hasta,
        autor=autorizacion.actor.nombre,
        mandato_id=autorizacion.mandato_id,
    )
    sesion.add(fila)
    sesion.flush()
    decir(sesion, autorizacion, fila, "designar", eventos.PAPEL_DESIGNADO)
    return fila


def _fin(ultimo: date | None, instante: datetime) -> datetime | None:
    """The end of the last day on which somebody holds a role."""
    if ultimo is None:
        return None
    if ultimo < fecha_bolivia(instante):
        raise _no_corresponde("hasta", _("Ese día ya pasó."))
    return inicio_del_dia(ultimo + UN_DIA)


def exigir_nombrable(sesion: Session, unidad_id: UUID, papel: Papel, persona_id: UUID) -> None:
    """Raise `PapelNoCorresponde` unless somebody has a mandate of the entity by which they work on this."""
    if persona_id not in nombrables(sesion, unidad_id, papel):
        raise _no_corresponde(
            "persona", _("Solo se nombra a quien tiene un mandato de la entidad con la facultad del papel.")
        )


def nombrables(sesion: Session, unidad_id: UUID, papel: Papel) -> set[UUID]:
    """The people of an entity who may be named to a role."""
    return {
        apoderado.persona_id
        for facultad in facultades_para(papel)
        for apoderado in apoderados_con(sesion, unidad_id, facultad)
    }


def _cesar_lo_que_ya_no_rige(
    sesion: Session, unidad_id: UUID, proceso_id: UUID | None, nuevo: Nombramiento
) -> None:
    """A naming whose day is over, or a highest authority who left the entity, gives way to the new one: the
    sweep may not have passed yet.
    """
    actuan = {d.id for d in que_actuan(sesion, unidad_id, proceso_id)}
    sistema = Autorizacion.propia(Actor.sistema("nuevo nombramiento"))
    for fila in designaciones_de(sesion, unidad_id, proceso_id):
        mismo = fila.papel == nuevo.papel and (fila.papel == Papel.MAE or fila.persona_id == nuevo.persona_id)
        if mismo and fila.cesada_en is None and fila.id not in actuan:
            if fila.hasta is not None and fila.hasta <= ahora_bd(sesion):
                cesar_con(sesion, sistema, fila.id, _("Terminó el plazo de su nombramiento."))
            else:
                cesar_con(sesion, sistema, fila.id, _("Ya no tiene un mandato de la entidad."))


def _exigir_que_falte(rigen: Collection[Designacion], proceso_id: UUID | None, nuevo: Nombramiento) -> None:
    iguales = [d for d in rigen if d.papel == nuevo.papel and d.convocatoria_id == proceso_id]
    if any(d.persona_id == nuevo.persona_id for d in iguales):
        raise _no_corresponde("persona", _("Ya tiene ese papel."))
    if nuevo.papel == Papel.MAE and iguales:
        raise _no_corresponde(
            "papel", _("La entidad ya nombró a su máxima autoridad: cese antes a esa persona.")
        )


def _exigir_compatible(sesion: Session, suyos: Sequence[str], nuevo: Nombramiento, hoy: date) -> None:
    for otro, regla in incompatibles(sesion, nuevo.papel, suyos, hoy):
        if regla.confirmado:
            detalle = _("Esa persona es o fue «{otro}» y no puede ser «{papel}» ({fuente}).").format(
                otro=nombre_de_papel(otro), papel=nombre_de_papel(nuevo.papel), fuente=regla.fuente
            )
            raise PapelIncompatible(detalle, campos={"persona": detalle})


def _exigir_sin_conflicto(sesion: Session, convocatoria: Convocatoria, persona_id: UUID) -> None:
    if que_representa(sesion, persona_id) & set(oferentes_de(sesion, convocatoria.id)):
        detalle = _("Esa persona actúa por una unidad que ofertó: nadie está en los dos lados.")
        raise PapelIncompatible(detalle, campos={"persona": detalle})


def en_duda(
    sesion: Session, rigen: Collection[Designacion], hoy: date
) -> list[tuple[Designacion, str, Incompatibilidad]]:
    """Who holds two roles that a rule not confirmed would not let one person hold."""
    dudas = []
    for d in rigen:
        suyos = [o.papel for o in rigen if o.persona_id == d.persona_id and o.papel > d.papel]
        dudas += [(d, otro, regla) for otro, regla in incompatibles(sesion, Papel(d.papel), suyos, hoy)]
    return dudas


def cesar(sesion: Session, actor: Actor, designacion_id: UUID, motivo: str) -> Designacion:
    """Somebody ceases in a role for a public reason, by who could name them.

    Raises `DesignacionTerminada`, `SinFacultad`, `SinPapel`, `FaltaMotivo`.
    """
    vista = designacion_por_id(sesion, designacion_id)
    if vista.convocatoria_id is None:
        autorizacion = exigir_facultad(
            sesion, actor, vista.unidad_id, Facultad.ADMINISTRAR, estados=CON_LO_SUYO
        )
    else:
        convocatoria = bloquear(sesion, vista.convocatoria_id)
        autorizacion = _quien_nombra(sesion, actor, convocatoria, vista.papel)
    return cesar_con(sesion, autorizacion, designacion_id, exigir_motivo(motivo))


def apartar_por_conflicto(sesion: Session, convocatoria: Convocatoria) -> None:
    """Of an opened, locked process: who acts for a unit that bid ceases in its roles, known only now."""
    oferentes = set(oferentes_de(sesion, convocatoria.id))
    sistema = Autorizacion.propia(Actor.sistema("apertura de sobres"))
    for fila in que_rigen(sesion, convocatoria.unidad_id, convocatoria.id):
        propia = fila.convocatoria_id == convocatoria.id and fila.papel != Papel.RESPONSABLE
        if propia and que_representa(sesion, fila.persona_id) & oferentes:
            cesar_con(sesion, sistema, fila.id, _("Actúa por una unidad que ofertó."))


def cesar_por_reloj(sesion: Session, designacion_id: UUID) -> bool:
    """Whose days as they were given are over ceases; False when there is nothing to do."""
    vista = designacion_por_id(sesion, designacion_id)
    if vista.convocatoria_id is not None:
        bloquear(sesion, vista.convocatoria_id)
    papeles_de_entidad(sesion, vista.unidad_id)
    fila = designacion_por_id(sesion, designacion_id)
    if fila.cesada_en is not None or fila.hasta is None or ahora_bd(sesion) < fila.hasta:
        return False
    sistema = Autorizacion.propia(Actor.sistema("plazo del nombramiento"))
    cesar_con(sesion, sistema, designacion_id, _("Terminó el plazo de su nombramiento."))
    return True


def _no_corresponde(campo: str, detalle: str) -> PapelNoCorresponde:
    return PapelNoCorresponde(detalle, campos={campo: detalle})
