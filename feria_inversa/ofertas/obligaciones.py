"""The calls and bids under way of a unit that wants to close."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from feria_inversa.ofertas.estados import EstadoOferta
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.procesos import Pila, pila
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _

# From when it is public until what was won is ordered; orders are obligations of their own.
_EN_CURSO = frozenset(Pila) - {Pila.BORRADORES, Pila.TERMINADAS}


@obligacion("feria_inversa")
def convocatorias(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    suyas = (
        select(func.count())
        .select_from(Convocatoria)
        .where(col(Convocatoria.unidad_id) == unidad_id, pila().in_(_EN_CURSO))
    )
    ofertas = (
        select(func.count())
        .select_from(Oferta)
        .join(Convocatoria, col(Convocatoria.id) == col(Oferta.convocatoria_id))
        .where(
            col(Oferta.unidad_id) == unidad_id,
            col(Oferta.estado) == EstadoOferta.VIGENTE,
            pila().in_(_EN_CURSO),
        )
    )
    vivas: list[Obligacion] = []
    if cuantas := sesion.exec(suyas).one():
        vivas.append(Obligacion(_("Termine o cancele sus convocatorias en curso."), "/compras", cuantas))
    if cuantas := sesion.exec(ofertas).one():
        vivas.append(Obligacion(_("Retire sus ofertas o espere el resultado."), "/ofertas", cuantas))
    return vivas
