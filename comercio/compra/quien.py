"""Who bought and who buys: the one door of that question. A buyer is a party: a citizen, or a unit by whoever
may buy for it (`COMPRAR`); each has an account to pay from and to be given back to.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import (
    CON_LO_SUYO,
    EstadoUnidad,
    Facultad,
    SinFacultad,
    TipoUnidad,
    Unidad,
    buscar_partes,
    exigir_facultad,
    parte_de_persona,
    parte_de_unidad,
    partes_en_lote,
    unidad_por_id,
    unidades_de,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.textos import gettext as _
from pagos import TipoCuenta, cuenta_de_persona, cuenta_de_unidad, obtener_cuenta

ACTIVAS = frozenset({EstadoUnidad.INSCRITA})


@dataclass(frozen=True, slots=True)
class Comprador:
    """Who buys now: their party, by whose authority, from which account of the ledger."""

    parte_id: UUID
    autorizacion: Autorizacion
    cuenta: int
    unidad_id: UUID | None


def comprador_de(
    sesion: Session, actor: Actor, unidad_id: UUID | None, *, cuenta_de_entidad: int | None = None
) -> Comprador:
    """Who buys: the actor themselves, or a unit that they may buy for; up to how much is not judged yet.
    A public entity commits its budget, and `cuenta_de_entidad` is the one of theirs that pays.

    Raises `Prohibido`; for a unit `SinFacultad`, `UnidadInactiva`, `EsperaFirmas`, `DatosInvalidos`.
    """
    if actor.persona_id is None:
        raise Prohibido(_("Para comprar ingrese como persona."))
    if unidad_id is None:
        parte = parte_de_persona(sesion, actor.persona_id)
        propia = Autorizacion.propia(actor)
        return Comprador(parte.id, propia, cuenta_de_persona(sesion, actor.persona_id), None)
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.COMPRAR)
    es_entidad = unidad_por_id(sesion, unidad_id).tipo is TipoUnidad.ENTIDAD_PUBLICA
    if cuenta_de_entidad is not None:
        cuenta_que_paga = obtener_cuenta(sesion, cuenta_de_entidad)
        if not es_entidad or cuenta_que_paga.titular_id != unidad_id or cuenta_que_paga.cerrada:
            dice = _("Elija una cuenta de la entidad que compra.")
            raise DatosInvalidos(dice, campos={"cuenta_id": dice})
        return Comprador(parte_de_unidad(sesion, unidad_id).id, autorizacion, cuenta_de_entidad, unidad_id)
    if es_entidad:
        texto = _(
            "Una entidad pública compra por convocatoria, con su presupuesto: no en la tienda. Aquí puede"
            " congelar una búsqueda y pedir que le sostengan un precio."
        )
        raise Prohibido(texto)
    cuenta = cuenta_de_unidad(sesion, unidad_id, TipoCuenta.COMERCIO)
    return Comprador(parte_de_unidad(sesion, unidad_id).id, autorizacion, cuenta, unidad_id)


def unidades_que_compran(
    sesion: Session,
    actor: Actor,
    estados: Collection[EstadoUnidad] = ACTIVAS,
    *,
    con_entidades: bool = False,
) -> Sequence[Unidad]:
    """The units for which the actor may buy in the shop, by name: those that may, or with `CON_LO_SUYO` all
    that have bought. A public entity does not from the cart; `con_entidades`: it is about what it ordered."""
    suyas = unidades_de(sesion, actor, Facultad.COMPRAR, estados=estados)
    return [u for u in suyas if con_entidades or u.tipo is not TipoUnidad.ENTIDAD_PUBLICA]


def lo_suyo(sesion: Session, actor: Actor, parte_id: UUID, *, con_otros: bool = False) -> Autorizacion | None:
    """The actor's authority over what that party bought, in whatever state its unit is; None without one.
    `con_otros`: to look at it, a joint mandate is enough."""
    if actor.persona_id is None:
        return None  # programs sell, they do not buy
    if parte_id in buscar_partes(sesion, personas=[actor.persona_id]):
        return Autorizacion.propia(actor)
    unidad_id = partes_en_lote(sesion, [parte_id])[parte_id].unidad_id
    if unidad_id is None:
        return None
    try:
        return exigir_facultad(
            sesion, actor, unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO, con_otros=con_otros
        )
    except SinFacultad:
        return None


def exigir_que_baste_solo(sesion: Session, actor: Actor, parte_id: UUID) -> None:
    """Raise `EsperaFirmas` for who buys for that party only with others; of anybody else nothing is said."""
    unidad_id = partes_en_lote(sesion, [parte_id])[parte_id].unidad_id
    if unidad_id is not None and lo_suyo(sesion, actor, parte_id, con_otros=True) is not None:
        exigir_facultad(sesion, actor, unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO)


def comprado_por(sesion: Session, persona_id: UUID | None, unidad_id: UUID | None = None) -> Collection[UUID]:
    """As which parties a unit bought, or without one that person: one, or none if they never did."""
    if unidad_id is not None:
        return buscar_partes(sesion, unidades=[unidad_id])
    return buscar_partes(sesion, personas=[persona_id] if persona_id else ())
