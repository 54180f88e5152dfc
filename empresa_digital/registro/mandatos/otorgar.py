"""Granting and revoking mandates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from ciudadania import Riesgo, exigir_sesion_reciente, notificar, obtener_persona
from empresa_digital.registro import eventos
from empresa_digital.registro.asientos import Operacion, iso
from empresa_digital.registro.mandatos.avisos import AVISO_MANDATO
from empresa_digital.registro.mandatos.bloqueos import bloquear_mandatos
from empresa_digital.registro.mandatos.consultas import mandato_por_id
from empresa_digital.registro.mandatos.errores import (
    MandatoYaRevocado,
    SinFacultad,
    UltimoAdministrador,
)
from empresa_digital.registro.mandatos.facultades import exigir_facultad, exigir_regulador, vigente
from empresa_digital.registro.mandatos.limites import exigir_limites_dentro_de, faltas_de_limites, limites_de
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
from nucleo.escritura import texto_obligatorio, texto_opcional
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida

ADMINISTRABLES = frozenset(EstadoUnidad) - {EstadoUnidad.CANCELADA}
"""States in which the owner still runs the registration: everything but a cancelled one."""


@dataclass(frozen=True, slots=True)
class NuevoMandato:
    """What a grant says. Exactly one grantee; a limit (by act, day, month) that is None is none; from now
    when `desde` is None. Joint: `firmas` of the people in the `grupo` must sign.
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


def otorgar_mandato(sesion: Session, actor: Actor, unidad_id: UUID, nuevo: NuevoMandato) -> Mandato:
    """Give somebody faculties for a unit.

    Whoever has `ADMINISTRAR` may, within the limit of their own mandate; so may the holder of a mandate that
    allows sub-delegation, within its faculties, limit and dates. `REGULAR` is granted only by who also
    regulates. Raises `SinFacultad`, `DatosInvalidos`, `TransicionInvalida` (cancelled unit).
    """
    unidad = bloquear_unidad(sesion, unidad_id)
    autorizacion, origen = _autorizacion_para_otorgar(sesion, actor, unidad_id, nuevo)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    if unidad.estado not in ADMINISTRABLES:
        raise TransicionInvalida(_("La unidad está cancelada: no se otorgan mandatos."))
    return otorgar_con(sesion, unidad, autorizacion, nuevo, delegado_de=origen)


def exigir_que_pueda_otorgar(sesion: Session, actor: Actor, unidad_id: UUID) -> None:
    """Raise `SinFacultad` unless the actor could grant something for the unit, `SesionNoReciente`.

    Asked before anybody is looked up by identity card, which tells who uses the platform.
    """
    try:
        exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR, estados=ADMINISTRABLES)
    except SinFacultad:
        if not _subdelegables(sesion, actor, unidad_id):
            raise
    exigir_sesion_reciente(actor, Riesgo.PODERES)


def otorgar_con(
    sesion: Session,
    unidad: UnidadEconomica,
    autorizacion: Autorizacion,
    nuevo: NuevoMandato,
    *,
    delegado_de: UUID | None = None,
) -> Mandato:
    """`otorgar_mandato` for a caller that already holds the authority and the unit's lock."""
    momento = ahora_bd(sesion)
    desde = nuevo.desde or momento
    _validar(sesion, unidad, nuevo, desde, momento)
    mandato_id = nuevo_id()
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
        "aceptado_en": iso(momento),
    }
    asentar(sesion, unidad, autorizacion, Operacion.OTORGAR_MANDATO, datos)
    auditar(sesion, autorizacion, "mandato.otorgar", "registro_mandato", mandato_id, datos)
    hecho = {"numero": unidad.numero, "mandato_id": str(mandato_id), "facultades": datos["facultades"]}
    publicar(sesion, eventos.MANDATO_OTORGADO, unidad.id, hecho, autorizacion)
    _avisar(sesion, unidad, autorizacion, nuevo)
    return mandato_por_id(sesion, mandato_id)


def revocar_mandato(
    sesion: Session, actor: Actor, mandato_id: UUID, motivo: str, *, efecto: datetime | None = None
) -> Mandato:
    """End a mandate from `efecto` on (now by default, never in the past), and those sub-delegated from it.

    Whoever has `ADMINISTRAR` may, and the grantee may resign. The last administrator stays: raises
    `UltimoAdministrador`, `MandatoYaRevocado`, `SinFacultad`.
    """
    mandato = mandato_por_id(sesion, mandato_id)
    unidad = bloquear_unidad(sesion, mandato.unidad_id)
    mandato = mandato_por_id(sesion, mandato_id)
    if mandato.apoderado_persona_id is not None and mandato.apoderado_persona_id == actor.persona_id:
        autorizacion = Autorizacion(actor=actor, unidad_id=unidad.id, mandato_id=mandato.id)
    else:
        autorizacion = exigir_facultad(sesion, actor, unidad.id, Facultad.ADMINISTRAR, estados=ADMINISTRABLES)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    if mandato.revocado_en is not None:
        raise MandatoYaRevocado()
    razon = texto_obligatorio("motivo", motivo, _("Escriba por qué lo revoca."))
    cadena = bloquear_mandatos(sesion, [m.id for m in _con_derivados(sesion, mandato)])
    momento = ahora_bd(sesion)  # after every act by them that is under way
    cuando = max(efecto or momento, momento)
    if not _queda_administrador(sesion, unidad.id, [m.id for m in cadena]):
        raise UltimoAdministrador(_("Otorgue antes la facultad de administrar a otra persona."))
    for derivado in cadena:
        datos = {"mandato": str(derivado.id), "revocado_en": iso(cuando), "motivo": razon}
        asentar(sesion, unidad, autorizacion, Operacion.REVOCAR_MANDATO, datos)
        auditar(sesion, autorizacion, "mandato.revocar", "registro_mandato", derivado.id, datos)
        hecho = {"numero": unidad.numero, "mandato_id": str(derivado.id), "desde": iso(cuando)}
        publicar(sesion, eventos.MANDATO_REVOCADO, unidad.id, hecho, autorizacion)
        if derivado.apoderado_persona_id is not None:
            notificar(
                sesion,
                persona_id=derivado.apoderado_persona_id,
                asunto=_("Se revocó su mandato de %(unidad)s") % {"unidad": unidad.valor().nombre},
                cuerpo=_("Motivo: %(motivo)s") % {"motivo": razon},
                enlace="/mis-unidades",
                clase=AVISO_MANDATO,
            )
    return mandato


# --- Rules ---------------------------------------------------------------------------------------------


def _autorizacion_para_otorgar(
    sesion: Session, actor: Actor, unidad_id: UUID, nuevo: NuevoMandato
) -> tuple[Autorizacion, UUID | None]:
    """Who grants, and the mandate it derives from when it is a sub-delegation."""
    if Facultad.REGULAR in nuevo.facultades:
        autorizacion = exigir_regulador(sesion, actor)
        if autorizacion.unidad_id != unidad_id:
            raise SinFacultad(_("La facultad de regular solo existe en la autoridad del registro."))
        exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
        return autorizacion, None
    try:
        autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR, estados=ADMINISTRABLES)
    except SinFacultad:
        propio = _mandato_subdelegable(sesion, actor, unidad_id, nuevo)
        if propio is None:
            raise
        return Autorizacion(actor=actor, unidad_id=unidad_id, mandato_id=propio.id), propio.id
    if autorizacion.mandato_id is not None:
        propio = mandato_por_id(sesion, autorizacion.mandato_id)
        _exigir_dentro_de(propio, nuevo)
    return autorizacion, None


def _mandato_subdelegable(
    sesion: Session, actor: Actor, unidad_id: UUID, nuevo: NuevoMandato
) -> Mandato | None:
    pedidas = {f.value for f in nuevo.facultades}
    for propio in _subdelegables(sesion, actor, unidad_id):
        if pedidas <= set(propio.facultades):
            _exigir_dentro_de(propio, nuevo, fechas=True)
            return propio
    return None


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


def _exigir_dentro_de(propio: Mandato, nuevo: NuevoMandato, *, fechas: bool = False) -> None:
    """Nobody gives more than they have: amount and, when sub-delegating, end date."""
    exigir_limites_dentro_de(propio, nuevo)
    fin = propio.valido_hasta
    if fechas and fin is not None and (nuevo.hasta is None or nuevo.hasta > fin):
        raise DatosInvalidos(
            _("No puede otorgar más de lo que usted tiene."),
            campos={"hasta": _("Su propio mandato vence antes.")},
        )
    if fechas and nuevo.subdelegable:
        raise DatosInvalidos(
            _("Lo que se delega de otro mandato no se vuelve a delegar."),
            campos={"subdelegable": _("No se permite.")},
        )


def _validar(
    sesion: Session, unidad: UnidadEconomica, nuevo: NuevoMandato, desde: datetime, momento: datetime
) -> None:
    campos: dict[str, str] = {}
    if not nuevo.facultades:
        campos["facultades"] = _("Marque al menos una facultad.")
    if (nuevo.persona_id is None) == (nuevo.unidad_id is None):
        campos["apoderado"] = _("Indique una persona o una unidad económica.")
    if nuevo.unidad_id == unidad.id:
        campos["apoderado"] = _("Una unidad no puede ser apoderada de sí misma.")
    campos |= faltas_de_limites(nuevo)
    if nuevo.hasta is not None and nuevo.hasta <= max(desde, momento):
        campos["hasta"] = _("La fecha final ya pasó o es anterior a la inicial.")
    if campos:
        raise DatosInvalidos(_("Revise los datos del mandato."), campos=campos)
    if nuevo.persona_id is not None:
        obtener_persona(sesion, nuevo.persona_id)
    if nuevo.unidad_id is not None and sesion.get(UnidadEconomica, nuevo.unidad_id) is None:
        raise UnidadNoEncontrada()


def _con_derivados(sesion: Session, mandato: Mandato) -> list[Mandato]:
    """The mandate and those sub-delegated from it that are still in force (one level: they cannot go
    further).
    """
    consulta = select(Mandato).where(
        col(Mandato.delegado_de) == mandato.id, col(Mandato.revocado_en).is_(None)
    )
    return [mandato, *sesion.exec(consulta.order_by(col(Mandato.id)))]


def _queda_administrador(sesion: Session, unidad_id: UUID, excepto: list[UUID]) -> bool:
    """Whether some other administrator without an end date remains, or none of these was one."""
    administra = (
        col(Mandato.unidad_id) == unidad_id,
        col(Mandato.facultades).contains([Facultad.ADMINISTRAR.value]),
        vigente(Mandato, func.nucleo_ahora()),
    )
    eran = sesion.exec(select(Mandato.id).where(*administra, col(Mandato.id).in_(excepto))).first()
    if eran is None:
        return True
    quedan = select(Mandato.id).where(
        *administra,
        col(Mandato.id).not_in(excepto),
        col(Mandato.revocado_en).is_(None),
        or_(col(Mandato.valido_hasta).is_(None), col(Mandato.valido_hasta) > func.nucleo_ahora()),
    )
    return sesion.exec(quedan).first() is not None


def _avisar(
    sesion: Session, unidad: UnidadEconomica, autorizacion: Autorizacion, nuevo: NuevoMandato
) -> None:
    """Tell the grantee, unless they gave it to themselves (the founder of a draft)."""
    if nuevo.persona_id is None or nuevo.persona_id == autorizacion.actor.persona_id:
        return
    facultades = facultades_en_palabras(nuevo.facultades)
    notificar(
        sesion,
        persona_id=nuevo.persona_id,
        asunto=_("Tiene un mandato de %(unidad)s") % {"unidad": unidad.valor().nombre},
        cuerpo=_("Puede actuar por esta unidad: %(facultades)s.") % {"facultades": facultades},
        enlace=f"/mis-unidades/{unidad.numero}",
        clase=AVISO_MANDATO,
    )
