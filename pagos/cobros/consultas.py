"""Reads: an order by its code, lists with filters, lines and payments, the figures of the day."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from nucleo.dinero import bs, sumar
from nucleo.paginacion import CursorPedido, paginar
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from pagos.cobros.cpt import leer_cpt
from pagos.cobros.errores import ConceptoNoEncontrado, CptInvalido, OrdenNoEncontrada
from pagos.cobros.estados import ABIERTOS, EstadoOrden
from pagos.cobros.modelos import Concepto, LineaDeOrden, Orden, Pago


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtro:
    """Which orders to list. `buscar` is a code, a reference or a document, whichever it looks like."""

    unidades: Sequence[UUID]
    estado: EstadoOrden | None = None
    buscar: str = ""
    referencia: str | None = None
    concepto_id: UUID | None = None
    desde: date | None = None
    hasta: date | None = None


def orden_por_id(sesion: Session, orden_id: UUID) -> Orden:
    """Raises `OrdenNoEncontrada`."""
    orden = sesion.get(Orden, orden_id)
    if orden is None:
        raise OrdenNoEncontrada()
    return orden


def orden_por_cpt(sesion: Session, texto: str) -> Orden:
    """The order with this code, however it was typed. Raises `CptInvalido`, `OrdenNoEncontrada`."""
    orden = sesion.exec(select(Orden).where(Orden.cpt == leer_cpt(texto))).one_or_none()
    if orden is None:
        raise OrdenNoEncontrada(_("El código está bien escrito, pero no hay una orden con él."))
    return orden


def lineas_de(sesion: Session, orden_id: UUID) -> list[LineaDeOrden]:
    consulta = select(LineaDeOrden).where(LineaDeOrden.orden_id == orden_id)
    return list(sesion.exec(consulta.order_by(col(LineaDeOrden.posicion))))


def pagos_de(sesion: Session, orden_id: UUID) -> list[Pago]:
    """The payments of an order, oldest first."""
    consulta = select(Pago).where(Pago.orden_id == orden_id)
    return list(sesion.exec(consulta.order_by(col(Pago.pagado_en), col(Pago.id))))


def pago_de_transferencia(sesion: Session, transferencia_id: UUID) -> Pago | None:
    return sesion.exec(select(Pago).where(Pago.transferencia_id == transferencia_id)).one_or_none()


def listar_ordenes(sesion: Session, filtro: Filtro, pagina: CursorPedido) -> tuple[list[Orden], str | None]:
    """A page of orders, newest first, and the cursor of the next one."""
    consulta = select(Orden).where(*_condiciones(sesion, filtro))
    return paginar(sesion, consulta, pagina, columnas=(col(Orden.creado_en), col(Orden.id)))


def _condiciones(sesion: Session, filtro: Filtro) -> list[Any]:
    condiciones: list[Any] = [col(Orden.unidad_id).in_(list(filtro.unidades))]
    if filtro.estado is not None:
        condiciones += condicion_de_estado(sesion, filtro.estado)
    if filtro.referencia is not None:
        condiciones.append(col(Orden.referencia) == filtro.referencia)
    if filtro.concepto_id is not None:
        condiciones.append(col(Orden.concepto_id) == filtro.concepto_id)
    if filtro.desde is not None:
        condiciones.append(col(Orden.creado_en) >= medianoche(filtro.desde))
    if filtro.hasta is not None:
        condiciones.append(col(Orden.creado_en) < medianoche(filtro.hasta + timedelta(days=1)))
    if limpio := "".join(c for c in filtro.buscar if c.isprintable()).strip()[:60]:
        iguales = [col(Orden.referencia) == limpio, col(Orden.pagador_documento) == limpio.upper()]
        with suppress(CptInvalido):
            iguales.append(col(Orden.cpt) == leer_cpt(limpio))
        condiciones.append(or_(*iguales))
    return condiciones


def condicion_de_estado(sesion: Session, estado: EstadoOrden) -> list[Any]:
    """By what people see: an open order past its due instant counts as overdue before the sweep."""
    ahora = ahora_bd(sesion)
    if estado in ABIERTOS:
        return [col(Orden.estado) == estado.value, col(Orden.vence_en) > ahora]
    if estado is EstadoOrden.VENCIDA:
        abiertos = [e.value for e in ABIERTOS]
        return [
            or_(
                col(Orden.estado) == estado.value,
                col(Orden.estado).in_(abiertos) & (col(Orden.vence_en) <= ahora),
            )
        ]
    return [col(Orden.estado) == estado.value]


def medianoche(dia: date) -> datetime:
    return datetime.combine(dia, time.min, ZONA).astimezone(UTC)


def ordenes_a_nombre_de(sesion: Session, documento: str, limite: int = 20) -> list[Orden]:
    """What the holder of this card number may pay now, the most urgent first."""
    consulta = (
        select(Orden)
        .where(
            col(Orden.pagador_documento) == documento,
            col(Orden.pagador_tipo) == "CI",
            col(Orden.estado).in_([e.value for e in ABIERTOS]),
            col(Orden.vence_en) > ahora_bd(sesion),
        )
        .order_by(col(Orden.vence_en), col(Orden.id))
        .limit(limite)
    )
    return list(sesion.exec(consulta))


# --- Catalogue ------------------------------------------------------------------------------------------


def concepto_por_id(sesion: Session, concepto_id: UUID) -> Concepto:
    """Raises `ConceptoNoEncontrado`."""
    concepto = sesion.get(Concepto, concepto_id)
    if concepto is None:
        raise ConceptoNoEncontrado()
    return concepto


def conceptos_de(sesion: Session, unidad_id: UUID, *, solo_vigentes: bool = False) -> list[Concepto]:
    """A unit's catalogue by code, newest version first; with `solo_vigentes`, what rules today."""
    consulta = select(Concepto).where(Concepto.unidad_id == unidad_id)
    orden = (col(Concepto.codigo), col(Concepto.vigente_desde).desc())
    todos = list(sesion.exec(consulta.order_by(*orden)))
    hoy = fecha_bolivia(ahora_bd(sesion))
    return [c for c in todos if c.rige(hoy)] if solo_vigentes else todos


def usos_de_conceptos(sesion: Session, unidad_id: UUID) -> dict[UUID, int]:
    """How many orders were issued of each concept."""
    consulta = (
        select(col(Orden.concepto_id), func.count())
        .where(Orden.unidad_id == unidad_id, col(Orden.concepto_id).is_not(None))
        .group_by(col(Orden.concepto_id))
    )
    return {concepto: total for concepto, total in sesion.exec(consulta) if concepto is not None}


# --- Figures --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CifrasDelDia:
    """A unit's charges today, and how many orders are in each state."""

    cobrado: Money
    pagos: int
    emitidas: int
    por_cobrar: Money
    por_estado: dict[EstadoOrden, int]


def cifras_del_dia(sesion: Session, unidad_id: UUID) -> CifrasDelDia:
    """What came in since midnight in Bolivia through orders, and what is still owed."""
    ahora = ahora_bd(sesion)
    desde = medianoche(fecha_bolivia(ahora))
    cobrado, pagos = sesion.exec(
        select(sumar(Pago.monto), func.count())
        .join(Orden, col(Orden.id) == col(Pago.orden_id))
        .where(Orden.unidad_id == unidad_id, Pago.pagado_en >= desde)
    ).one()
    emitidas = sesion.exec(
        select(func.count()).where(col(Orden.unidad_id) == unidad_id, col(Orden.creado_en) >= desde)
    ).one()
    vencio = col(Orden.vence_en) <= ahora
    filas = sesion.exec(
        select(col(Orden.estado), vencio, func.count(), sumar(col(Orden.monto) - col(Orden.pagado)))
        .where(col(Orden.unidad_id) == unidad_id)
        .group_by(col(Orden.estado), vencio)
    ).all()
    por_estado = dict.fromkeys(EstadoOrden, 0)
    por_cobrar = bs(0)
    for nombre, tarde, cuantas, falta in filas:
        estado = EstadoOrden(nombre)
        if estado in ABIERTOS and tarde:
            estado = EstadoOrden.VENCIDA
        por_estado[estado] += cuantas
        if estado in ABIERTOS:
            por_cobrar += falta
    return CifrasDelDia(cobrado, pagos, emitidas, por_cobrar, por_estado)
