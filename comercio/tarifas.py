"""Commission and terms of the market: dated data, read for a day, never constants in the code."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from comercio.modelos import Plazo, TasaComision
from nucleo.calendario import fin_del_dia, sumar_dias_habiles
from nucleo.dinero import a_centavos, de_centavos
from nucleo.reloj import fecha_bolivia

T = TypeVar("T", TasaComision, Plazo)


@dataclass(frozen=True, slots=True)
class Comision:
    """What the market keeps of one sale and the tax contained in it."""

    tasa_id: UUID
    tasa_pb: int
    monto: Money
    impuesto_pb: int
    impuesto: Money


def tasa_vigente(sesion: Session, dia: date) -> TasaComision:
    """The rate in force on a day. There must be one: its absence is a fault of the operator (LookupError)."""
    tasa = sesion.exec(_vigente(TasaComision, dia)).first()
    if tasa is None:
        raise LookupError(f"no hay tasa de comisión vigente el {dia}")
    return tasa


def calcular_comision(total: Money, tasa: TasaComision) -> Comision:
    """The commission on a sale, exact to the centavo.

    `tasa_pb` basis points of the total, half a centavo rounded up; then the floor, then the cap; never
    more than the total. The tax is contained in it (IVA of Ley 843), rounded the same way.
    """
    centavos = a_centavos(total)
    assert centavos > 0
    monto = max(_parte(centavos, tasa.tasa_pb), a_centavos(tasa.minimo))
    if tasa.maximo is not None:
        monto = min(monto, a_centavos(tasa.maximo))
    monto = min(monto, centavos)
    impuesto = _parte(monto, tasa.impuesto_pb)
    assert 0 <= impuesto <= monto <= centavos
    return Comision(tasa.id, tasa.tasa_pb, de_centavos(monto), tasa.impuesto_pb, de_centavos(impuesto))


def plazo(sesion: Session, codigo: str, dia: date) -> int:
    """The value of a term on a day (LookupError when the operator has not set it)."""
    fila = sesion.exec(_vigente(Plazo, dia).where(Plazo.codigo == codigo)).first()
    if fila is None:
        raise LookupError(f"no hay plazo {codigo} vigente el {dia}")
    return fila.valor


def limite_de_despacho(sesion: Session, instante: datetime) -> datetime:
    """The last instant to dispatch an order paid at `instante`: the end of the n-th business day."""
    dia = fecha_bolivia(instante)
    return fin_del_dia(sumar_dias_habiles(dia, plazo(sesion, "despacho_dias_habiles", dia)))


def _parte(centavos: int, puntos_basicos: int) -> int:
    return (centavos * puntos_basicos + 5_000) // 10_000


def _vigente(tabla: type[T], dia: date) -> SelectOfScalar[T]:
    return select(tabla).where(
        col(tabla.vigente_desde) <= dia,
        or_(col(tabla.vigente_hasta).is_(None), col(tabla.vigente_hasta) > dia),
    )
