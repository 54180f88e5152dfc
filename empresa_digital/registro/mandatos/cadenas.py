"""Chains of mandates as things: what a grant may hold when it is given by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from empresa_digital.registro.mandatos.facultades import cadenas_del_actor
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.tipos import Facultad, alcanzadas
from nucleo.actor import Actor, Autorizacion


@dataclass(frozen=True, slots=True)
class Cadena:
    """The mandates by which somebody acts for a unit: the unit's first, then theirs in the office."""

    mandatos: tuple[Mandato, ...]

    @property
    def ids(self) -> tuple[UUID, ...]:
        return tuple(m.id for m in self.mandatos)

    @property
    def alcanza(self) -> frozenset[Facultad]:
        """What may be exercised by it: what each of its mandates gives."""
        return frozenset.intersection(*(alcanzadas(m.facultades) for m in self.mandatos))

    @property
    def termina_en(self) -> datetime | None:
        """When the first of its mandates ends, as far as is known today."""
        fines = [f for m in self.mandatos for f in (m.valido_hasta, m.revocado_en) if f is not None]
        return min(fines, default=None)

    def autorizacion(self, actor: Actor) -> Autorizacion:
        primero = self.mandatos[0]
        return Autorizacion(actor=actor, unidad_id=primero.unidad_id, mandato_id=primero.id, cadena=self.ids)


def cadena_de(sesion: Session, ids: Sequence[UUID]) -> Cadena:
    """The chain of these mandates, in this order."""
    filas = {m.id: m for m in sesion.exec(select(Mandato).where(col(Mandato.id).in_(ids)))}
    return Cadena(tuple(filas[i] for i in ids))


def cadenas_de(sesion: Session, actor: Actor, unidad_id: UUID) -> list[Cadena]:
    """Every valid chain by which a person acts alone for a unit, direct ones first, the oldest first."""
    suyos = cadenas_del_actor(actor)
    filas = sesion.execute(
        select(suyos.c.mandato_id, suyos.c.propio_id)
        .where(suyos.c.unidad_id == unidad_id)
        .order_by(suyos.c.propio_id.is_not(None), suyos.c.mandato_id, suyos.c.propio_id)
    )
    return [cadena_de(sesion, [i for i in fila if i is not None]) for fila in filas.all()]


_DEL_ACTO = text(
    "SELECT a.mandatos, ARRAY(SELECT persona_id FROM registro_acto_firma WHERE acto_id = a.id) AS personas "
    "FROM registro_acto_en_curso(CAST(:acto AS uuid)) c JOIN registro_acto a ON a.id = CAST(:acto AS uuid) "
    "WHERE c.unidad_id = :unidad"
)


def cadena_que_otorga(sesion: Session, autorizacion: Autorizacion) -> Cadena:
    """The mandates by which a grant is given: the chain of who gives it; in a joint act, all who signed."""
    ids = list(autorizacion.cadena)
    if autorizacion.actor.acto is not None and autorizacion.unidad_id is not None:
        datos = {"acto": autorizacion.actor.acto, "unidad": autorizacion.unidad_id}
        acto = sesion.connection().execute(_DEL_ACTO, datos).one_or_none()
        if acto is not None and set(ids) <= set(acto.mandatos):
            ids += [m for m in acto.mandatos if m not in ids]
    return cadena_de(sesion, ids)


def quienes_otorgan(sesion: Session, actor: Actor, unidad_id: UUID) -> list[UUID]:
    """The people who give it: the actor, and in a joint act whoever signed it."""
    if actor.persona_id is None:
        return []
    if actor.acto is not None:
        datos = {"acto": actor.acto, "unidad": unidad_id}
        acto = sesion.connection().execute(_DEL_ACTO, datos).one_or_none()
        if acto is not None:
            return sorted({actor.persona_id, *acto.personas})
    return [actor.persona_id]


_ARRIBA = text(
    "WITH RECURSIVE arriba (id) AS ("
    " SELECT unnest(otorgado_por) FROM registro_mandato WHERE id = CAST(:mandato AS uuid)"
    " UNION SELECT unnest(o.otorgado_por) FROM arriba a JOIN registro_mandato o ON o.id = a.id)"
    " SELECT id FROM arriba"
)


def ascendientes(sesion: Session, mandato_id: UUID) -> frozenset[UUID]:
    """The mandates by which this one was given, those by which they were, and so on."""
    return frozenset(sesion.connection().execute(_ARRIBA, {"mandato": mandato_id}).scalars())
