"""Qualities of a unit: asked for by the unit, granted with norm and dates or refused by the regulator,
suspended.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlmodel import Session

from ciudadania import Riesgo, exigir_sesion_reciente
from empresa_digital.registro import eventos
from empresa_digital.registro.asientos import Operacion
from empresa_digital.registro.catalogos import Habilitacion, TipoUnidad
from empresa_digital.registro.competencias import (
    DOS_PERSONAS,
    Materia,
    exigir_competencia,
    exigir_dos_personas,
    exigir_norma,
)
from empresa_digital.registro.habilitaciones.avisos import AVISO_HABILITACION
from empresa_digital.registro.habilitaciones.consultas import exigir_otra_autoridad, habilitacion_de
from empresa_digital.registro.habilitaciones.estados import habilitacion_admite
from empresa_digital.registro.habilitaciones.modelos import HabilitacionUnidad
from empresa_digital.registro.habilitaciones.palabras import HABILITACIONES
from empresa_digital.registro.mandatos import Facultad, exigir_facultad, notificar_unidad
from empresa_digital.registro.unidades import EstadoUnidad, Unidad, asentar, bloquear_unidad
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.lectores import texto_obligatorio
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida

_SOLO_DE: dict[Habilitacion, frozenset[TipoUnidad]] = {
    Habilitacion.OPERADOR_POSTAL: frozenset({TipoUnidad.OPERADOR_POSTAL}),
    Habilitacion.OPERADOR_DESIGNADO: frozenset({TipoUnidad.OPERADOR_POSTAL}),
    Habilitacion.ENTIDAD_CONTRATANTE: frozenset({TipoUnidad.ENTIDAD_PUBLICA}),
    Habilitacion.AUTORIDAD_REGULADORA: frozenset({TipoUnidad.ENTIDAD_PUBLICA}),
}


def solicitables(tipo: TipoUnidad) -> list[Habilitacion]:
    """The qualities that a unit of this kind may ask for. The authority's own is never asked for."""
    return [
        h
        for h in Habilitacion
        if h != Habilitacion.AUTORIDAD_REGULADORA and tipo in _SOLO_DE.get(h, frozenset(TipoUnidad))
    ]


def solicitar_habilitacion(
    sesion: Session, actor: Actor, unidad_id: UUID, habilitacion: Habilitacion
) -> HabilitacionUnidad:
    """The unit asks for a quality. Needs `ADMINISTRAR`; the unit is registered."""
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    unidad = bloquear_unidad(sesion, unidad_id)
    if habilitacion not in solicitables(unidad.tipo):
        raise DatosInvalidos(
            _("Una unidad de este tipo no puede solicitar esa habilitación."),
            campos={"habilitacion": _("No corresponde a este tipo de unidad.")},
        )
    return _asentar(sesion, unidad, autorizacion, Operacion.SOLICITAR_HABILITACION, habilitacion, {})


def otorgar_habilitacion(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    habilitacion: Habilitacion,
    *,
    norma: str,
    desde: date,
    hasta: date | None = None,
) -> HabilitacionUnidad:
    """The regulator grants a quality (asked for or ex officio), renews it, or lifts its suspension.

    `norma` is the code of one of the list, in force at `desde`; `hasta` is the last valid day, both days in
    Bolivia. Two officials grant those of `DOS_PERSONAS`: raises `FaltanFirmas` (`acto.OTORGAMIENTO`).
    """
    unidad = bloquear_unidad(sesion, unidad_id)
    autorizacion = autoridad_sobre(sesion, actor, unidad, habilitacion)
    codigo = exigir_norma(sesion, norma, desde).codigo
    hecha = otorgar_con(sesion, unidad, autorizacion, habilitacion, norma=codigo, desde=desde, hasta=hasta)
    if habilitacion in DOS_PERSONAS:
        exigir_dos_personas(sesion, autorizacion)
    return hecha


def autoridad_sobre(
    sesion: Session, actor: Actor, unidad: UnidadEconomica | Unidad, habilitacion: Habilitacion
) -> Autorizacion:
    """The official's authority over this quality, in the unit's place, and not her own case."""
    exigir_sesion_reciente(actor, Riesgo.REGISTRO)
    return exigir_competencia(
        sesion,
        actor,
        Materia.HABILITACION,
        clase=habilitacion.value,
        lugar=unidad.municipio_ine,
        unidad_id=unidad.id,
    )


def otorgar_con(
    sesion: Session,
    unidad: UnidadEconomica,
    autorizacion: Autorizacion,
    habilitacion: Habilitacion,
    *,
    norma: str,
    desde: date,
    hasta: date | None = None,
) -> HabilitacionUnidad:
    """`otorgar_habilitacion` for a caller that already holds the authority and the unit's lock."""
    if unidad.tipo not in _SOLO_DE.get(habilitacion, frozenset(TipoUnidad)):
        raise DatosInvalidos(_("Esa habilitación no corresponde a este tipo de unidad."))
    if unidad.estado != EstadoUnidad.INSCRITA:
        raise TransicionInvalida(_("Solo se habilita a una unidad inscrita."))
    if hasta is not None and hasta < desde:
        raise DatosInvalidos(
            _("La fecha final es anterior a la inicial."), campos={"hasta": _("Es anterior a la inicial.")}
        )
    datos = {
        "norma": norma,
        "vigente_desde": desde.isoformat(),
        "vigente_hasta": hasta.isoformat() if hasta else None,
    }
    fila = _asentar(sesion, unidad, autorizacion, Operacion.OTORGAR_HABILITACION, habilitacion, datos)
    _anunciar(sesion, unidad, autorizacion, eventos.HABILITACION_OTORGADA, habilitacion)
    notificar_unidad(
        sesion,
        unidad.id,
        _("Habilitación otorgada: %(nombre)s") % {"nombre": HABILITACIONES[habilitacion]},
        _("%(unidad)s ya tiene la habilitación «%(nombre)s». Norma: %(norma)s.")
        % {"unidad": unidad.valor().nombre, "nombre": HABILITACIONES[habilitacion], "norma": datos["norma"]},
        f"/mis-unidades/{unidad.numero}",
        clase=AVISO_HABILITACION,
    )
    return fila


def rechazar_habilitacion(
    sesion: Session, actor: Actor, unidad_id: UUID, habilitacion: Habilitacion, motivo: str
) -> HabilitacionUnidad:
    """The regulator refuses a request, saying why; the unit may ask again."""
    return _negar(sesion, actor, unidad_id, Operacion.RECHAZAR_HABILITACION, habilitacion, motivo)


def suspender_habilitacion(
    sesion: Session, actor: Actor, unidad_id: UUID, habilitacion: Habilitacion, motivo: str
) -> HabilitacionUnidad:
    """The regulator suspends a granted quality at once, saying why; granting again lifts it."""
    return _negar(sesion, actor, unidad_id, Operacion.SUSPENDER_HABILITACION, habilitacion, motivo)


def _negar(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    operacion: Operacion,
    habilitacion: Habilitacion,
    motivo: str,
) -> HabilitacionUnidad:
    unidad = bloquear_unidad(sesion, unidad_id)
    autorizacion = autoridad_sobre(sesion, actor, unidad, habilitacion)
    suspendida = operacion == Operacion.SUSPENDER_HABILITACION
    if suspendida and habilitacion == Habilitacion.AUTORIDAD_REGULADORA:
        exigir_otra_autoridad(sesion, unidad_id)
    falta = _("Escriba por qué la suspende.") if suspendida else _("Escriba por qué la rechaza.")
    datos = {"motivo": texto_obligatorio("motivo", motivo, falta)}
    fila = _asentar(sesion, unidad, autorizacion, operacion, habilitacion, datos)
    if suspendida:
        _anunciar(sesion, unidad, autorizacion, eventos.HABILITACION_SUSPENDIDA, habilitacion)
    asunto = (
        _("Habilitación suspendida: %(nombre)s") if suspendida else _("Habilitación rechazada: %(nombre)s")
    )
    notificar_unidad(
        sesion,
        unidad.id,
        asunto % {"nombre": HABILITACIONES[habilitacion]},
        _("Motivo: %(motivo)s") % datos,
        f"/mis-unidades/{unidad.numero}",
        clase=AVISO_HABILITACION,
    )
    return fila


def _asentar(
    sesion: Session,
    unidad: UnidadEconomica,
    autorizacion: Autorizacion,
    operacion: Operacion,
    habilitacion: Habilitacion,
    datos: Mapping[str, str | None],
) -> HabilitacionUnidad:
    actual = sesion.get(HabilitacionUnidad, (unidad.id, habilitacion), populate_existing=True)
    estado = None if actual is None else actual.estado
    if not habilitacion_admite(estado, operacion):
        raise TransicionInvalida(
            _("La habilitación «%(nombre)s» está %(estado)s.")
            % {"nombre": HABILITACIONES[habilitacion], "estado": estado or _("sin solicitar")}
        )
    asentar(sesion, unidad, autorizacion, operacion, {"habilitacion": habilitacion.value, **datos})
    auditar(
        sesion,
        autorizacion,
        f"habilitacion.{operacion.value.removesuffix('_habilitacion')}",
        "registro_unidad",
        unidad.id,
        {"habilitacion": habilitacion.value, **datos},
    )
    return habilitacion_de(sesion, unidad.id, habilitacion)


def _anunciar(
    sesion: Session,
    unidad: UnidadEconomica,
    autorizacion: Autorizacion,
    tipo: str,
    habilitacion: Habilitacion,
) -> None:
    datos = {"numero": unidad.numero, "habilitacion": habilitacion.value}
    publicar(sesion, tipo, unidad.id, datos, autorizacion)
