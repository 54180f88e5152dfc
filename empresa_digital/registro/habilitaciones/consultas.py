"""Who holds which quality today."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, literal, or_
from sqlmodel import Session, col, select

from empresa_digital.registro.catalogos import Habilitacion, TipoUnidad
from empresa_digital.registro.habilitaciones.errores import (
    HabilitacionNoEncontrada,
    SinHabilitacion,
    UltimaAutoridad,
)
from empresa_digital.registro.habilitaciones.modelos import HabilitacionUnidad
from empresa_digital.registro.habilitaciones.palabras import HABILITACIONES
from empresa_digital.registro.habilitaciones.tipos import EstadoHabilitacion
from empresa_digital.registro.mandatos import proveer_autoridades
from empresa_digital.registro.unidades import EstadoUnidad, sostener_activas
from empresa_digital.registro.unidades.modelos import ActividadSecundaria, UnidadEconomica
from nucleo.paginacion import CursorPedido, paginar
from nucleo.textos import gettext as _


def habilitacion_vigente(*habilitaciones: Habilitacion) -> tuple[Any, ...]:
    """SQL conditions on `HabilitacionUnidad`: one of these, granted, in force today (in Bolivia)."""
    hoy = func.date(func.timezone(literal("America/La_Paz"), func.nucleo_ahora()))
    return (
        col(HabilitacionUnidad.habilitacion).in_(habilitaciones),
        col(HabilitacionUnidad.estado) == EstadoHabilitacion.OTORGADA,
        col(HabilitacionUnidad.vigente_desde) <= hoy,
        or_(
            col(HabilitacionUnidad.vigente_hasta).is_(None),
            col(HabilitacionUnidad.vigente_hasta) >= hoy,
        ),
    )


@proveer_autoridades
def autoridades() -> Any:
    """A SELECT of the units that hold the authority's quality today."""
    return select(HabilitacionUnidad.unidad_id).where(
        *habilitacion_vigente(Habilitacion.AUTORIDAD_REGULADORA)
    )


def tiene_habilitacion(
    sesion: Session,
    unidad_id: UUID,
    habilitacion: Habilitacion,
    *,
    estados: Collection[EstadoUnidad] = (EstadoUnidad.INSCRITA,),
) -> bool:
    """Whether the unit is registered (or in one of `estados`) and holds this quality today."""
    return unidad_id in con_habilitacion(sesion, [unidad_id], habilitacion, estados=estados)


def con_habilitacion(
    sesion: Session,
    unidades: Iterable[UUID],
    *habilitaciones: Habilitacion,
    estados: Collection[EstadoUnidad] = (EstadoUnidad.INSCRITA,),
) -> set[UUID]:
    """Which of these units are registered (or in one of `estados`) and hold one of these qualities today."""
    consulta = (
        select(HabilitacionUnidad.unidad_id)
        .join(UnidadEconomica)
        .where(
            col(HabilitacionUnidad.unidad_id).in_(set(unidades)),
            col(UnidadEconomica.estado).in_(estados),
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


def exigir_habilitacion(
    sesion: Session,
    unidad_id: UUID,
    habilitacion: Habilitacion,
    *,
    estados: Collection[EstadoUnidad] = (EstadoUnidad.INSCRITA,),
) -> None:
    """Raise `SinHabilitacion` unless the unit is registered (or in one of `estados`) and holds this quality
    today.

    Who asks for a registered one begins business of hers: it stays registered until the transaction ends, so
    that a closure does not pass beside it.
    """
    if EstadoUnidad.SUSPENDIDA not in estados:
        sostener_activas(sesion, [unidad_id])
    if not tiene_habilitacion(sesion, unidad_id, habilitacion, estados=estados):
        raise SinHabilitacion(
            _("La unidad económica necesita la habilitación «%(nombre)s». Solicítela en «Mis unidades».")
            % {"nombre": HABILITACIONES[habilitacion]},
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


def solicitudes(sesion: Session) -> list[HabilitacionUnidad]:
    """The first hundred requests that wait for the regulator."""
    primeras = CursorPedido(cursor=None, limite=100)
    return bandeja_de_habilitaciones(sesion, EstadoHabilitacion.SOLICITADA, primeras)[0]


def habilitadas_del_rubro(
    sesion: Session,
    habilitacion: Habilitacion,
    divisiones: Collection[str],
    municipio_ine: str,
    *,
    excepto: Sequence[TipoUnidad] = (),
    turno: str = "",
    limite: int,
) -> list[UUID]:
    """Registered units that hold a quality today and whose activities (CIIU) are of some divisions: those of
    the municipality first, then of its department, then the others. Of as near ones, `turno` says which come
    first: with another one, others do.
    """
    principal = func.left(col(UnidadEconomica.actividad_ciiu), 2).in_(divisiones)
    secundaria = exists().where(
        col(ActividadSecundaria.unidad_id) == col(UnidadEconomica.id),
        func.left(col(ActividadSecundaria.actividad), 2).in_(divisiones),
    )
    lugar = col(UnidadEconomica.municipio_ine)
    consulta = (
        select(UnidadEconomica.id)
        .join(HabilitacionUnidad, col(HabilitacionUnidad.unidad_id) == UnidadEconomica.id)
        .where(
            col(UnidadEconomica.estado) == EstadoUnidad.INSCRITA,
            col(UnidadEconomica.tipo).not_in(excepto),
            or_(principal, secundaria),
            *habilitacion_vigente(habilitacion),
        )
        .order_by(
            lugar != municipio_ine,
            func.left(lugar, 2) != municipio_ine[:2],
            func.md5(func.concat(turno, col(UnidadEconomica.id))),
        )
        .limit(limite)
    )
    return list(sesion.exec(consulta))
