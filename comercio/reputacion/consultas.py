"""The reputation of a unit, with what is needed to do its sums again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.compra.modelos import Pedido
from comercio.reputacion.clases import Clase, Falta
from comercio.reputacion.modelos import FaltaDePedido, ReglaDeReputacion, ReputacionDeUnidad
from nucleo.reloj import ahora_bd, fecha_bolivia


@dataclass(frozen=True, slots=True)
class Cuenta:
    """Of one kind of fault: how many, out of how many sales, and how many are well."""

    falta: Falta
    cuantas: int
    ventas: int
    parte_pb: int
    permitidas: int

    @property
    def por_ciento(self) -> Decimal:
        """To one decimal, half up."""
        return (Decimal(100 * self.cuantas) / (self.ventas or 1)).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def maximo_por_ciento(self) -> Decimal:
        return Decimal(self.parte_pb) / 100

    @property
    def bien(self) -> bool:
        return self.cuantas <= self.permitidas


@dataclass(frozen=True, slots=True)
class Reputacion:
    """What was counted until `hasta`, over the `dias` before; none of it when it never was (no sales)."""

    clase: Clase
    desde: datetime
    hasta: datetime
    dias: int
    ventas: int
    dias_si_bastan: int
    ventas_minimas: int
    dias_si_pocas: int
    tolerancia: int
    cuentas: tuple[Cuenta, ...]
    norma: str


def reputacion_de(sesion: Session, unidad_id: UUID) -> Reputacion:
    fila = sesion.get(ReputacionDeUnidad, unidad_id, populate_existing=True)
    if fila is None:
        regla = _regla_vigente(sesion)
        hasta = ahora_bd(sesion)
        fila = ReputacionDeUnidad(
            unidad_id=unidad_id,
            regla_id=regla.id,
            hasta=hasta,
            dias=regla.dias_si_pocas,
            ventas=0,
            reclamos=0,
            tardes=0,
            canceladas=0,
            clase=Clase.SIN_HISTORIA,
        )
    else:
        regla = sesion.get_one(ReglaDeReputacion, fila.regla_id)
    partes = (
        (Falta.RECLAMO, fila.reclamos, regla.reclamo_pb),
        (Falta.TARDE, fila.tardes, regla.tarde_pb),
        (Falta.CANCELADA, fila.canceladas, regla.cancelada_pb),
    )
    return Reputacion(
        clase=Clase(fila.clase),
        desde=fila.hasta - timedelta(days=fila.dias),
        hasta=fila.hasta,
        dias=fila.dias,
        ventas=fila.ventas,
        dias_si_bastan=regla.dias,
        ventas_minimas=regla.ventas_minimas,
        dias_si_pocas=regla.dias_si_pocas,
        tolerancia=regla.tolerancia,
        cuentas=tuple(
            Cuenta(falta, n, fila.ventas, pb, max(regla.tolerancia, fila.ventas * pb // 10_000))
            for falta, n, pb in partes
        ),
        norma=regla.norma,
    )


def faltas_de(sesion: Session, unidad_id: UUID, desde: datetime) -> Sequence[tuple[FaltaDePedido, Pedido]]:
    """For the unit itself: which of its orders since then count against it, at most a hundred."""
    return sesion.exec(
        select(FaltaDePedido, Pedido)
        .join(Pedido, col(Pedido.id) == col(FaltaDePedido.pedido_id))
        .where(col(Pedido.vendedor_id) == unidad_id, col(Pedido.creado_en) > desde)
        .order_by(col(FaltaDePedido.ocurrio_en).desc(), col(Pedido.id), col(FaltaDePedido.falta))
        .limit(100)
    ).all()


def _regla_vigente(sesion: Session) -> ReglaDeReputacion:
    consulta = (
        select(ReglaDeReputacion)
        .where(col(ReglaDeReputacion.vigente_desde) <= fecha_bolivia(ahora_bd(sesion)))
        .order_by(col(ReglaDeReputacion.vigente_desde).desc())
        .limit(1)
    )
    return sesion.exec(consulta).one()
