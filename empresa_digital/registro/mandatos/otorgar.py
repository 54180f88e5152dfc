"""Granting mandates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from ciudadania import Riesgo, buscar_persona_por_ci, exigir_sesion_reciente, notificar, obtener_persona
from empresa_digital.registro import eventos
from empresa_digital.registro.asientos import Operacion, iso
from empresa_digital.registro.mandatos.avisos import AVISO_MANDATO, notificar_unidad
from empresa_digital.registro.mandatos.cadenas import (
    Cadena,
    cadena_que_otorga,
    cadenas_de,
    quienes_otorgan,
)
from empresa_digital.registro.mandatos.consultas import cedula_de, mandato_por_id
from empresa_digital.registro.mandatos.errores import SinFacultad
from empresa_digital.registro.mandatos.facultades import exigir_facultad, exigir_regulador, vigente
from empresa_digital.registro.mandatos.limites import excesos_de_limites, faltas_de_limites, limites_de
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.palabras import facultades_en_palabras
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.unidades import (
    EstadoUnidad,
    UnidadNoEncontrada,
    asentar,
    bloquear_unidad,
)
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.lectores import texto_opcional
from nucleo.plantillas import filtro_fecha_hora
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida

OFERTA_VALE = timedelta(days=30)
"""What nobody accepts in this time is no longer offered."""

A_TIEMPO = timedelta(minutes=5)
"""A beginning that the clock passed while it was written is now; an earlier one is refused."""

ADMINISTRABLES = frozenset(EstadoUnidad) - {EstadoUnidad.CANCELADA}
"""States in which the owner still runs the registration: everything but a cancelled one."""


@dataclass(frozen=True, slots=True)
class NuevoMandato:
    """What a grant says. Exactly one grantee (a person, whoever has an identity card, a unit); a limit (by
    act, day, month) that is None is none; from now when `desde` is None. The same `id` is the same grant.
    Joint: `firmas` of the people in the `grupo` must sign.
    """

    facultades: tuple[Facultad, ...]
    persona_id: UUID | None = None
    unidad_id: UUID | None = None
    monto_limite: Money | None = None
    limite_dia: Money | None = None
    limite_mes: Money | None = None
    desde: datetime | None = None
    hasta: datetime | None = None
    subdelegable: bool = False
    documento: str | None = None
    firmas: int = 1
    grupo: UUID | None = None
    cedula: str | None = None
    id: UUID | None = None


def otorgar_mandato(sesion: Session, actor: Actor, unidad_id: UUID, nuevo: NuevoMandato) -> Mandato:
    """Offer somebody faculties for a unit: they hold from their acceptance on.

    Whoever has `ADMINISTRAR` may; so may the holder of a mandate that allows sub-delegation, within its
    faculties. Nobody gives more than they have: not faculty, not amount, not time; nor to themselves.
    `REGULAR` is granted only by who also regulates. Raises `SinFacultad`, `DatosInvalidos`,
    `TransicionInvalida` (cancelled unit).
    """
    unidad = bloquear_unidad(sesion, unidad_id)
    if nuevo.id is not None and (hecho := sesion.get(Mandato, nuevo.id)) is not None:
        exigir_que_pueda_otorgar(sesion, actor, unidad_id)
        if hecho.unidad_id != unidad_id:
            raise DatosInvalidos(_("Ese mandato es de otra unidad."))
        return hecho
    autorizacion, delegado_de = _origen(sesion, actor, unidad_id, nuevo)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    if unidad.estado not in ADMINISTRABLES:
        raise TransicionInvalida(_("La unidad está cancelada: no se otorgan mandatos."))
    _exigir_para_otro(sesion, actor, unidad_id, nuevo)
    return otorgar_con(sesion, unidad, autorizacion, nuevo, delegado_de=delegado_de)


def exigir_que_pueda_otorgar(sesion: Session, actor: Actor, unidad_id: UUID) -> None:
    """Raise `SinFacultad` unless the actor could grant something for the unit, `SesionNoReciente`.

    Asked before anybody is looked up by identity card, which tells who uses the platform.
    """
    try:
        exigir_facultad(
            sesion, actor, unidad_id, Facultad.ADMINISTRAR, estados=ADMINISTRABLES, con_otros=True
        )
    except SinFacultad:
        if not _subdelegables(sesion, actor, unidad_id):
            raise
    exigir_sesion_reciente(actor, Riesgo.PODERES)


def exigir_dentro_de(sesion: Session, autorizacion: Autorizacion, nuevo: NuevoMandato) -> Autorizacion:
    """The authority that gives it, by every mandate that does. Raises `DatosInvalidos` for a grant beyond
    them: faculty, amount, time.
    """
    cadena = cadena_que_otorga(sesion, autorizacion)
    faltas = _excesos(cadena, nuevo, delega=False)
    if faltas:
        raise DatosInvalidos(_("No puede otorgar más de lo que usted tiene."), campos=faltas)
    return cadena.autorizacion(autorizacion.actor)


def otorgar_con(
    sesion: Session,
    unidad: UnidadEconomica,
    autorizacion: Autorizacion,
    nuevo: NuevoMandato,
    *,
    delegado_de: UUID | None = None,
) -> Mandato:
    """`otorgar_mandato` for a caller that already holds the authority and the unit's lock.

    Without mandates in `autorizacion` (the founder of a draft; acts of office, imports, the demonstration) it
    is accepted at once: who calls vouches for it. Whoever has an identity card is offered it all the same.
    """
    momento = ahora_bd(sesion)
    desde = max(nuevo.desde or momento, momento)
    _validar(sesion, unidad, nuevo, desde, momento)
    mandato_id = nuevo.id or nuevo_id()
    ofrecido = bool(autorizacion.cadena) or nuevo.cedula is not None
    datos: dict[str, Any] = {
        "mandato": str(mandato_id),
        "apoderado_persona": str(nuevo.persona_id) if nuevo.persona_id else None,
        "apoderado_unidad": str(nuevo.unidad_id) if nuevo.unidad_id else None,
        "facultades": [f.value for f in Facultad if f in nuevo.facultades],
        **{n: None if limite is None else a_centavos(limite) for n, limite in limites_de(nuevo).items()},
        "valido_desde": iso(desde),
        "valido_hasta": iso(nuevo.hasta) if nuevo.hasta else None,
        "firmas_requeridas": nuevo.firmas,
        "grupo_firma": str(nuevo.grupo) if nuevo.grupo else None,
        "subdelegable": nuevo.subdelegable,
        "delegado_de": str(delegado_de) if delegado_de else None,
        "documento": texto_opcional("documento", nuevo.documento),
        "apoderado_cedula": nuevo.cedula,
        "otorgado_por": [str(m) for m in autorizacion.cadena or filter(None, (delegado_de,))],
        "aceptado_en": None if ofrecido else iso(momento),
        "ofrecido_hasta": iso(momento + OFERTA_VALE) if ofrecido else None,
    }
    asentar(sesion, unidad, autorizacion, Operacion.OTORGAR_MANDATO, datos)
    auditar(sesion, autorizacion, "mandato.otorgar", "registro_mandato", mandato_id, datos)
    hecho = {"numero": unidad.numero, "mandato_id": str(mandato_id), "facultades": datos["facultades"]}
    publicar(sesion, eventos.MANDATO_OTORGADO, unidad.id, hecho, autorizacion)
    _avisar(sesion, unidad, autorizacion, nuevo, ofrecido)
    return mandato_por_id(sesion, mandato_id)


# --- Rules ---------------------------------------------------------------------------------------------


def _origen(
    sesion: Session, actor: Actor, unidad_id: UUID, nuevo: NuevoMandato
) -> tuple[Autorizacion, UUID | None]:
    """By which chain it is given, the first that holds all of it, and the mandate it is delegated from, if it
    is. Raises `SinFacultad`, `DatosInvalidos` (what no chain holds).
    """
    if Facultad.REGULAR in nuevo.facultades and exigir_regulador(sesion, actor).unidad_id != unidad_id:
        raise SinFacultad(_("La facultad de regular solo existe en la autoridad del registro."))
    posibles = _posibles(sesion, actor, unidad_id, nuevo)
    faltas = {}
    for cadena, delega in posibles:
        faltas = _excesos(cadena, nuevo, delega)
        if not faltas:
            return cadena.autorizacion(actor), cadena.ids[0] if delega else None
    raise DatosInvalidos(_("No puede otorgar más de lo que usted tiene."), campos=faltas)


def _posibles(
    sesion: Session, actor: Actor, unidad_id: UUID, nuevo: NuevoMandato
) -> list[tuple[Cadena, bool]]:
    """The chains by which the actor may grant, and whether they would delegate; the best last."""
    try:
        autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR, estados=ADMINISTRABLES)
    except SinFacultad:
        pedidas = set(nuevo.facultades)
        suyas = [m for m in _subdelegables(sesion, actor, unidad_id) if pedidas <= set(m.facultades)]
        if not suyas:
            raise
        return [(Cadena((m,)), True) for m in suyas]
    todas = [c for c in cadenas_de(sesion, actor, unidad_id) if Facultad.ADMINISTRAR in c.alcanza]
    conjunta = cadena_que_otorga(sesion, autorizacion)
    ajena = [] if any(c.ids == conjunta.ids for c in todas) else [conjunta]
    return [(c, False) for c in (*todas, *ajena)]


def _subdelegables(sesion: Session, actor: Actor, unidad_id: UUID) -> Sequence[Mandato]:
    """The valid mandates of this person for the unit that they may pass on, oldest first."""
    if actor.persona_id is None:
        return ()
    consulta = select(Mandato).where(
        col(Mandato.unidad_id) == unidad_id,
        col(Mandato.apoderado_persona_id) == actor.persona_id,
        col(Mandato.subdelegable),
        vigente(Mandato, func.nucleo_ahora()),
    )
    return sesion.exec(consulta.order_by(col(Mandato.creado_en))).all()


def _excesos(cadena: Cadena, nuevo: NuevoMandato, delega: bool) -> dict[str, str]:
    """In what a grant goes beyond the chain that would give it, by field: faculty, amount, time."""
    campos: dict[str, str] = {}
    if not cadena.alcanza >= set(nuevo.facultades):
        campos["facultades"] = _("Su propio mandato no tiene todas esas facultades.")
    for mandato in cadena.mandatos:
        campos |= excesos_de_limites(mandato, nuevo)
    fin = cadena.termina_en
    if fin is not None and (nuevo.hasta is None or nuevo.hasta > fin):
        campos["hasta"] = _("Su propio mandato vale hasta el %(dia)s: elija esa fecha o una anterior.") % {
            "dia": filtro_fecha_hora(fin)
        }
    if delega and nuevo.subdelegable:
        campos["subdelegable"] = _("Lo que se delega de otro mandato no se vuelve a delegar.")
    return campos


def _exigir_para_otro(sesion: Session, actor: Actor, unidad_id: UUID, nuevo: NuevoMandato) -> None:
    """Nobody grants to themselves, nor to an office for which they act; nor does anybody who signs it."""
    quienes = quienes_otorgan(sesion, actor, unidad_id)
    if nuevo.persona_id in quienes or (
        nuevo.cedula is not None and nuevo.cedula in {cedula_de(sesion, q) for q in quienes}
    ):
        raise DatosInvalidos(campos={"ci": _("Nadie se otorga un mandato a sí mismo.")})
    suyo = select(Mandato.id).where(
        col(Mandato.unidad_id) == nuevo.unidad_id,
        col(Mandato.apoderado_persona_id).in_(quienes),
        or_(col(Mandato.revocado_en).is_(None), col(Mandato.revocado_en) > func.nucleo_ahora()),
        or_(col(Mandato.valido_hasta).is_(None), col(Mandato.valido_hasta) > func.nucleo_ahora()),
    )
    if quienes and nuevo.unidad_id not in (None, unidad_id) and sesion.exec(suyo).first() is not None:
        raise DatosInvalidos(
            campos={
                "apoderado": _("Usted actúa por esa unidad: sería darse el mandato. Que lo dé otra persona.")
            }
        )


def _validar(
    sesion: Session, unidad: UnidadEconomica, nuevo: NuevoMandato, desde: datetime, momento: datetime
) -> None:
    campos: dict[str, str] = {}
    if not nuevo.facultades:
        campos["facultades"] = _("Marque al menos una facultad.")
    if sum(a is not None for a in (nuevo.persona_id, nuevo.unidad_id, nuevo.cedula)) != 1:
        campos["apoderado"] = _("Indique una persona o una unidad económica.")
    if nuevo.unidad_id == unidad.id:
        campos["apoderado"] = _("Una unidad no puede ser apoderada de sí misma.")
    campos |= faltas_de_limites(nuevo)
    if nuevo.desde is not None and nuevo.desde < momento - A_TIEMPO:
        campos["desde"] = _(
            "Un mandato no vale desde antes de otorgarlo: deje el campo vacío para que valga ya."
        )
    if nuevo.hasta is not None and nuevo.hasta <= max(desde, momento):
        campos["hasta"] = _("La fecha final ya pasó o es anterior a la inicial.")
    if campos:
        raise DatosInvalidos(_("Revise los datos del mandato."), campos=campos)
    if nuevo.persona_id is not None:
        obtener_persona(sesion, nuevo.persona_id)
    if nuevo.unidad_id is not None and sesion.get(UnidadEconomica, nuevo.unidad_id) is None:
        raise UnidadNoEncontrada()


def _avisar(
    sesion: Session, unidad: UnidadEconomica, autorizacion: Autorizacion, nuevo: NuevoMandato, ofrecido: bool
) -> None:
    """Tell the grantee, if known here, unless they gave it to themselves (the founder of a draft)."""
    datos = {"unidad": unidad.valor().nombre, "facultades": facultades_en_palabras(nuevo.facultades)}
    if ofrecido:
        asunto = _("%(unidad)s le ofrece un mandato") % datos
        cuerpo = _("Si lo acepta, podrá actuar por esa unidad: %(facultades)s.") % datos
        enlace = "/mandatos-ofrecidos"
    else:
        asunto = _("Tiene un mandato de %(unidad)s") % datos
        cuerpo = _("Puede actuar por esta unidad: %(facultades)s.") % datos
        enlace = f"/mis-unidades/{unidad.numero}"
    if nuevo.unidad_id is not None:
        if ofrecido:
            notificar_unidad(sesion, nuevo.unidad_id, asunto, cuerpo, enlace, clase=AVISO_MANDATO)
        return
    persona_id = nuevo.persona_id
    if nuevo.cedula is not None and (conocida := buscar_persona_por_ci(sesion, nuevo.cedula)) is not None:
        persona_id = conocida.id
    if persona_id is not None and persona_id != autorizacion.actor.persona_id:
        notificar(
            sesion, persona_id=persona_id, asunto=asunto, cuerpo=cuerpo, enlace=enlace, clase=AVISO_MANDATO
        )
