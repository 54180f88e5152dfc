"""Revoking mandates: the earlier revocation wins, and who administers is not put out by an equal alone."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, text
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from ciudadania import Riesgo, clientes_de, exigir_sesion_reciente, notificar
from empresa_digital.registro import eventos
from empresa_digital.registro.asientos import Operacion, iso
from empresa_digital.registro.mandatos.asignar import retirar_de_la_oficina
from empresa_digital.registro.mandatos.avisos import AVISO_MANDATO, notificar_unidad
from empresa_digital.registro.mandatos.bloqueos import bloquear_mandatos
from empresa_digital.registro.mandatos.cadenas import ascendientes
from empresa_digital.registro.mandatos.consultas import cedula_de, mandato_por_id, nombres_de_apoderados
from empresa_digital.registro.mandatos.errores import (
    FaltaOtroAdministrador,
    MandatoYaRevocado,
    RevocacionPosterior,
    SinFacultad,
    UltimoAdministrador,
)
from empresa_digital.registro.mandatos.facultades import exigir_facultad, tiene_facultad, vigente
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.otorgar import ADMINISTRABLES
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.unidades import EstadoUnidad, asentar, bloquear_unidad
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.lectores import texto_obligatorio
from nucleo.plantillas import filtro_fecha_hora
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

DURA = timedelta(days=30)
"""An administrator whose mandate ends sooner does not count as one who stays."""

_DEL_ACTO = text("SELECT unnest(mandatos) FROM registro_acto WHERE id = CAST(:acto AS uuid)")


PREAVISO = timedelta(days=15)
"""An office that resigns goes on serving its client for this long, so that the client finds another."""


def revocar_mandato(
    sesion: Session, actor: Actor, mandato_id: UUID, motivo: str, *, efecto: datetime | None = None
) -> Mandato:
    """End a mandate from `efecto` on (now by default, never in the past), and those sub-delegated from it.

    Whoever has `ADMINISTRAR` may, and the grantee may resign or decline: an office, by who administers it,
    with `PREAVISO`. What will end already may end sooner, never later. Raises `SinFacultad`,
    `MandatoYaRevocado`, `RevocacionPosterior`, `UltimoAdministrador`, and `FaltaOtroAdministrador` for a
    mandate to administer that does not come from who revokes.
    """
    mandato = mandato_por_id(sesion, mandato_id)
    unidad = bloquear_unidad(sesion, mandato.unidad_id)
    mandato = mandato_por_id(sesion, mandato_id)
    suyo = _es_suyo(sesion, actor, mandato)
    if (por_la_oficina := _por_la_oficina(sesion, actor, mandato)) is not None:
        return _renunciar(sesion, unidad, por_la_oficina, mandato, motivo, efecto)
    if suyo and mandato.aceptado_en is None:
        autorizacion = Autorizacion.propia(actor)
    elif suyo:
        autorizacion = Autorizacion(actor=actor, unidad_id=unidad.id, mandato_id=mandato.id)
    else:
        autorizacion = exigir_facultad(sesion, actor, unidad.id, Facultad.ADMINISTRAR, estados=ADMINISTRABLES)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    razon = texto_obligatorio("motivo", motivo, _("Escriba por qué lo revoca."))
    if not suyo:
        _exigir_rango(sesion, autorizacion, mandato)
    return revocar_con(sesion, unidad, autorizacion, mandato, razon, efecto=efecto)


def _por_la_oficina(sesion: Session, actor: Actor, mandato: Mandato) -> Autorizacion | None:
    """The authority over the office that holds it, of who does not administer the client too."""
    if mandato.apoderado_unidad_id is None or mandato.aceptado_en is None:
        return None
    if tiene_facultad(sesion, actor, mandato.unidad_id, Facultad.ADMINISTRAR, estados=ADMINISTRABLES):
        return None
    try:
        return exigir_facultad(sesion, actor, mandato.apoderado_unidad_id, Facultad.ADMINISTRAR)
    except SinFacultad:
        return None


def _renunciar(
    sesion: Session,
    unidad: UnidadEconomica,
    autorizacion: Autorizacion,
    mandato: Mandato,
    motivo: str,
    efecto: datetime | None,
) -> Mandato:
    exigir_sesion_reciente(autorizacion.actor, Riesgo.PODERES)
    razon = texto_obligatorio("motivo", motivo, _("Escriba por qué renuncia."))
    antes_no = ahora_bd(sesion) + PREAVISO
    fin = max(efecto or antes_no, antes_no)
    terminado = revocar_con(sesion, unidad, autorizacion, mandato, razon, efecto=fin)
    oficina = nombres_de_apoderados(sesion, [mandato])[mandato.id]
    datos = {"oficina": oficina, "cuando": filtro_fecha_hora(fin), "motivo": razon}
    notificar_unidad(
        sesion,
        unidad.id,
        _("%(oficina)s deja de atender a su unidad") % datos,
        _("Actúa por ella hasta el %(cuando)s. Motivo: %(motivo)s") % datos,
        f"/mis-unidades/{unidad.numero}/mandatos",
        clase=AVISO_MANDATO,
    )
    return terminado


def revocar_con(
    sesion: Session,
    unidad: UnidadEconomica,
    autorizacion: Autorizacion,
    mandato: Mandato,
    razon: str,
    *,
    efecto: datetime | None = None,
) -> Mandato:
    """`revocar_mandato` for a caller that already holds the authority and the unit's lock."""
    cadena = bloquear_mandatos(sesion, [m.id for m in _con_derivados(sesion, mandato)])
    mandato = next(m for m in cadena if m.id == mandato.id)
    cuando = exigir_revocable(sesion, mandato, efecto)  # after every act by them that is under way
    if not _queda_administrador(sesion, unidad.id, [m.id for m in cadena]):
        raise UltimoAdministrador(_("Otorgue antes la facultad de administrar a otra persona."))
    for uno in cadena:
        if uno.revocado_en is None or uno.revocado_en > cuando:
            terminar(sesion, unidad, autorizacion, uno, cuando, razon)
    return mandato_por_id(sesion, mandato.id)


def exigir_revocable(sesion: Session, mandato: Mandato, efecto: datetime | None) -> datetime:
    """When it would end: at `efecto`, not before now. Raises `MandatoYaRevocado`, `RevocacionPosterior`."""
    momento = ahora_bd(sesion)
    cuando = max(efecto or momento, momento)
    if mandato.revocado_en is not None and mandato.revocado_en <= momento:
        raise MandatoYaRevocado()
    if mandato.revocado_en is not None and mandato.revocado_en <= cuando:
        raise RevocacionPosterior(
            _("Este mandato ya termina antes: elija un momento anterior, o revóquelo desde ahora.")
        )
    return cuando


def terminar(
    sesion: Session,
    unidad: UnidadEconomica,
    autorizacion: Autorizacion,
    mandato: Mandato,
    cuando: datetime,
    razon: str,
) -> None:
    """The entry, the audit, the event and the notice of the end of one mandate."""
    datos = {"mandato": str(mandato.id), "revocado_en": iso(cuando), "motivo": razon}
    asentar(sesion, unidad, autorizacion, Operacion.REVOCAR_MANDATO, datos)
    auditar(sesion, autorizacion, "mandato.revocar", "registro_mandato", mandato.id, datos)
    hecho = {"numero": unidad.numero, "mandato_id": str(mandato.id), "desde": iso(cuando)}
    publicar(sesion, eventos.MANDATO_REVOCADO, unidad.id, hecho, autorizacion)
    if Facultad.ADMINISTRAR in mandato.facultades and mandato.aceptado_en is not None:
        _avisar_de_secretos(sesion, unidad)
    persona_id = mandato.apoderado_persona_id
    oficina_id = mandato.apoderado_unidad_id
    if oficina_id is not None and oficina_id != autorizacion.unidad_id:
        notificar_unidad(
            sesion,
            oficina_id,
            _("Se revocó su mandato de %(unidad)s") % {"unidad": unidad.valor().nombre},
            _("Motivo: %(motivo)s") % {"motivo": razon},
            "/mis-clientes",
            clase=AVISO_MANDATO,
        )
    if persona_id is None:
        return
    retirar_de_la_oficina(sesion, autorizacion, unidad.id, persona_id, cuando)
    if persona_id != autorizacion.actor.persona_id:
        notificar(
            sesion,
            persona_id=persona_id,
            asunto=_("Se revocó su mandato de %(unidad)s") % {"unidad": unidad.valor().nombre},
            cuerpo=_("Motivo: %(motivo)s") % {"motivo": razon},
            enlace="/mis-unidades",
            clase=AVISO_MANDATO,
        )


def _avisar_de_secretos(sesion: Session, unidad: UnidadEconomica) -> None:
    """Who administered may have kept the secrets of the unit's programs, which outlive their mandate."""
    programas = [c.nombre for c in clientes_de(sesion, unidad.id) if c.revocado_en is None]
    if not programas:
        return
    notificar_unidad(
        sesion,
        unidad.id,
        _("Cambie los secretos de sus programas conectados"),
        _("Alguien deja de administrar %(unidad)s y pudo guardarlos: %(programas)s.")
        % {"unidad": unidad.valor().nombre, "programas": ", ".join(programas)},
        f"/mis-unidades/{unidad.numero}/programas",
        clase=AVISO_MANDATO,
    )


def _es_suyo(sesion: Session, actor: Actor, mandato: Mandato) -> bool:
    if actor.persona_id is None or mandato.apoderado_unidad_id is not None:
        return False
    if mandato.apoderado_persona_id is not None:
        return mandato.apoderado_persona_id == actor.persona_id
    return mandato.apoderado_cedula == cedula_de(sesion, actor.persona_id)


def necesita_otro(sesion: Session, autorizacion: Autorizacion, mandato: Mandato) -> bool:
    """Whether to put out who holds it takes another administrator: it lets administer, it is in force, and it
    does not come from the mandates of who would revoke it, all of them if they sign together.
    """
    if Facultad.ADMINISTRAR not in mandato.facultades or mandato.aceptado_en is None:
        return False
    quienes = set(autorizacion.cadena)
    if autorizacion.actor.acto is not None:
        conexion = sesion.connection()
        quienes |= set(conexion.execute(_DEL_ACTO, {"acto": autorizacion.actor.acto}).scalars())
    return ascendientes(sesion, mandato.id).isdisjoint(quienes)


def _exigir_rango(sesion: Session, autorizacion: Autorizacion, mandato: Mandato) -> None:
    if necesita_otro(sesion, autorizacion, mandato):
        raise FaltaOtroAdministrador(
            _(
                "Esa persona administra la unidad como usted y no por un mandato que venga del suyo: para"
                " quitarla hace falta otra persona que administre, o la autoridad del registro."
            )
        )


def _con_derivados(sesion: Session, mandato: Mandato) -> list[Mandato]:
    """The mandate and those sub-delegated from it (one level: they cannot go further)."""
    consulta = select(Mandato).where(col(Mandato.delegado_de) == mandato.id)
    return [mandato, *sesion.exec(consulta.order_by(col(Mandato.id)))]


def _queda_administrador(sesion: Session, unidad_id: UUID, excepto: list[UUID]) -> bool:
    """Whether some other administrator stays, or none of these was one.

    Stays: accepted, in force, not known to end within `DURA`; a person, a registered office with somebody
    assigned who administers there, or a group in which as many people stay as must sign.
    """
    instante = func.nucleo_ahora()
    administra = (
        col(Mandato.unidad_id) == unidad_id,
        col(Mandato.facultades).contains([Facultad.ADMINISTRAR.value]),
        vigente(Mandato, instante),
    )
    eran = sesion.exec(select(Mandato.id).where(*administra, col(Mandato.id).in_(excepto))).first()
    if eran is None:
        return True
    propio = aliased(Mandato)
    por_oficina = (
        select(propio.id)
        .join(UnidadEconomica, col(UnidadEconomica.id) == propio.unidad_id)
        .where(
            propio.unidad_id == Mandato.apoderado_unidad_id,
            col(UnidadEconomica.estado) == EstadoUnidad.INSCRITA,
            col(propio.facultades).contains([Facultad.ADMINISTRAR.value]),
            propio.firmas_requeridas == 1,
            vigente(propio, instante),
            func.registro_asignado(Mandato.id, propio.apoderado_persona_id, instante),
        )
    )
    fin = func.least(Mandato.valido_hasta, Mandato.revocado_en)
    personas = func.count(func.distinct(Mandato.apoderado_persona_id))
    quedan = (
        select(Mandato.firmas_requeridas, personas)
        .where(
            *administra,
            col(Mandato.id).not_in(excepto),
            or_(fin.is_(None), fin > instante + DURA),
            or_(col(Mandato.apoderado_persona_id).is_not(None), por_oficina.exists()),
        )
        .group_by(col(Mandato.grupo_firma), col(Mandato.firmas_requeridas))
    )
    return any(firmas == 1 or cuantas >= firmas for firmas, cuantas in sesion.exec(quedan))
