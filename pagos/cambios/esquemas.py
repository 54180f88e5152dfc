"""What crosses the API of the change feed, and what webhooks carry."""

from pydantic import BaseModel, Field

from nucleo.dinero import Dinero
from pagos.libro import TransferenciaVista
from pagos.libro.modelos import Transferencia


class CambioVista(TransferenciaVista):
    saldo: Dinero = Field(description="Saldo contabilizado de la cuenta justo después.")

    @classmethod
    def de_la_cuenta(cls, t: Transferencia, cuenta_id: int, nota: str | None) -> "CambioVista":
        """An entry as the account sees it."""
        saldo = t.saldo_debito if t.debito == cuenta_id else t.saldo_credito
        return cls(**dict(TransferenciaVista.de(t, nota)), saldo=saldo)


class CambiosVista(BaseModel):
    datos: list[CambioVista]
    hasta: int = Field(description="Pida la próxima vez `desde` este número.")
