"""What was collected at the door of an order and did not enter its custody: who has it, and until when."""

from dataclasses import dataclass
from datetime import datetime

from moneyed import Money
from sqlmodel import Session

from comercio.custodia import EstadoCustodia
from comercio.pedidos.consultas import DetallePedido
from empresa_digital.registro import nombres_de_unidades
from envios import contra_entrega_de, lo_cedido
from nucleo.dinero import cero
from nucleo.reloj import ahora_bd

_AFUERA = (EstadoCustodia.POR_COBRAR, EstadoCustodia.NO_COBRADA)


@dataclass(frozen=True, slots=True)
class LoCobrado:
    """What an operator collected for who sells; `debe`: what of it they still owe, `tarde`: past its date.
    `cedido`: what besides is of who bought, by a claim, and `debe_lo_cedido`, what of that they owe."""

    operador: str
    monto: Money
    debe: Money
    cedido: Money
    debe_lo_cedido: Money
    vence_en: datetime
    tarde: bool


def lo_cobrado(sesion: Session, detalle: DetallePedido) -> list[LoCobrado]:
    """By whoever delivered it, what is not in its custody; of most orders, nothing."""
    envios = [p.envio_id for p in detalle.paquetes if p.envio_id is not None]
    if not detalle.dinero.contra_entrega or detalle.dinero.estado not in _AFUERA or not envios:
        return []
    deudas = contra_entrega_de(sesion, envios)
    nombres = nombres_de_unidades(sesion, {d.operador_unidad_id for d in deudas})
    cedidos = lo_cedido(sesion, envios)
    ahora = ahora_bd(sesion)
    suyos = [(d, cedidos.get(d.envio_id)) for d in deudas]
    return [
        LoCobrado(
            operador=nombres[d.operador_unidad_id],
            monto=d.monto - (c.monto if c else cero()),
            debe=d.debe - (c.debe if c else cero()),
            cedido=c.monto if c else cero(),
            debe_lo_cedido=c.debe if c else cero(),
            vence_en=d.vence_en,
            tarde=d.debe > cero() and d.vence_en < ahora,
        )
        for d, c in suyos
    ]
