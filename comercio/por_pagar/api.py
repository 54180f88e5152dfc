"""JSON routes of purchases that a card or a QR pays."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from sqlmodel import Session

from ciudadania import ActorRequerido
from comercio.compra import CompraNueva, lo_que_pide, pedido_breve, pedidos_de
from comercio.pedidos import detalle_pedido
from comercio.por_pagar.comprar import comprar_con_qr, comprar_con_tarjeta, por_pagar_de
from comercio.por_pagar.con_qr import compra_por_qr, leer_compra, pagar_por_qr, texto_del_qr
from comercio.por_pagar.esquemas import (
    CompraLeida,
    CompraPorPagar,
    PagoPorQr,
    ReclamoDelBancoFicha,
    RespuestaAlBanco,
)
from comercio.por_pagar.estados import EstadoPorPagar, Medio
from comercio.por_pagar.modelos import PorPagar
from comercio.por_pagar.responder import exigir_reclamo, responder_al_banco
from comercio.por_pagar.seguir import dejar
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import cero
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from pagos.tarjetas import Estado, avanzar, pago_en_curso, preguntar

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["pedidos"])
Codigo = Annotated[str, Path(max_length=16)]


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


@router.post("/compras-con-qr", status_code=201, responses=respuestas(403, 404, 409))
def crear_con_qr(datos: CompraNueva, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> CompraPorPagar:
    """Aparta el carrito o las líneas dichas y da, en `qr`, el código con que cualquier billetera de Qhatu
    paga toda la compra, una vez, derecho a la custodia. Sin pago hasta `vence_en`, lo apartado se suelta.

    `id` es de quien compra: repetir el pedido con él da la misma compra.
    """
    return _ficha(sesion, actor, comprar_con_qr(sesion, actor, lo_que_pide(sesion, datos)).compra_id)


@router.get("/compras-por-qr/{codigo}", responses=respuestas(404))
def leer(codigo: Codigo, sesion: Sesion, actor: ActorRequerido) -> CompraLeida:
    """Lo que ve quien lee el código de una compra: cuánto cuesta y quiénes venden."""
    return CompraLeida.de(leer_compra(sesion, actor, codigo))


@router.post("/compras-por-qr/{codigo}/pago", responses=respuestas(403, 404, 409))
def pagar(
    codigo: Codigo, datos: PagoPorQr, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> CompraLeida:
    """Paga toda la compra desde una cuenta de quien llama. Pagada ya desde ella, no vuelve a pagar."""
    pagar_por_qr(sesion, actor, codigo, datos.cuenta, datos.total)
    return CompraLeida.de(compra_por_qr(sesion, codigo))


@router.get("/compras-con-qr/{compra_id}", responses=respuestas(404))
def ver_con_qr(compra_id: UUID, sesion: Sesion, actor: ActorRequerido) -> CompraPorPagar:
    """Cómo va, como se sabe ahora."""
    return _ficha(sesion, actor, compra_id)


@router.post("/compras-con-qr/{compra_id}/abandono", responses=respuestas(404, 409))
def abandonar_con_qr(
    compra_id: UUID, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> CompraPorPagar:
    """La deja quien la hizo, si todavía no se pagó."""
    dejar(sesion, actor, compra_id)
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
    espera, pagar_en = False, None
    if fila.medio == Medio.TARJETA:
        estado, pagar_en, _motivo = pago_en_curso(sesion, compra_id)
        espera = fila.estado == EstadoPorPagar.POR_PAGAR and estado is Estado.REQUIERE_ACCION
    pedidos = pedidos_de(sesion, compra_id)
    return CompraPorPagar(
        id=compra_id,
        medio=Medio(fila.medio),
        estado=EstadoPorPagar(fila.estado),
        total=sum((p.total for p in pedidos), cero()),
        vence_en=fila.vence_en,
        pagar_en=pagar_en if espera else None,
        qr=texto_del_qr(sesion, fila),
        pedidos=[pedido_breve(p) for p in pedidos],
    )


@router.get("/pedidos/{pedido_id}/reclamo-del-banco", responses=respuestas(404))
def ver_reclamo_del_banco(pedido_id: UUID, sesion: Sesion, actor: ActorRequerido) -> ReclamoDelBancoFicha:
    """Lo que el banco de la tarjeta reclama del pago de un pedido, para quien compró y quien vendió."""
    return _reclamo(sesion, actor, pedido_id)


@router.post(
    "/pedidos/{pedido_id}/reclamo-del-banco/respuesta", status_code=201, responses=respuestas(403, 404, 409)
)
def responder_reclamo_del_banco(
    pedido_id: UUID, datos: RespuestaAlBanco, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> ReclamoDelBancoFicha:
    """Quien vendió responde, una sola vez y hasta `responder_hasta`. Con lo que digan los demás vendedores de
    la compra y lo que sabe la plataforma se le manda una respuesta cuando respondan todos, o al final."""
    responder_al_banco(sesion, actor, pedido_id, datos.explicacion)
    return _reclamo(sesion, actor, pedido_id)


def _reclamo(sesion: Session, actor: Actor, pedido_id: UUID) -> ReclamoDelBancoFicha:
    reclamado = exigir_reclamo(sesion, detalle_pedido(sesion, actor, pedido_id).pedido)
    reclamo, prueba = reclamado.reclamo, reclamado.prueba
    return ReclamoDelBancoFicha(
        estado=reclamo.estado,
        monto=reclamo.monto,
        desde=reclamo.creado_en,
        responder_hasta=reclamado.hasta,
        explicacion=prueba.explicacion if prueba else None,
        respondido_en=prueba.creado_en if prueba else None,
        respuesta=reclamo.respuesta,
    )
