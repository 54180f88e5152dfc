"""Commissions: dated rules with their norm, read for an instant and never constants in the code."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from babel.numbers import format_decimal
from moneyed import Money
from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from nucleo.dinero import a_centavos, de_centavos, formato_bs
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos.libro.modelos import ReglaDeComision


class Operacion(StrEnum):
    """What pays a commission: who withdraws on top of what reaches the bank, who sells out of the sale."""

    RETIRO = "retiro"
    VENTA = "venta"


@dataclass(frozen=True, slots=True)
class ReglaVigente:
    """What an operation pays from a date on: fixed part, basis points, floor, cap, tax contained, norm."""

    id: UUID
    operacion: str
    tasa_pb: int
    fijo: Money
    minimo: Money
    maximo: Money | None
    impuesto_pb: int
    vigente_desde: datetime
    norma: str

    @classmethod
    def de(cls, fila: ReglaDeComision) -> "ReglaVigente":
        return cls(**fila.model_dump())


@dataclass(frozen=True, slots=True)
class Comision:
    """What the platform keeps of one operation, and the tax contained in it."""

    regla_id: UUID
    tasa_pb: int
    monto: Money
    impuesto_pb: int
    impuesto: Money


_VIGENTE = (
    select(ReglaDeComision)
    .where(
        col(ReglaDeComision.operacion) == bindparam("operacion"),
        col(ReglaDeComision.vigente_desde) <= bindparam("instante"),
    )
    .order_by(col(ReglaDeComision.vigente_desde).desc())
    .limit(1)
)


def comision_vigente(sesion: Session, operacion: Operacion, instante: datetime | None = None) -> ReglaVigente:
    """The newest rule in force at an instant (now when None). The migrations bring the first ones: none is a
    fault of the operator (LookupError)."""
    cuando = {"operacion": operacion.value, "instante": instante or ahora_bd(sesion)}
    regla = sesion.execute(_VIGENTE, cuando).scalars().first()
    if regla is None:
        raise LookupError(f"no hay comisión de {operacion} vigente el {instante}")
    return ReglaVigente.de(regla)


def calcular_comision(base: Money, regla: ReglaVigente) -> Comision:
    """The commission on an amount, exact to the centavo.

    The fixed part plus `tasa_pb` basis points, half a centavo rounded up; then the floor, then the cap; never
    more than the amount. The tax is contained in it (IVA of Ley 843), rounded the same way.
    """
    centavos = a_centavos(base)
    assert centavos > 0
    monto = max(a_centavos(regla.fijo) + _parte(centavos, regla.tasa_pb), a_centavos(regla.minimo))
    if regla.maximo is not None:
        monto = min(monto, a_centavos(regla.maximo))
    monto = min(monto, centavos)
    impuesto = _parte(monto, regla.impuesto_pb)
    assert 0 <= impuesto <= monto <= centavos
    return Comision(regla.id, regla.tasa_pb, de_centavos(monto), regla.impuesto_pb, de_centavos(impuesto))


def _parte(centavos: int, puntos_basicos: int) -> int:
    return (centavos * puntos_basicos + 5_000) // 10_000


def reglas_de_comision(sesion: Session) -> list[ReglaVigente]:
    """Every rule there is or was, by operation, newest first."""
    consulta = select(ReglaDeComision).order_by(
        col(ReglaDeComision.operacion), col(ReglaDeComision.vigente_desde).desc()
    )
    return [ReglaVigente.de(fila) for fila in sesion.exec(consulta.limit(200))]


def comision_en_palabras(regla: ReglaVigente) -> str:
    """`3 %, mínimo Bs 0,50, máximo Bs 200,00`, with the tax inside."""
    partes = [formato_bs(regla.fijo)] if a_centavos(regla.fijo) else []
    if regla.tasa_pb:
        partes.append(f"{format_decimal(Decimal(regla.tasa_pb) / 100, locale='es_BO')} %")
    if not partes and not a_centavos(regla.minimo):
        return _("sin comisión")
    texto = _(" más ").join(partes) or _("lo mínimo")
    if a_centavos(regla.minimo):
        texto += _(", mínimo %(monto)s") % {"monto": formato_bs(regla.minimo)}
    if regla.maximo is not None:
        texto += _(", máximo %(monto)s") % {"monto": formato_bs(regla.maximo)}
    return texto
