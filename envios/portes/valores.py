"""What other rooms know of a postage: frozen values, never a row."""

from dataclasses import dataclass
from uuid import UUID

from moneyed import Money

from envios.portes.estados import EstadoExcedente, EstadoPorte
from envios.portes.modelos import Porte
from nucleo.dinero import cero


@dataclass(frozen=True, slots=True)
class PorteDeItem:
    """The postage of an item as it was when asked. `total` is what it costs as it was measured, else as it
    was quoted; `excedente` what of it was not quoted and needs the consent of who pays. `guardado` is what
    was quoted without a collection for which nobody came.
    """

    envio_id: UUID
    cotizacion_id: UUID
    operador_unidad_id: UUID
    estado: EstadoPorte
    cotizado: Money
    contra_entrega: Money
    total: Money
    peso_medido_g: int | None
    recojo_devuelto: Money

    @property
    def guardado(self) -> Money:
        return self.cotizado - self.recojo_devuelto

    @property
    def excedente(self) -> Money:
        return max(self.total - self.guardado, cero())

    @property
    def sobra(self) -> Money:
        """What goes back to who paid when it is settled."""
        return max(self.guardado - self.total, cero())

    @classmethod
    def de(cls, fila: Porte) -> "PorteDeItem":
        return cls(
            envio_id=fila.envio_id,
            cotizacion_id=fila.cotizacion_id,
            operador_unidad_id=fila.operador_unidad_id,
            estado=EstadoPorte(fila.estado),
            cotizado=fila.cotizado,
            contra_entrega=fila.contra_entrega,
            total=fila.total,
            peso_medido_g=fila.peso_medido_g,
            recojo_devuelto=fila.recojo_devuelto,
        )


@dataclass(frozen=True, slots=True)
class ExcedenteDeItem:
    """What an item cost above its quote. `impago`: nobody accepted it, or not yet."""

    monto: Money
    estado: EstadoExcedente

    @property
    def espera(self) -> bool:
        return self.estado is EstadoExcedente.POR_CONSENTIR

    @property
    def impago(self) -> bool:
        return self.estado not in (EstadoExcedente.PAGADO, EstadoExcedente.EN_EFECTIVO)
