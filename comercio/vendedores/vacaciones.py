"""Holidays of a seller: what they have on sale says so and cannot be bought; open orders keep their terms."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Exists, ScalarSelect, func, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col
from sqlmodel import select as elegir

from comercio.vendedores.bloqueos import bloquear_vacaciones
from comercio.vendedores.errores import VacacionesNoEncontradas, VacacionesQueSeCruzan, VacacionesTerminadas
from comercio.vendedores.modelos import DIAS_MAXIMOS, Vacaciones
from empresa_digital.registro import Facultad, exigir_facultad, tiene_facultad
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

A_LO_SUMO = timedelta(days=365)
_HOY = func.date(func.timezone("America/La_Paz", func.nucleo_ahora()))
_EN_CURSO = (col(Vacaciones.terminadas_en).is_(None), _HOY.between(Vacaciones.desde, Vacaciones.hasta))


def vuelve_de(vendedor: object) -> ScalarSelect[date]:
    """The last day of the holidays that a seller (a column) is on; null when they sell."""
    consulta = select(func.max(col(Vacaciones.hasta))).where(
        col(Vacaciones.vendedor_id) == vendedor, *_EN_CURSO
    )
    return consulta.scalar_subquery()


def esta_de_vacaciones(vendedor: object) -> Exists:
    """Whether a seller (a column) is away today: for marks in lists, never to let anybody buy."""
    return select(col(Vacaciones.id)).where(col(Vacaciones.vendedor_id) == vendedor, *_EN_CURSO).exists()


def de_vacaciones(sesion: Session, vendedores: Collection[UUID]) -> dict[UUID, date]:
    """Of these sellers, those who are away today, and until which day."""
    consulta = elegir(Vacaciones).where(col(Vacaciones.vendedor_id).in_(list(vendedores)), *_EN_CURSO)
    return {v.vendedor_id: v.hasta for v in sesion.exec(consulta)}


def vacaciones_de(sesion: Session, unidad_id: UUID) -> list[Vacaciones]:
    """Those of a seller that are not over, the first ones before."""
    consulta = elegir(Vacaciones).where(
        col(Vacaciones.vendedor_id) == unidad_id,
        col(Vacaciones.terminadas_en).is_(None),
        col(Vacaciones.hasta) >= _HOY,
    )
    return list(sesion.exec(consulta.order_by(col(Vacaciones.desde))))


def exigir_dias(hoy: date, desde: date, hasta: date, maximo: int) -> None:
    """Both days in it, so many at the most, begun within a year. Raises `DatosInvalidos`."""
    errores = {}
    if not hoy <= desde <= hoy + A_LO_SUMO:
        errores["desde"] = _("Elija un día desde hoy hasta dentro de un año.")
    if not 0 <= (hasta - desde).days < maximo:
        errores["hasta"] = _("Elija el mismo día o uno posterior, %(n)s días como máximo.") % {"n": maximo}
    if errores:
        raise DatosInvalidos(_("Revise los días."), campos=errores)


def tomar_vacaciones(
    sesion: Session, actor: Actor, unidad_id: UUID, desde: date, hasta: date, id: UUID | None = None
) -> Vacaciones:
    """Nobody buys from the unit between these days, both in it; with an id that is known, what it made.

    Raises `SinFacultad`, `DatosInvalidos`, `VacacionesQueSeCruzan`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER)
    if id is not None and (ya := sesion.get(Vacaciones, id)) is not None and ya.vendedor_id == unidad_id:
        return ya
    exigir_dias(fecha_bolivia(ahora_bd(sesion)), desde, hasta, DIAS_MAXIMOS)
    nuevas = Vacaciones(vendedor_id=unidad_id, desde=desde, hasta=hasta)
    nuevas.id = id or nuevas.id
    try:
        with sesion.begin_nested():
            sesion.add(nuevas)
    except IntegrityError as error:
        texto = _("Ya tiene vacaciones anotadas en esos días: termínelas o elija otros.")
        raise VacacionesQueSeCruzan(texto, campos={"desde": texto}) from error
    datos = {"desde": desde.isoformat(), "hasta": hasta.isoformat()}
    auditar(sesion, autorizacion, "vacaciones.tomar", "registro_unidad", unidad_id, datos)
    return nuevas


def terminar_vacaciones(sesion: Session, actor: Actor, vacaciones_id: UUID) -> Vacaciones:
    """Sell again before they end, or not take them. Raises `VacacionesNoEncontradas` to who does not sell for
    the unit, `VacacionesTerminadas`.
    """
    fila = bloquear_vacaciones(sesion, vacaciones_id)
    if fila is None or not tiene_facultad(sesion, actor, fila.vendedor_id, Facultad.VENDER):
        raise VacacionesNoEncontradas()
    autorizacion = exigir_facultad(sesion, actor, fila.vendedor_id, Facultad.VENDER)
    if fila.terminadas_en is not None or fila.hasta < fecha_bolivia(ahora_bd(sesion)):
        raise VacacionesTerminadas()
    fila.terminadas_en = ahora_bd(sesion)
    sesion.flush()
    auditar(sesion, autorizacion, "vacaciones.terminar", "registro_unidad", fila.vendedor_id, {})
    return fila
