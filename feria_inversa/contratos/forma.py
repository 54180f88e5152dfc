"""With what is contracted: an order, or a contract where delivery takes longer. One life for both."""

from dataclasses import dataclass
from enum import StrEnum

from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.reglas import Clave, Reglas
from nucleo.textos import gettext as _


class FormaDeContrato(StrEnum):
    ORDEN = "orden"
    CONTRATO = "contrato"


@dataclass(frozen=True, slots=True)
class Formalizado:
    """`dias`: the most that an order takes, by the rule that its process was born with; None where it had
    none, and everything was an order.
    """

    forma: FormaDeContrato
    dias: int | None = None
    confirmado: bool = True
    fuente: str = ""

    @property
    def nombre(self) -> str:
        return _("Contrato") if self.forma == FormaDeContrato.CONTRATO else _("Orden de compra")


def forma_de(reglas: Reglas | None, orden: OrdenDeCompra) -> Formalizado:
    """By the days that were bid: what is changed afterwards does not make it another thing."""
    regla = reglas.valores.get(Clave.ORDEN_DIAS) if reglas is not None else None
    if regla is None:
        return Formalizado(FormaDeContrato.ORDEN)
    forma = FormaDeContrato.CONTRATO if orden.plazo_dias > regla.valor else FormaDeContrato.ORDEN
    return Formalizado(forma, regla.valor, regla.confirmado, regla.fuente)
