"""Messages to a unit: one delivery to its mailbox, which who holds `BUZON` reads."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session

from ciudadania import Clase, clase, notificar, proveer_cadenas, proveer_unidades
from empresa_digital.registro.mandatos.facultades import mandatos_del_actor, unidades_de
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.unidades import EstadoUnidad
from nucleo.actor import Actor
from nucleo.textos import perezoso as _l

AVISO_MANDATO = clase("registro.mandato", _l("Mandatos"), legal=True, icono="stamp")


def notificar_unidad(
    sesion: Session,
    unidad_id: UUID,
    asunto: str,
    cuerpo: str = "",
    enlace: str | None = None,
    *,
    clase: Clase,
) -> UUID:
    """Deliver a message to the unit's mailbox; whoever holds `BUZON` for it when they look, reads it."""
    return notificar(sesion, asunto=asunto, cuerpo=cuerpo, enlace=enlace, clase=clase, unidad_id=unidad_id)


@proveer_unidades
def unidades_con_buzon(sesion: Session, actor: Actor) -> Mapping[UUID, str]:
    """Whose mailboxes an actor may read: also of drafts and suspended units, which have news to learn."""
    estados = tuple(EstadoUnidad)
    unidades = unidades_de(sesion, actor, Facultad.BUZON, estados=estados)
    return {unidad.id: unidad.nombre for unidad in unidades}


@proveer_cadenas
def cadenas_del_buzon(
    sesion: Session, actor: Actor, unidades: Collection[UUID]
) -> Mapping[UUID, Sequence[UUID]]:
    """By which mandates a person reads each unit's mailbox; the shortest chain, of two."""
    suyos = mandatos_del_actor(actor, Facultad.BUZON, con_otros=True)
    columnas = (suyos.c.unidad_id, suyos.c.mandato_id, suyos.c.propio_id)
    consulta = select(*columnas).where(suyos.c.unidad_id.in_(unidades))
    orden = (suyos.c.propio_id.is_(None), suyos.c.mandato_id)  # the direct ones last: they stay
    cadenas: dict[UUID, Sequence[UUID]] = {}
    for unidad_id, mandato_id, propio_id in sesion.execute(consulta.order_by(*orden)):
        cadenas[unidad_id] = (mandato_id,) if propio_id is None else (mandato_id, propio_id)
    return cadenas
