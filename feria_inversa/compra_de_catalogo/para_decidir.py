"""What who decides a purchase sees beside it: its budget, its price of today, its place in the search."""

from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

import comercio
from empresa_digital.registro import Facultad, apoderados_con, firman_otros, tiene_facultad
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.compra_de_catalogo.consultas import oferta_de
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from feria_inversa.evaluacion import quedan
from nucleo.actor import Actor


@dataclass(frozen=True, slots=True)
class ParaDecidir:
    """`queda`: what is left of its certificate. `hoy`: what its goods come to now, if that is less. `lugar`:
    which of how many results of its search it was. `total`: what it comes to now; `alcanza`: whether the
    mandate of who looks is enough for that."""

    queda: Money
    hoy: Money | None
    lugar: tuple[int, int] | None
    total: Money
    alcanza: bool


def para_decidir(sesion: Session, actor: Actor, compra: CompraDeCatalogo) -> ParaDecidir:
    certificacion = sesion.get_one(Certificacion, compra.certificacion_id)
    hoy = _hoy(sesion, compra)
    total = compra.total if hoy is None else hoy + compra.porte
    return ParaDecidir(
        queda=quedan(sesion, [certificacion])[certificacion.id],
        hoy=hoy,
        lugar=comercio.lugar_del_elegido(sesion, compra.busqueda_id),
        total=total,
        alcanza=tiene_facultad(sesion, actor, compra.unidad_id, Facultad.COMPRAR, total, con_otros=True),
    )


def _hoy(sesion: Session, compra: CompraDeCatalogo) -> Money | None:
    try:
        oferta = oferta_de(sesion, compra.unidad_id, compra.oferta_id)
    except comercio.OfertaNoEncontrada:
        return None  # it is not held any more
    hoy = comercio.importe_de_hoy(sesion, oferta)
    return hoy if hoy < compra.importe else None


def hay_otra_persona(sesion: Session, actor: Actor, unidad_id: UUID) -> bool:
    """Whether others buy for the entity, somebody alone or several together: who asks for a purchase does not
    decide it."""
    solas = apoderados_con(sesion, unidad_id, Facultad.COMPRAR)
    if any(a.persona_id != actor.persona_id for a in solas):
        return True
    return firman_otros(sesion, unidad_id, Facultad.COMPRAR, salvo=actor.persona_id)
