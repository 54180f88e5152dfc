"""The cash of a round: what was collected on delivery, and what of it is still owed."""

from collections.abc import Sequence
from dataclasses import dataclass

from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, tiene_facultad
from envios.despachos.esquemas import ParadaLeida
from envios.despachos.estados import EstadoParada
from envios.despachos.modelos import HojaDeRuta
from envios.deudas import DeudaDeOperador, EstadoDeuda, contra_entrega_de
from envios.items import EstadoEnvio
from nucleo.actor import Actor
from nucleo.dinero import cero
from pagos import cuenta_de_unidad, saldo_disponible


@dataclass(frozen=True, slots=True)
class DineroDeLaHoja:
    """`por_pagar` is owed into accounts; `en_ventanilla`, in cash to who has none. `falta` is what the
    operator's account lacks, for who may pay from it (None: the actor may not)."""

    deudas: list[DeudaDeOperador]
    falta: Money | None

    @property
    def cobrado(self) -> Money:
        return sum((d.monto for d in self.deudas), cero())

    @property
    def por_cerrar(self) -> list[DeudaDeOperador]:
        return [d for d in self.deudas if d.estado is EstadoDeuda.PENDIENTE and not d.en_ventanilla]

    @property
    def por_pagar(self) -> Money:
        return sum((d.debe for d in self.por_cerrar), cero())

    @property
    def en_ventanilla(self) -> Money:
        suyas = (d for d in self.deudas if d.estado is EstadoDeuda.PENDIENTE and d.en_ventanilla)
        return sum((d.debe for d in suyas), cero())


def dinero_de(
    sesion: Session, actor: Actor, hoja: HojaDeRuta, paradas: Sequence[ParadaLeida]
) -> DineroDeLaHoja | None:
    """None when the round collected nothing."""
    entregadas = [p.envio_id for p in paradas if _se_entrego(p)]
    deudas = contra_entrega_de(sesion, entregadas) if entregadas else []
    if not deudas:
        return None
    dinero = DineroDeLaHoja(deudas, None)
    if not tiene_facultad(sesion, actor, hoja.operador_unidad_id, Facultad.PAGAR, estados=CON_LO_SUYO):
        return dinero
    hay = saldo_disponible(sesion, cuenta_de_unidad(sesion, hoja.operador_unidad_id))
    return DineroDeLaHoja(deudas, max(dinero.por_pagar - hay, cero()))


def _se_entrego(parada: ParadaLeida) -> bool:
    if parada.estado is EstadoParada.PENDIENTE:
        return parada.estado_envio is EstadoEnvio.ENTREGADO
    return parada.estado is EstadoParada.ENTREGADA
