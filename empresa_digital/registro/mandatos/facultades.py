"""The one door of authorisation: may this actor do this, for this unit, up to this amount?

A person acts for a unit by a mandate granted to them, or by a mandate granted to another unit (an
accountant's office) that they in turn represent with the same faculty: one step, no longer chains.
Whatever is read or done asks for a faculty: no mandate opens anything by merely existing. `ADMINISTRAR`
implies every other faculty except `REGULAR`. All dates are judged by the database's clock.
"""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import Subquery, Text, Uuid, false, func, null, or_, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from empresa_digital.registro.mandatos.errores import MontoExcedido, SinFacultad, UnidadInactiva
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.palabras import facultades_en_palabras
from empresa_digital.registro.mandatos.tipos import Facultad, alcanzadas
from empresa_digital.registro.unidades import EstadoUnidad, Unidad
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import Centavos, formato_bs
from nucleo.textos import gettext as _

ACTIVAS: frozenset[EstadoUnidad] = frozenset({EstadoUnidad.INSCRITA})
"""States in which a unit may act. The registry itself also lets owners administer a draft or a suspended
unit.
"""

_ALCANCES_DE_CLIENTE: dict[Facultad, frozenset[str]] = {
    Facultad.VENDER: frozenset({"productos", "pedidos"}),
    Facultad.DESPACHAR: frozenset({"envios"}),
    Facultad.PAGAR: frozenset({"pagos"}),
    Facultad.COMPRAR: frozenset({"convocatorias"}),
    Facultad.OFERTAR: frozenset({"convocatorias"}),
    Facultad.BUZON: frozenset({"buzon"}),
}
"""What a machine client may do for the unit it belongs to, by the scopes of its token."""


def vigente(mandato: Any, instante: Any) -> Any:
    """SQL condition: this mandate holds at `instante`: accepted, begun, not ended, not revoked.

    The same as the SQL function `registro_mandato_vigente`. Whether it gives power without other signatures
    is another question: see `_solo`.
    """
    return (
        mandato.aceptado_en.is_not(None)
        & (mandato.aceptado_en <= instante)
        & (mandato.valido_desde <= instante)
        & or_(mandato.valido_hasta.is_(None), mandato.valido_hasta > instante)
        & or_(mandato.revocado_en.is_(None), mandato.revocado_en > instante)
    )


def _solo(mandato: Any) -> Any:
    """SQL condition: its holder acts by it alone."""
    return mandato.firmas_requeridas == 1


# Made once: building aliases costs more than the query.
_DIRECTO, _PROPIO, _POR_OTRA = aliased(Mandato), aliased(Mandato), aliased(Mandato)
_APODERADA = aliased(UnidadEconomica)


def _cadenas(actor: Actor, facultad: Facultad | None) -> Subquery:
    """Rows of every chain of valid mandates from a person to a unit: direct, or through an office of theirs.

    Columns: `unidad_id`, `mandato_id` (the unit's mandate), `propio_id` (the person's in the office, if
    through one), `monto_limite` (the smaller), and the faculties of each. Without `facultad` a chain may give
    nothing: its mandates may have no faculty in common.
    """
    instante = select(func.nucleo_ahora()).scalar_subquery()

    def sirve(mandato: Any) -> Any:
        condicion = vigente(mandato, instante) & _solo(mandato)
        if facultad is not None:
            condicion &= mandato.facultades.overlap([f.value for f in facultad.otorgada_por])
        return condicion

    directos: Any = select(
        col(_DIRECTO.unidad_id).label("unidad_id"),
        col(_DIRECTO.id).label("mandato_id"),
        null().cast(Uuid).label("propio_id"),
        col(_DIRECTO.monto_limite).label("monto_limite"),
        col(_DIRECTO.facultades).label("facultades"),
        null().cast(ARRAY(Text)).label("facultades_propias"),
    ).where(col(_DIRECTO.apoderado_persona_id) == actor.persona_id, sirve(_DIRECTO))
    indirectos = (
        select(
            col(_POR_OTRA.unidad_id),
            col(_POR_OTRA.id),
            col(_PROPIO.id),
            func.least(col(_POR_OTRA.monto_limite), col(_PROPIO.monto_limite), type_=Centavos),
            col(_POR_OTRA.facultades),
            col(_PROPIO.facultades),
        )
        .join(_PROPIO, col(_PROPIO.unidad_id) == col(_POR_OTRA.apoderado_unidad_id))
        .join(_APODERADA, col(_APODERADA.id) == col(_POR_OTRA.apoderado_unidad_id))
        .where(
            col(_PROPIO.apoderado_persona_id) == actor.persona_id,
            col(_APODERADA.estado) == EstadoUnidad.INSCRITA,
            sirve(_POR_OTRA),
            sirve(_PROPIO),
        )
    )
    return union_all(directos, indirectos).subquery("suyos")


def mandatos_del_actor(actor: Actor, facultad: Facultad) -> Subquery:
    """Rows (unidad_id, mandato_id, propio_id, monto_limite) of every chain of valid mandates by which a
    person may exercise `facultad`. Each mandate of a chain gives it; the limit is the smallest.
    """
    return _cadenas(actor, facultad)


def exigir_facultad(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    facultad: Facultad,
    monto: Money | None = None,
    *,
    estados: Collection[EstadoUnidad] = ACTIVAS,
) -> Autorizacion:
    """The authorisation of `actor` to exercise `facultad` for a unit, in one query.

    `monto` is what the act commits: it must not exceed the mandate's limit (equal is allowed). Raises
    `SinFacultad`, or its subclasses `UnidadInactiva` (the unit is not registered, or is suspended) and
    `MontoExcedido`.
    """
    if actor.tipo != "persona":
        return _exigir_de_cliente(sesion, actor, unidad_id, facultad, estados)
    suyos = mandatos_del_actor(actor, facultad)
    consulta = (
        select(col(UnidadEconomica.estado), suyos.c.mandato_id, suyos.c.propio_id, suyos.c.monto_limite)
        .join(suyos, suyos.c.unidad_id == col(UnidadEconomica.id))
        .where(col(UnidadEconomica.id) == unidad_id)
        .order_by(suyos.c.monto_limite.desc().nulls_first(), suyos.c.mandato_id)
        .limit(1)
    )
    fila = sesion.execute(consulta).one_or_none()
    if fila is None:
        raise SinFacultad(_sin_mandato(facultad))
    estado, mandato_id, propio_id, limite = fila
    if estado not in estados:
        raise UnidadInactiva(_("La unidad económica no está inscrita o está suspendida: no puede actuar."))
    if monto is not None and limite is not None and monto > limite:
        raise MontoExcedido(
            _("Su mandato alcanza hasta %(limite)s y esto es por %(monto)s.")
            % {"limite": formato_bs(limite), "monto": formato_bs(monto)}
        )
    return _autorizacion(actor, unidad_id, mandato_id, propio_id)


def _autorizacion(actor: Actor, unidad_id: UUID, mandato_id: UUID, propio_id: UUID | None) -> Autorizacion:
    cadena = (mandato_id,) if propio_id is None else (mandato_id, propio_id)
    return Autorizacion(actor=actor, unidad_id=unidad_id, mandato_id=mandato_id, cadena=cadena)


def _sin_mandato(facultad: Facultad) -> str:
    return _("Para esto necesita un mandato vigente con la facultad de %(facultad)s.") % {
        "facultad": facultades_en_palabras([facultad])
    }


def _exigir_de_cliente(
    sesion: Session, actor: Actor, unidad_id: UUID, facultad: Facultad, estados: Collection[EstadoUnidad]
) -> Autorizacion:
    alcances = _ALCANCES_DE_CLIENTE.get(facultad, frozenset())
    if actor.tipo != "cliente" or actor.unidad_cliente_id != unidad_id or not actor.alcances & alcances:
        raise SinFacultad(_sin_mandato(facultad))
    unidad = sesion.get(UnidadEconomica, unidad_id)
    if unidad is None:
        raise SinFacultad(_sin_mandato(facultad))
    if unidad.estado not in estados:
        raise UnidadInactiva(_("La unidad económica no está inscrita o está suspendida: no puede actuar."))
    return Autorizacion(actor=actor, unidad_id=unidad_id)


def tiene_facultad(
    sesion: Session, actor: Actor, unidad_id: UUID, facultad: Facultad, monto: Money | None = None
) -> bool:
    """Whether `exigir_facultad` would pass."""
    try:
        exigir_facultad(sesion, actor, unidad_id, facultad, monto)
    except SinFacultad:
        return False
    return True


def unidades_de(
    sesion: Session,
    actor: Actor,
    facultad: Facultad,
    *,
    estados: Collection[EstadoUnidad] = ACTIVAS,
) -> list[Unidad]:
    """The units for which the actor may exercise this faculty, by name. Only active ones unless told."""
    cuales: Any
    if actor.tipo == "persona":
        suyos = mandatos_del_actor(actor, facultad)
        cuales = col(UnidadEconomica.id).in_(select(suyos.c.unidad_id))
    elif actor.tipo == "cliente" and actor.alcances & _ALCANCES_DE_CLIENTE.get(facultad, frozenset()):
        cuales = col(UnidadEconomica.id) == actor.unidad_cliente_id
    else:
        return []
    return _por_nombre(sesion, cuales, estados)


def unidades_representadas(
    sesion: Session, actor: Actor, *, estados: Collection[EstadoUnidad] = ACTIVAS
) -> list[Unidad]:
    """The units for which the actor may do anything at all, by name: for menus and lists.

    It opens nothing: whatever is read or done of a unit asks for its own faculty.
    """
    cuales: Any
    if actor.tipo == "persona":
        cuales = col(UnidadEconomica.id).in_(facultades_de(sesion, actor))
    else:
        cuales = col(UnidadEconomica.id) == actor.unidad_cliente_id
    return _por_nombre(sesion, cuales, estados)


def _por_nombre(sesion: Session, cuales: Any, estados: Collection[EstadoUnidad]) -> list[Unidad]:
    consulta = select(UnidadEconomica).where(cuales, col(UnidadEconomica.estado).in_(list(estados)))
    orden = (col(UnidadEconomica.denominacion), col(UnidadEconomica.id))
    return [fila.valor() for fila in sesion.execute(consulta.order_by(*orden)).scalars()]


def _ninguna() -> Any:
    return select(col(UnidadEconomica.id)).where(false())


_autoridades: Callable[[], Any] = _ninguna


def proveer_autoridades(funcion: Callable[[], Any]) -> Callable[[], Any]:
    """Let the qualities, which stand on the mandates, say which units are the authority: a SELECT of their
    ids (a decorator).
    """
    global _autoridades
    _autoridades = funcion
    return funcion


def exigir_regulador(sesion: Session, actor: Actor, *, entre: Any = None) -> Autorizacion:
    """An official of an authority: a mandate with `REGULAR` from a regulating one (of `entre`, a SELECT of
    ids, if given). It lets them look; what they decide asks `competencias.exigir_competencia`.
    """
    if actor.tipo == "persona":
        suyos = mandatos_del_actor(actor, Facultad.REGULAR)
        consulta = (
            select(suyos.c.unidad_id, suyos.c.mandato_id, suyos.c.propio_id)
            .join(UnidadEconomica, col(UnidadEconomica.id) == suyos.c.unidad_id)
            .where(
                col(UnidadEconomica.estado) == EstadoUnidad.INSCRITA,
                suyos.c.unidad_id.in_(_autoridades()),
                *(() if entre is None else (suyos.c.unidad_id.in_(entre),)),
            )
            .order_by(suyos.c.mandato_id)
            .limit(1)
        )
        fila = sesion.execute(consulta).one_or_none()
        if fila is not None:
            return _autorizacion(actor, *fila)
    raise SinFacultad(_("Solo la autoridad del registro puede hacer esto."))


def facultades_de(sesion: Session, actor: Actor) -> dict[UUID, frozenset[Facultad]]:
    """The faculties that a person may exercise for each unit, active or not, in one query; only the units
    with some.
    """
    if actor.tipo != "persona":
        return {}
    suyos = _cadenas(actor, None)
    suyas: dict[UUID, frozenset[Facultad]] = {}
    filas = sesion.execute(select(suyos.c.unidad_id, suyos.c.facultades, suyos.c.facultades_propias))
    for unidad_id, del_mandato, propias in filas:
        dadas = alcanzadas(del_mandato)
        if propias is not None:
            dadas &= alcanzadas(propias)
        if dadas:
            suyas[unidad_id] = suyas.get(unidad_id, frozenset()) | dadas
    return suyas
