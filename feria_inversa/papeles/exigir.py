"""Who does an act of a process: those who hold its role, once somebody was named to it.

Where nobody was, whoever has the mandate does it: a small entity concentrates what no rule parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlmodel import Session

from ciudadania import nombres_de_personas
from feria_inversa.papeles.consultas import apartados, que_rigen, que_se_excusan
from feria_inversa.papeles.errores import SinPapel
from feria_inversa.papeles.modelos import Designacion
from feria_inversa.papeles.tipos import Papel, nombre_de_papel
from feria_inversa.reglas import Clave, Reglas
from nucleo.actor import Actor
from nucleo.textos import gettext as _


class Proceso(Protocol):
    """What is asked of a process."""

    id: UUID
    unidad_id: UUID

    @property
    def reglas(self) -> dict[str, Any] | None: ...


@dataclass(frozen=True, slots=True)
class Acto:
    """An act is of who holds one of `mandan`, once somebody does; then also of who holds one of `ayudan`."""

    mandan: frozenset[Papel]
    ayudan: frozenset[Papel] = frozenset()


_DECIDE = frozenset({Papel.RPC, Papel.RPA})
CONDUCIR = Acto(_DECIDE, frozenset({Papel.ADMINISTRATIVA}))
ABRIR = Acto(_DECIDE, frozenset({Papel.ADMINISTRATIVA, Papel.CALIFICACION}))
CALIFICAR = Acto(frozenset({Papel.CALIFICACION}))
DECIDIR = Acto(_DECIDE)
NOMBRAR = Acto(_DECIDE, frozenset({Papel.MAE}))
ORDENAR = Acto(_DECIDE, frozenset({Papel.MAE, Papel.ADMINISTRATIVA}))
RECIBIR = Acto(frozenset({Papel.RECEPCION}))
RESOLVER = Acto(frozenset({Papel.MAE}))


def exigir_papel(sesion: Session, actor: Actor, proceso: Proceso, acto: Acto) -> None:
    """Raise `SinPapel`, naming who does it, unless the actor may: holds a role of the act and did not ask to
    be left out, or nobody was named. Who was left out of the process does nothing in it. Time takes a
    process on whoever was named.
    """
    if actor.tipo == "sistema":
        return
    fuera = apartados(sesion, proceso.id)
    if actor.persona_id in fuera:
        raise SinPapel(_("Usted quedó fuera de este proceso: ya no actúa en él."))
    rigen = [d for d in que_rigen(sesion, proceso.unidad_id, proceso.id) if d.persona_id not in fuera]
    mandan = [d for d in rigen if d.papel in acto.mandan]
    if not mandan:
        return
    pueden = [*_los_suyos(mandan, proceso), *(d for d in rigen if d.papel in acto.ayudan)]
    excusados = que_se_excusan(sesion, [d.id for d in pueden])
    quienes = {d.persona_id: d for d in pueden if d.id not in excusados}
    if actor.persona_id is not None and actor.persona_id in quienes:
        return
    raise SinPapel(_quien_lo_hace(sesion, list(quienes.values())))


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
