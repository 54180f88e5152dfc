"""What was collected at the door of an order and did not enter its custody: who has it, and until when."""

from dataclasses import dataclass
from datetime import datetime

from moneyed import Money
from sqlmodel import Session

from comercio.custodia import EstadoCustodia
from comercio.pedidos.consultas import DetallePedido
from empresa_digital.registro import nombres_de_unidades
from envios import contra_entrega_de
from nucleo.dinero import cero
from nucleo.reloj import ahora_bd

_AFUERA = (EstadoCustodia.POR_COBRAR, EstadoCustodia.NO_COBRADA)


@dataclass(frozen=True, slots=True)
class LoCobrado:
    """What an operator collected; `debe`: what of it they still owe, `tarde`: past its date."""

    operador: str
    monto: Money
    debe: Money
    vence_en: datetime
    tarde: bool


def lo_cobrado(sesion: Session, detalle: DetallePedido) -> list[LoCobrado]:
    """By whoever delivered it, while its money is not in its custody; of most orders, nothing."""
    envios = [p.envio_id for p in detalle.paquetes if p.envio_id is not None]
    if not detalle.dinero.contra_entrega or detalle.dinero.estado not in _AFUERA or not envios:
        return []
    deudas = contra_entrega_de(sesion, envios)
    nombres = nombres_de_unidades(sesion, {d.operador_unidad_id for d in deudas})
    ahora = ahora_bd(sesion)
    return [
        LoCobrado(
            nombres[d.operador_unidad_id], d.monto, d.debe, d.vence_en, d.debe > cero() and d.vence_en < ahora
        )
        for d in deudas
    ]
