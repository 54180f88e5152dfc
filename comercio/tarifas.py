"""Terms of the market: dated data, read for a day, never constants in the code. Its commission is a rule of
`pagos`."""

from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from comercio.modelos import Plazo
from nucleo.calendario import fin_del_dia, sumar_dias_habiles
from nucleo.reloj import fecha_bolivia


def plazo(sesion: Session, codigo: str, dia: date) -> int:
    """The value of a term on a day (LookupError when the operator has not set it)."""
    consulta = select(Plazo).where(
        Plazo.codigo == codigo,
        col(Plazo.vigente_desde) <= dia,
        or_(col(Plazo.vigente_hasta).is_(None), col(Plazo.vigente_hasta) > dia),
    )
    fila = sesion.exec(consulta).first()
    if fila is None:
        raise LookupError(f"no hay plazo {codigo} vigente el {dia}")
    return fila.valor


def limite_de_despacho(sesion: Session, instante: datetime) -> datetime:
    """The last instant to dispatch an order paid at `instante`: the end of the n-th business day."""
    dia = fecha_bolivia(instante)
    return fin_del_dia(sumar_dias_habiles(dia, plazo(sesion, "despacho_dias_habiles", dia)))
