"""What a delay costs, by arithmetic: of what came late, so many per mil a day, up to a share of the order."""

from dataclasses import dataclass

from moneyed import Money

from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.reglas import Clave, Reglas
from nucleo.dinero import bs, redondear


@dataclass(frozen=True, slots=True)
class Multa:
    """`confirmada`: its rule was read in the norm, so it is applied; otherwise the entity decides."""

    dias: int
    por_mil: int
    tope: int
    monto: Money
    confirmada: bool


def multa_de(reglas: Reglas | None, orden: OrdenDeCompra, valor: Money, dias: int) -> Multa | None:
    """The penalty for what is worth `valor` and came `dias` late; None when none is due.

    With what was applied before to the order it is never above its cap.
    """
    if reglas is None or dias <= 0 or not reglas.multa_por_mil or not valor:
        return None
    bruta = redondear(valor.amount * reglas.multa_por_mil * dias / 1000)
    tope = redondear(orden.total.amount * reglas.multa_tope / 100) - orden.multa
    monto = min(bruta, max(tope, bs(0)), valor) if reglas.multa_tope else min(bruta, valor)
    confirmada = reglas.exige(Clave.MULTA_POR_MIL) and reglas.exige(Clave.MULTA_TOPE)
    return Multa(dias, reglas.multa_por_mil, reglas.multa_tope, monto, confirmada)
