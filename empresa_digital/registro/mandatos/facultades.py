"""The one door of authorisation: may this actor do this, for this unit, up to this amount?

A person acts for a unit by a mandate granted to them, or by a mandate granted to another unit (an
accountant's office) that they in turn represent with the same faculty, and that has assigned them to that
client: one step, no longer chains. Whatever is read or done asks for a faculty: no mandate opens anything by
merely existing. `ADMINISTRAR` implies every other faculty except `REGULAR`. All dates are judged by the
database's clock.

There are three answers: yes, no, and `EsperaFirmas`: with others, by a mandate of a group in which k of n
sign.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    Select,
    SmallInteger,
    Subquery,
    Text,
    Uuid,
    bindparam,
    false,
    func,
    literal,
    null,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from empresa_digital.registro.mandatos.errores import EsperaFirmas, MontoExcedido, SinFacultad, UnidadInactiva
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.palabras import facultades_en_palabras
from empresa_digital.registro.mandatos.tipos import Facultad, alcanzadas
from empresa_digital.registro.unidades import EstadoUnidad, Unidad
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import Centavos, de_centavos, formato_bs
from nucleo.textos import gettext as _

ACTIVAS: frozenset[EstadoUnidad] = frozenset({EstadoUnidad.INSCRITA})
"""States in which a unit may act. The registry itself also lets owners administer a draft or a suspended
unit.
"""

CON_LO_SUYO: frozenset[EstadoUnidad] = ACTIVAS | {EstadoUnidad.SUSPENDIDA, EstadoUnidad.CANCELADA}
"""States in which what a unit already has is its people's to finish: its money, orders and parcels under way.
No new business begins but in an active one.
"""

SE_VE: frozenset[Facultad] = frozenset({Facultad.CONSULTAR, Facultad.BUZON})
"""What only reads: any of those who sign together may, since reading is no act of the unit."""

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


def _suma(mandato: Any) -> Any:
    """SQL expression: it has a limit by day or month, so what is done by it adds up."""
    return func.num_nonnulls(mandato.limite_dia, mandato.limite_mes) > 0


# Made once: building aliases costs more than the query.
_DIRECTO, _PROPIO, _POR_OTRA = aliased(Mandato), aliased(Mandato), aliased(Mandato)
_APODERADA = aliased(UnidadEconomica)


def _cadenas(persona: Any, facultad: Facultad | None, *, con_otros: bool = False) -> Subquery:
    """Rows of every chain of valid mandates from a person to a unit: direct, or through an office of theirs.

    Columns: `unidad_id`, `mandato_id` (the unit's mandate), `propio_id` (the person's in the office, if
    through one), `monto_limite` (the smaller), the faculties of each, `firmas`, `grupo` and `suma`. Without
    `facultad` a chain may give nothing: its mandates may have no faculty in common. `con_otros`: also the
    joint ones.
    """
    instante = select(func.nucleo_ahora()).scalar_subquery()

    def sirve(mandato: Any, *, solo: bool = True) -> Any:
        condicion = vigente(mandato, instante)
        if solo:
            condicion &= _solo(mandato)
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
        col(_DIRECTO.firmas_requeridas).label("firmas"),
        col(_DIRECTO.grupo_firma).label("grupo"),
        _suma(_DIRECTO).label("suma"),
    ).where(col(_DIRECTO.apoderado_persona_id) == persona, sirve(_DIRECTO, solo=not con_otros))
    indirectos = (
        select(
            col(_POR_OTRA.unidad_id),
            col(_POR_OTRA.id),
            col(_PROPIO.id),
            func.least(col(_POR_OTRA.monto_limite), col(_PROPIO.monto_limite), type_=Centavos),
            col(_POR_OTRA.facultades),
            col(_PROPIO.facultades),
            literal(1, SmallInteger),
            null().cast(Uuid),
            _suma(_POR_OTRA) | _suma(_PROPIO),
        )
        .join(_PROPIO, col(_PROPIO.unidad_id) == col(_POR_OTRA.apoderado_unidad_id))
        .join(_APODERADA, col(_APODERADA.id) == col(_POR_OTRA.apoderado_unidad_id))
        .where(
            col(_PROPIO.apoderado_persona_id) == persona,
            col(_APODERADA.estado) == EstadoUnidad.INSCRITA,
            func.registro_asignado(_POR_OTRA.id, _PROPIO.apoderado_persona_id, instante),
            sirve(_POR_OTRA),
            sirve(_PROPIO),
        )
    )
    return union_all(directos, indirectos).subquery("suyos")


def cadenas_del_actor(actor: Actor) -> Subquery:
    """Rows (unidad_id, mandato_id, propio_id, …) of every chain of valid mandates of a person, whatever it
    gives: to look at what each gives, never to let anybody do something.
    """
    return _cadenas(actor.persona_id, None)


def mandatos_del_actor(actor: Actor, facultad: Facultad, *, con_otros: bool = False) -> Subquery:
    """Rows (unidad_id, mandato_id, propio_id, monto_limite, firmas, grupo) of every chain of valid mandates
    by which a person may exercise `facultad`. Each mandate of a chain gives it; the limit is the smallest.
    """
    return _cadenas(actor.persona_id, facultad, con_otros=con_otros)


# Each made once: building one costs more than asking it, and every request asks several.


@lru_cache
def _la_mejor(facultad: Facultad, con_otros: bool) -> Select[Any]:
    """Of :persona in :unidad, the chain that reaches furthest, with the state of the unit."""
    suyos = _cadenas(bindparam("persona"), facultad, con_otros=con_otros)
    return (
        select(col(UnidadEconomica.estado), suyos.c.mandato_id, suyos.c.propio_id, suyos.c.monto_limite)
        .join(suyos, suyos.c.unidad_id == col(UnidadEconomica.id))
        .where(col(UnidadEconomica.id) == bindparam("unidad"))
        .order_by(suyos.c.monto_limite.desc().nulls_first(), suyos.c.suma, suyos.c.mandato_id)
        .limit(1)
    )


@lru_cache
def _con_firmas(facultad: Facultad) -> Select[Any]:
    """The chains of :persona in :unidad, also the joint ones, fewest signatures first."""
    suyos = _cadenas(bindparam("persona"), facultad, con_otros=True)
    return (
        select(suyos.c.mandato_id, suyos.c.firmas, suyos.c.grupo, suyos.c.monto_limite)
        .where(suyos.c.unidad_id == bindparam("unidad"))
        .order_by(suyos.c.firmas, suyos.c.monto_limite.desc().nulls_first(), suyos.c.mandato_id)
    )


@lru_cache
def _lo_que_dan(con_otros: bool) -> Select[Any]:
    """What each chain of :persona gives."""
    suyos = _cadenas(bindparam("persona"), None, con_otros=con_otros)
    return select(suyos.c.unidad_id, suyos.c.facultades, suyos.c.facultades_propias)


@lru_cache
def _lo_que_representa() -> Select[Any]:
    """What each chain of :persona gives, also with others, with its unit, by name."""
    suyos = _cadenas(bindparam("persona"), None, con_otros=True)
    return (
        select(UnidadEconomica, suyos.c.facultades, suyos.c.facultades_propias, suyos.c.firmas)
        .join(suyos, suyos.c.unidad_id == col(UnidadEconomica.id))
        .order_by(col(UnidadEconomica.denominacion), col(UnidadEconomica.id))
    )


def exigir_facultad(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    facultad: Facultad,
    monto: Money | None = None,
    *,
    estados: Collection[EstadoUnidad] = ACTIVAS,
    con_otros: bool = False,
) -> Autorizacion:
    """The authorisation of `actor` to exercise `facultad` for a unit, in one query.

    `monto` is what the act commits: it must not exceed the mandate's limit (equal is allowed). `con_otros`:
    to look at or prepare what others sign too, a joint mandate is enough, as it always is to see
    (`SE_VE`). Raises `SinFacultad`, or its subclasses `UnidadInactiva` (the unit is not registered, or is
    suspended), `MontoExcedido` and `EsperaFirmas` (a joint mandate would reach: `nucleo.actos`).
    """
    if actor.tipo != "persona":
        return _exigir_de_cliente(sesion, actor, unidad_id, facultad, estados)
    if actor.acto is not None:
        conjunta = _de_acto(sesion, actor, unidad_id, facultad, monto, estados)
        if conjunta is not None:
            return conjunta
    consulta = _la_mejor(facultad, con_otros or facultad in SE_VE)
    fila = sesion.execute(consulta, {"persona": actor.persona_id, "unidad": unidad_id}).one_or_none()
    if fila is None:
        _esperar_firmas(sesion, actor, unidad_id, facultad, monto, estados)
        raise SinFacultad(_sin_mandato(facultad))
    estado, mandato_id, propio_id, limite = fila
    if estado not in estados:
        raise UnidadInactiva(_("La unidad económica no está inscrita o está suspendida: no puede actuar."))
    if monto is not None and limite is not None and monto > limite:
        _esperar_firmas(sesion, actor, unidad_id, facultad, monto, estados)
        raise MontoExcedido(_no_alcanza(limite, monto))
    return _autorizacion(actor, unidad_id, mandato_id, propio_id)


@dataclass(frozen=True, slots=True)
class FirmasPosibles:
    """By which mandate somebody would propose an act, and how many must sign it: one, and no group, when they
    may alone.
    """

    mandato_id: UUID
    firmas: int = 1
    grupo: UUID | None = None


def exigir_con_otros(
    sesion: Session, actor: Actor, unidad_id: UUID, facultad: Facultad, monto: Money | None = None
) -> FirmasPosibles:
    """How the actor may propose what this faculty lets do: alone if they may, else in the group that reaches
    with fewest signatures. Raises `SinFacultad`, `MontoExcedido`.
    """
    de_quien = {"persona": actor.persona_id, "unidad": unidad_id}
    filas = sesion.execute(_con_firmas(facultad), de_quien).all()
    if not filas:
        raise SinFacultad(_sin_mandato(facultad))
    for mandato_id, firmas, grupo, limite in filas:
        if monto is None or limite is None or monto <= limite:
            return FirmasPosibles(mandato_id, firmas, grupo)
    assert monto is not None
    raise MontoExcedido(_no_alcanza(max(limite for *_resto, limite in filas), monto))


def _esperar_firmas(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    facultad: Facultad,
    monto: Money | None,
    estados: Collection[EstadoUnidad],
) -> None:
    """Raise `EsperaFirmas` if the actor may with others, `MontoExcedido` if not for so much; they have just
    been found not to, alone.
    """
    try:
        posibles = exigir_con_otros(sesion, actor, unidad_id, facultad, monto)
    except MontoExcedido:
        raise
    except SinFacultad:
        return
    if posibles.grupo is None or sesion.get_one(UnidadEconomica, unidad_id).estado not in estados:
        return
    raise EsperaFirmas(
        _(
            "Su mandato es conjunto, de %(k)s firmas, y esto todavía no se firma entre varios. "
            "Pídalo a quien tenga la facultad de %(facultad)s a sola firma."
        )
        % {"k": posibles.firmas, "facultad": facultades_en_palabras([facultad])},
        unidad_id=unidad_id,
        facultad=facultad.value,
        monto=monto,
    )


_ACTO_EN_CURSO = text(
    "SELECT c.* FROM registro_acto_en_curso(CAST(:acto AS uuid)) c JOIN registro_acto a "
    "ON a.id = CAST(:acto AS uuid) AND a.resuelto_por = :quien"
)


def _acto_en_curso(sesion: Session, actor: Actor) -> Any:
    """The joint act that this very transaction does by the signature of the actor, the last; or None."""
    if actor.acto is None:
        return None
    datos = {"acto": actor.acto, "quien": actor.persona_id}
    return sesion.connection().execute(_ACTO_EN_CURSO, datos).one_or_none()


def _de_acto(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    facultad: Facultad,
    monto: Money | None,
    estados: Collection[EstadoUnidad],
) -> Autorizacion | None:
    """The authority of the joint act that this very transaction does, if it is for this: by the mandate of
    its last signature, up to the smallest limit of all who signed.
    """
    fila = _acto_en_curso(sesion, actor)
    if fila is None or fila.unidad_id != unidad_id or fila.facultad not in facultad.otorgada_por:
        return None
    if sesion.get_one(UnidadEconomica, unidad_id, populate_existing=True).estado not in estados:
        raise UnidadInactiva(_("La unidad económica no está inscrita o está suspendida: no puede actuar."))
    if monto is not None and fila.limite is not None and monto > (limite := de_centavos(fila.limite)):
        raise MontoExcedido(_no_alcanza(limite, monto))
    return _autorizacion(actor, unidad_id, fila.mandato_id, fila.mandato_propio_id)


def _no_alcanza(limite: Money, monto: Money) -> str:
    return _("Su mandato alcanza hasta %(limite)s y esto es por %(monto)s.") % {
        "limite": formato_bs(limite),
        "monto": formato_bs(monto),
    }


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
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    facultad: Facultad,
    monto: Money | None = None,
    *,
    estados: Collection[EstadoUnidad] = ACTIVAS,
    con_otros: bool = False,
) -> bool:
    """Whether `exigir_facultad` would pass."""
    try:
        exigir_facultad(sesion, actor, unidad_id, facultad, monto, estados=estados, con_otros=con_otros)
    except SinFacultad:
        return False
    return True


def unidades_de(
    sesion: Session,
    actor: Actor,
    facultad: Facultad,
    *,
    estados: Collection[EstadoUnidad] = ACTIVAS,
    con_otros: bool = False,
) -> list[Unidad]:
    """The units for which the actor may exercise this faculty (also `con_otros`), by name. Only active ones
    unless told.
    """
    if actor.tipo == "persona":
        return _leer(sesion, _de_persona(facultad, con_otros or facultad in SE_VE), estados, actor.persona_id)
    if actor.tipo == "cliente" and actor.alcances & _ALCANCES_DE_CLIENTE.get(facultad, frozenset()):
        cuales = col(UnidadEconomica.id) == actor.unidad_cliente_id
        return _leer(sesion, _por_nombre(cuales), estados)
    return []


@dataclass(frozen=True, slots=True)
class Representada:
    """A unit, in any state, for which somebody may do something: what alone, what also with others."""

    unidad: Unidad
    solas: frozenset[Facultad]
    con_otros: frozenset[Facultad]


def representadas(sesion: Session, actor: Actor) -> list[Representada]:
    """The units for which the actor may do anything at all, by name, and what: one query."""
    if actor.tipo != "persona":
        return _de_cliente(sesion, actor)
    suyas: dict[UUID, Representada] = {}
    filas = sesion.execute(_lo_que_representa(), {"persona": actor.persona_id})
    for fila, del_mandato, propias, firmas in filas:
        if dadas := _dadas(del_mandato, propias):
            antes = suyas.get(fila.id) or Representada(fila.valor(), frozenset(), frozenset())
            solas = dadas if firmas == 1 else dadas & SE_VE
            suyas[fila.id] = Representada(antes.unidad, antes.solas | solas, antes.con_otros | dadas)
    return list(suyas.values())


def _de_cliente(sesion: Session, actor: Actor) -> list[Representada]:
    """The unit of a machine client, and what its token lets it do."""
    unidad = sesion.get(UnidadEconomica, actor.unidad_cliente_id) if actor.unidad_cliente_id else None
    dadas = frozenset(f for f, alcances in _ALCANCES_DE_CLIENTE.items() if actor.alcances & alcances)
    return [Representada(unidad.valor(), dadas, dadas)] if unidad is not None else []


def unidades_representadas(
    sesion: Session, actor: Actor, *, estados: Collection[EstadoUnidad] = ACTIVAS
) -> list[Unidad]:
    """The units for which the actor may do anything at all, by name: for menus and lists.

    It opens nothing: whatever is read or done of a unit asks for its own faculty.
    """
    return [r.unidad for r in representadas(sesion, actor) if r.unidad.estado in estados]


def _por_nombre(cuales: Any) -> Select[Any]:
    """Units, by name, in some of :estados."""
    en_ellos = col(UnidadEconomica.estado).in_(bindparam("estados", expanding=True))
    orden = (col(UnidadEconomica.denominacion), col(UnidadEconomica.id))
    return select(UnidadEconomica).where(cuales, en_ellos).order_by(*orden)


@lru_cache
def _de_persona(facultad: Facultad, con_otros: bool) -> Select[Any]:
    """Those in which :persona has this faculty."""
    suyos = _cadenas(bindparam("persona"), facultad, con_otros=con_otros)
    return _por_nombre(col(UnidadEconomica.id).in_(select(suyos.c.unidad_id)))


def _leer(
    sesion: Session, consulta: Select[Any], estados: Collection[EstadoUnidad], persona: UUID | None = None
) -> list[Unidad]:
    de_quien = {} if persona is None else {"persona": persona}
    filas = sesion.execute(consulta, {"estados": list(estados)} | de_quien).scalars()
    return [fila.valor() for fila in filas]


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
        acto = _acto_en_curso(sesion, actor)
        suya = () if acto is None else (suyos.c.unidad_id != acto.unidad_id,)  # the act's own authority first
        consulta = (
            select(suyos.c.unidad_id, suyos.c.mandato_id, suyos.c.propio_id)
            .join(UnidadEconomica, col(UnidadEconomica.id) == suyos.c.unidad_id)
            .where(
                col(UnidadEconomica.estado) == EstadoUnidad.INSCRITA,
                suyos.c.unidad_id.in_(_autoridades()),
                *(() if entre is None else (suyos.c.unidad_id.in_(entre),)),
            )
            .order_by(*suya, suyos.c.mandato_id)
            .limit(1)
        )
        fila = sesion.execute(consulta).one_or_none()
        if fila is not None:
            return _autorizacion(actor, *fila)
    raise SinFacultad(_("Solo la autoridad del registro puede hacer esto."))


def facultades_de(
    sesion: Session, actor: Actor, *, con_otros: bool = False
) -> dict[UUID, frozenset[Facultad]]:
    """The faculties that a person may exercise (also `con_otros`) for each unit, active or not, in one query;
    only the units with some.
    """
    if actor.tipo != "persona":
        return {}
    suyas: dict[UUID, frozenset[Facultad]] = {}
    filas = sesion.execute(_lo_que_dan(con_otros), {"persona": actor.persona_id})
    for unidad_id, del_mandato, propias in filas:
        if dadas := _dadas(del_mandato, propias):
            suyas[unidad_id] = suyas.get(unidad_id, frozenset()) | dadas
    return suyas


def _dadas(del_mandato: Collection[str], propias: Collection[str] | None) -> frozenset[Facultad]:
    """What a chain gives: what each of its mandates does."""
    dadas = alcanzadas(del_mandato)
    return dadas if propias is None else dadas & alcanzadas(propias)
