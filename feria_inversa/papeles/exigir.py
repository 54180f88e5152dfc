"""Who does an act of a process: those who hold its role, once somebody was named to it.

Where nobody was, whoever has the mandate does it: a small entity concentrates what no rule parts.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlmodel import Session

from ciudadania import nombres_de_personas
from feria_inversa.papeles.consultas import (
    fuera_de,
    incompatibles_con,
    papeles_en,
    que_actuan,
    recusado_hasta,
    tiene_gente,
)
from feria_inversa.papeles.errores import SinPapel
from feria_inversa.papeles.modelos import Designacion
from feria_inversa.papeles.tipos import Papel, nombre_de_papel
from feria_inversa.reglas import Clave, Reglas
from nucleo.actor import Actor
from nucleo.plantillas import filtro_fecha_hora
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _


class Proceso(Protocol):
    """What is asked of a process."""

    id: UUID
    unidad_id: UUID

    @property
    def conocidas_en(self) -> datetime | None: ...

    @property
    def sigue_en(self) -> datetime | None: ...

    @property
    def reglas(self) -> dict[str, Any] | None: ...


@dataclass(frozen=True, slots=True)
class Acto:
    """An act is of who holds one of `mandan`, once somebody does; then also of who holds one of `ayudan`.
    `elige`: it says who wins, so who was recused waits for the answer. `de_personas`: once a process has
    people of its own no program does it, for nobody knows whose hand it is.
    """

    mandan: frozenset[Papel]
    ayudan: frozenset[Papel] = frozenset()
    elige: bool = False
    de_personas: bool = False


_DECIDE = frozenset({Papel.RPC, Papel.RPA})
CONDUCIR = Acto(_DECIDE, frozenset({Papel.ADMINISTRATIVA}))
ABRIR = Acto(_DECIDE, frozenset({Papel.ADMINISTRATIVA, Papel.CALIFICACION}))
CALIFICAR = Acto(frozenset({Papel.CALIFICACION}), elige=True, de_personas=True)
DECIDIR = Acto(_DECIDE, elige=True, de_personas=True)
NOMBRAR = Acto(_DECIDE, frozenset({Papel.MAE}))
ORDENAR = Acto(_DECIDE, frozenset({Papel.MAE, Papel.ADMINISTRATIVA}), de_personas=True)
RECIBIR = Acto(frozenset({Papel.RECEPCION}), de_personas=True)
RECIBIR_COMPRAS = Acto(frozenset({Papel.RECIBE_COMPRAS}))
RESOLVER = Acto(frozenset({Papel.MAE}))
PLANIFICAR = Acto(frozenset({Papel.MAE}), frozenset({Papel.ADMINISTRATIVA}))


def exigir_papel(
    sesion: Session, actor: Actor, proceso: Proceso, acto: Acto, *, salvo: Collection[UUID] = ()
) -> None:
    """Raise `SinPapel`, naming who does it, unless the actor may: holds a role of the act and did not ask to
    be left out, or nobody was named and no role of theirs excludes those of the act. Who was left out of the
    process does nothing in it. Time takes a process on whoever was named.

    `salvo`: in whose case it is done, or who did of it what excludes this; what would be theirs to do is done
    by another.
    """
    if actor.tipo == "sistema":
        return
    if acto.de_personas and actor.persona_id is None and tiene_gente(sesion, proceso.id):
        raise SinPapel(_("Este proceso tiene personas nombradas: esto lo hace una de ellas, no un programa."))
    fuera = fuera_de(sesion, proceso.id)
    if actor.persona_id in fuera.todos:
        raise SinPapel(_("Usted quedó fuera de este proceso, o lo pidió: no actúa en él."))
    if acto.elige and actor.persona_id is not None:
        exigir_sin_recusacion(sesion, proceso, actor.persona_id)
    rigen = [
        d
        for d in que_actuan(sesion, proceso.unidad_id, proceso.id)
        if d.persona_id not in fuera.apartados and d.persona_id not in salvo
    ]
    mandan = [d for d in rigen if d.papel in acto.mandan]
    if not mandan:
        return _exigir_compatible(sesion, actor, proceso, acto)
    pueden = [*_los_suyos(mandan, proceso), *(d for d in rigen if d.papel in acto.ayudan)]
    quienes = {d.persona_id: d for d in pueden if d.persona_id not in fuera.piden}
    if actor.persona_id is not None and actor.persona_id in quienes:
        return
    raise SinPapel(_quien_lo_hace(sesion, list(quienes.values())))


def exigir_sin_recusacion(sesion: Session, proceso: Proceso, persona_id: UUID) -> None:
    """Raise `SinPapel` while a recusal of somebody waits for its answer, unless it would come only when the
    process has ended by itself: who recuses on the last day stops nobody.
    """
    hasta = recusado_hasta(sesion, proceso.id, persona_id)
    if hasta is not None and (proceso.sigue_en is None or hasta < proceso.sigue_en):
        nombre = nombres_de_personas(sesion, {persona_id})[persona_id]
        raise SinPapel(
            _("Recusaron a {quien}: hasta el {dia}, o hasta que respondan, no evalúa ni decide.").format(
                quien=nombre, dia=filtro_fecha_hora(hasta)
            )
        )


def _exigir_compatible(sesion: Session, actor: Actor, proceso: Proceso, acto: Acto) -> None:
    """Of what nobody was named to, the mandate is not enough for who a confirmed rule keeps from it."""
    if actor.persona_id is None:
        return
    suyos = papeles_en(sesion, proceso.unidad_id, proceso.id, proceso.conocidas_en, actor.persona_id)
    if not suyos or acto.ayudan & set(suyos):
        return
    hoy = fecha_bolivia(ahora_bd(sesion))
    for papel, otro, regla in incompatibles_con(sesion, acto.mandan, suyos, hoy):
        if regla.confirmado:
            raise SinPapel(
                _("Usted es o fue «{otro}» en este proceso, y este acto es de «{papel}» ({fuente}).").format(
                    otro=nombre_de_papel(otro), papel=nombre_de_papel(papel), fuente=regla.fuente
                )
            )


def _los_suyos(mandan: Sequence[Designacion], proceso: Proceso) -> list[Designacion]:
    """Who was named for this very process or, if nobody was, the entity's who decides its modality."""
    propios = [d for d in mandan if d.convocatoria_id is not None]
    decide = _quien_decide(proceso)
    return propios or [d for d in mandan if d.papel not in _DECIDE or decide in (None, d.papel)]


def _quien_decide(proceso: Proceso) -> Papel | None:
    """RPC or RPA by the rules that a process was born with; None where no confirmed rule says it."""
    reglas = None if proceso.reglas is None else Reglas.de_la_foto(proceso.reglas)
    if reglas is None or not reglas.exige(Clave.CON_RPC):
        return None
    return Papel.RPC if reglas.con_rpc else Papel.RPA


def _quien_lo_hace(sesion: Session, quienes: Sequence[Designacion]) -> str:
    if not quienes:
        return _("Nadie tiene hoy el papel que este acto pide: la entidad debe nombrar a alguien.")
    nombres = nombres_de_personas(sesion, {d.persona_id for d in quienes})
    lista = "; ".join(f"{nombres[d.persona_id]}, {nombre_de_papel(d.papel)}" for d in quienes)
    return _("Lo hace quien tiene el papel en este proceso: {}.").format(lista)
