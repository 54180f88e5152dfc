"""JSON routes of purchases that a card pays."""

from uuid import UUID

from fastapi import APIRouter
from sqlmodel import Session

from ciudadania import ActorRequerido
from comercio.compra import CompraNueva, lo_que_pide, pedido_breve, pedidos_de
from comercio.por_pagar.comprar import comprar_con_tarjeta, por_pagar_de
from comercio.por_pagar.esquemas import CompraPorPagar
from comercio.por_pagar.estados import EstadoPorPagar
from comercio.por_pagar.modelos import PorPagar
from comercio.por_pagar.seguir import dejar
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import cero
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from pagos.tarjetas import Estado, avanzar, pago_en_curso, preguntar

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["pedidos"])


@router.post("/compras-con-tarjeta", status_code=201, responses=respuestas(403, 404, 409, 503))
def crear(datos: CompraNueva, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> CompraPorPagar:
    """Aparta el carrito o las líneas dichas y abre la página donde se paga con tarjeta, en `pagar_en`. Los
    pedidos existen para quien vende cuando el dinero está en custodia; sin pago hasta `vence_en`, lo apartado
    se suelta y el carrito queda como estaba.

    `id` es de quien compra: repetir el pedido con él da la misma compra.
    """
    fila = comprar_con_tarjeta(sesion, actor, lo_que_pide(sesion, datos))
    compra_id, nueva = fila.compra_id, pago_en_curso(sesion, fila.compra_id)[0] is Estado.CREADO
    sesion.commit()  # the row first; the gateway is asked with no transaction open
    if nueva:
        preguntar(avanzar, compra_id)
    return _ficha(sesion, actor, compra_id)


@router.get("/compras-con-tarjeta/{compra_id}", responses=respuestas(404))
def ver(compra_id: UUID, sesion: Sesion, actor: ActorRequerido) -> CompraPorPagar:
    """Cómo va, como se sabe ahora."""
    return _ficha(sesion, actor, compra_id)


@router.post("/compras-con-tarjeta/{compra_id}/abandono", responses=respuestas(404, 409))
def abandonar(compra_id: UUID, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> CompraPorPagar:
    """La deja quien la hizo, si todavía no se pagó."""
    dejar(sesion, actor, compra_id)
    return _ficha(sesion, actor, compra_id)


def _ficha(sesion: Session, actor: Actor, compra_id: UUID) -> CompraPorPagar:
    fila: PorPagar = por_pagar_de(sesion, actor, compra_id)
    estado, pagar_en, _motivo = pago_en_curso(sesion, compra_id)
    espera = fila.estado == EstadoPorPagar.POR_PAGAR and estado is Estado.REQUIERE_ACCION
    pedidos = pedidos_de(sesion, compra_id)
    return CompraPorPagar(
        id=compra_id,
        estado=EstadoPorPagar(fila.estado),
        total=sum((p.total for p in pedidos), cero()),
        vence_en=fila.vence_en,
        pagar_en=pagar_en if espera else None,
        pedidos=[pedido_breve(p) for p in pedidos],
    )
