"""Qualities of a unit: asked for by the unit, granted with norm and dates or refused by the regulator,
suspended.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from empresa_digital.registro import eventos
from empresa_digital.registro.asientos import asentar
from empresa_digital.registro.avisos import notificar_unidad
from empresa_digital.registro.bloqueos import bloquear_unidad
from empresa_digital.registro.errores import (
    HabilitacionNoEncontrada,
    SinHabilitacion,
    UltimaAutoridad,
)
from empresa_digital.registro.escritura import texto_obligatorio
from empresa_digital.registro.estados import habilitacion_admite
from empresa_digital.registro.facultades import exigir_facultad, exigir_regulador, habilitacion_vigente
from empresa_digital.registro.modelos import HabilitacionUnidad, UnidadEconomica
from empresa_digital.registro.tipos import (
    EstadoHabilitacion,
    EstadoUnidad,
    Facultad,
    Habilitacion,
    Operacion,
    TipoUnidad,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.paginacion import CursorPedido, paginar
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida

NOMBRES: dict[Habilitacion, str] = {
    Habilitacion.VENDEDOR: "Vender en la tienda",
    Habilitacion.PROVEEDOR_DEL_ESTADO: "Proveer al Estado",
    Habilitacion.OPERADOR_POSTAL: "Operar el servicio postal",
    Habilitacion.ENTIDAD_CONTRATANTE: "Contratar como entidad pública",
    Habilitacion.RECEPTOR_DE_PAGOS: "Recibir pagos electrónicos",
    Habilitacion.AUTORIDAD_REGULADORA: "Regular el registro",
}
_SOLO_DE: dict[Habilitacion, frozenset[TipoUnidad]] = {
    Habilitacion.OPERADOR_POSTAL: frozenset({TipoUnidad.OPERADOR_POSTAL}),
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


def tiene_habilitacion(sesion: Session, unidad_id: UUID, habilitacion: Habilitacion) -> bool:
    """Whether the unit is registered and holds this quality today."""
    return unidad_id in con_habilitacion(sesion, [unidad_id], habilitacion)


def con_habilitacion(sesion: Session, unidades: Iterable[UUID], *habilitaciones: Habilitacion) -> set[UUID]:
    """Which of these units are registered and hold one of these qualities today."""
    consulta = (
        select(HabilitacionUnidad.unidad_id)
        .join(UnidadEconomica)
        .where(
            col(HabilitacionUnidad.unidad_id).in_(set(unidades)),
            col(UnidadEconomica.estado) == EstadoUnidad.INSCRITA,
            *habilitacion_vigente(*habilitaciones),
        )
    )
    return set(sesion.exec(consulta))


def exigir_otra_autoridad(sesion: Session, unidad_id: UUID) -> None:
    """Raise `UltimaAutoridad` when this unit is the only one left that regulates: nobody could undo it."""
    consulta = (
        select(HabilitacionUnidad.unidad_id)
        .join(UnidadEconomica)
        .where(
            col(UnidadEconomica.estado) == EstadoUnidad.INSCRITA,
            *habilitacion_vigente(Habilitacion.AUTORIDAD_REGULADORA),
        )
    )
    if set(sesion.exec(consulta)) == {unidad_id}:
        raise UltimaAutoridad(
            _("Es la única autoridad del registro: inscriba y habilite a otra antes de suspenderla.")
        )


def exigir_habilitacion(sesion: Session, unidad_id: UUID, habilitacion: Habilitacion) -> None:
    """Raise `SinHabilitacion` unless the unit is registered and holds this quality today."""
    if not tiene_habilitacion(sesion, unidad_id, habilitacion):
        raise SinHabilitacion(
            _("La unidad económica necesita la habilitación «%(nombre)s». Solicítela en «Mis unidades».")
            % {"nombre": NOMBRES[habilitacion]},
            habilitacion=habilitacion.value,
        )


def habilitaciones_de(sesion: Session, unidad_id: UUID) -> Sequence[HabilitacionUnidad]:
    consulta = select(HabilitacionUnidad).where(col(HabilitacionUnidad.unidad_id) == unidad_id)
    return sesion.exec(consulta.order_by(col(HabilitacionUnidad.habilitacion))).all()


def habilitacion_de(sesion: Session, unidad_id: UUID, habilitacion: Habilitacion) -> HabilitacionUnidad:
    """The row of one quality. Raises `HabilitacionNoEncontrada`."""
    fila = sesion.get(HabilitacionUnidad, (unidad_id, habilitacion))
    if fila is None:
        raise HabilitacionNoEncontrada()
    return fila


def bandeja_de_habilitaciones(
    sesion: Session, estado: EstadoHabilitacion, pagina: CursorPedido
) -> tuple[list[HabilitacionUnidad], str | None]:
    """Requests (or grants, refusals…) of every unit, those that wait longest first."""
    consulta = select(HabilitacionUnidad).where(col(HabilitacionUnidad.estado) == estado)
    columnas = (
        col(HabilitacionUnidad.solicitada_en),
        col(HabilitacionUnidad.unidad_id),
        col(HabilitacionUnidad.habilitacion),
    )
    return paginar(sesion, consulta, pagina, columnas=columnas, desc=False)


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

    `norma` is the legal basis or resolution; `hasta` is the last valid day, both days in Bolivia.
    """
    autorizacion = exigir_regulador(sesion, actor)
    unidad = bloquear_unidad(sesion, unidad_id)
    return otorgar_con(sesion, unidad, autorizacion, habilitacion, norma=norma, desde=desde, hasta=hasta)


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
        "norma": texto_obligatorio("norma", norma),
        "vigente_desde": desde.isoformat(),
        "vigente_hasta": hasta.isoformat() if hasta else None,
    }
    fila = _asentar(sesion, unidad, autorizacion, Operacion.OTORGAR_HABILITACION, habilitacion, datos)
    _anunciar(sesion, unidad, autorizacion, eventos.HABILITACION_OTORGADA, habilitacion)
    notificar_unidad(
        sesion,
        unidad.id,
        _("Habilitación otorgada: %(nombre)s") % {"nombre": NOMBRES[habilitacion]},
        _("%(unidad)s ya tiene la habilitación «%(nombre)s». Norma: %(norma)s.")
        % {"unidad": unidad.nombre, "nombre": NOMBRES[habilitacion], "norma": datos["norma"]},
        f"/mis-unidades/{unidad.numero}",
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
    if habilitacion == Habilitacion.AUTORIDAD_REGULADORA:
        exigir_regulador(sesion, actor)
        exigir_otra_autoridad(sesion, unidad_id)
    return _negar(sesion, actor, unidad_id, Operacion.SUSPENDER_HABILITACION, habilitacion, motivo)


def _negar(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    operacion: Operacion,
    habilitacion: Habilitacion,
    motivo: str,
) -> HabilitacionUnidad:
    autorizacion = exigir_regulador(sesion, actor)
    unidad = bloquear_unidad(sesion, unidad_id)
    datos = {"motivo": texto_obligatorio("motivo", motivo)}
    fila = _asentar(sesion, unidad, autorizacion, operacion, habilitacion, datos)
    suspendida = operacion == Operacion.SUSPENDER_HABILITACION
    if suspendida:
        _anunciar(sesion, unidad, autorizacion, eventos.HABILITACION_SUSPENDIDA, habilitacion)
    asunto = (
        _("Habilitación suspendida: %(nombre)s") if suspendida else _("Habilitación rechazada: %(nombre)s")
    )
    notificar_unidad(
        sesion,
        unidad.id,
        asunto % {"nombre": NOMBRES[habilitacion]},
        _("Motivo: %(motivo)s") % datos,
        f"/mis-unidades/{unidad.numero}",
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
            % {"nombre": NOMBRES[habilitacion], "estado": estado or _("sin solicitar")}
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
