"""Reads of gifts, as who receives them may see them: what, from whom, where it is; never what it cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.compra import nombre_estado
from comercio.compra.modelos import Compra, Pedido
from comercio.pedidos import lineas_del_pedido, paquetes_de
from comercio.pedidos.modelos import Paquete
from comercio.regalos.modelos import RegaloPara, RegaloRecibido
from comercio.regalos.seguir import SALIO, suyas
from empresa_digital.registro import partes_en_lote
from envios import envio_por_id
from nucleo.actor import Actor
from nucleo.paginacion import CursorPedido, paginar

EN_CAMINO = frozenset({"anunciado", "despachado"})


@dataclass(frozen=True, slots=True)
class PaqueteDeRegalo:
    """A parcel that comes: its code is what who receives it shows."""

    estado: str
    envio_numero: str | None
    codigo: str | None


@dataclass(frozen=True, slots=True)
class Regalo:
    pedido_id: UUID
    de: str
    mensaje: str
    vendedor: str
    cosas: Sequence[str]
    estado: str
    estado_texto: str
    paquetes: Sequence[PaqueteDeRegalo]
    recibido_en: datetime | None

    @property
    def se_confirma(self) -> bool:
        return self.recibido_en is None and self.estado in SALIO


def regalos_de(sesion: Session, actor: Actor, pagina: CursorPedido) -> tuple[list[Regalo], str | None]:
    """What others send the actor as gifts, newest first."""
    consulta = (
        select(Pedido)
        .join(RegaloPara, col(RegaloPara.compra_id) == col(Pedido.compra_id))
        .where(col(RegaloPara.parte_id).in_(suyas(sesion, actor)), col(RegaloPara.quitado_en).is_(None))
    )
    pedidos, siguiente = paginar(sesion, consulta, pagina, columnas=(Pedido.id,))
    return [_regalo(sesion, p) for p in pedidos], siguiente


def _regalo(sesion: Session, pedido: Pedido) -> Regalo:
    compra, recibido = sesion.get_one(Compra, pedido.compra_id), sesion.get(RegaloRecibido, pedido.id)
    return Regalo(
        pedido_id=pedido.id,
        de=partes_en_lote(sesion, [pedido.comprador_parte_id])[pedido.comprador_parte_id].nombre,
        mensaje=compra.mensaje,
        vendedor=pedido.vendedor_nombre,
        cosas=[x.fila.titulo for x in lineas_del_pedido(sesion, pedido.id) if x.viva > 0],
        estado=pedido.estado,
        estado_texto=nombre_estado(pedido.estado, pedido.forma),
        paquetes=[_paquete(sesion, p) for p in paquetes_de(sesion, pedido.id)],
        recibido_en=recibido.recibido_en if recibido else None,
    )


def _paquete(sesion: Session, paquete: Paquete) -> PaqueteDeRegalo:
    codigo = None
    if paquete.estado in EN_CAMINO:
        codigo = (
            envio_por_id(sesion, paquete.envio_id).codigo_entrega
            if paquete.envio_id
            else paquete.codigo_entrega
        )
    return PaqueteDeRegalo(paquete.texto, paquete.envio_numero, codigo)
