"""Pages of a purchase that a card pays: placing it, and waiting for its money."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.compra import HojaDeCompra, guardar_adonde_va, lo_pedido, no_se_compro, pedidos_de
from comercio.compra.modelos import Compra
from comercio.por_pagar.comprar import comprar_con_tarjeta, por_pagar_de
from comercio.por_pagar.estados import EstadoPorPagar
from comercio.por_pagar.formularios import DEJAR, HojaDeDejar
from comercio.por_pagar.modelos import PorPagar
from comercio.por_pagar.seguir import dejar, revisar
from nucleo.bd import Sesion
from nucleo.dinero import cero
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos.tarjetas import (
    Estado,
    avanzar_al_volver,
    ir_a_la_pasarela,
    pago_en_curso,
    preguntar,
    regreso_de_una_orden,
)

router = APIRouter()


@regreso_de_una_orden
def su_pagina(sesion: Session, compra_id: UUID) -> str | None:
    return f"/compras-por-pagar/{compra_id}" if sesion.get(PorPagar, compra_id) is not None else None


@router.post("/comprar/con-tarjeta")
def pagar_con_tarjeta(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCompra
) -> Response:
    """Reserve what the cart has and go to the gateway's page. Pressing twice is the same purchase."""
    with hoja:
        fila = comprar_con_tarjeta(sesion, actor, lo_pedido(hoja))
        guardar_adonde_va(sesion, actor, hoja, sesion.get_one(Compra, fila.compra_id))
        compra_id, espera = fila.compra_id, fila.estado == EstadoPorPagar.POR_PAGAR
    if hoja.rechazada:
        return no_se_compro(request, sesion, actor, hoja)
    sesion.commit()  # the row first; the gateway is asked with no transaction open
    return ir_a_la_pasarela(compra_id) if espera else redirigir(f"/compras-por-pagar/{compra_id}")


@router.get("/compras-por-pagar/{compra_id}")
def esperar(request: Request, compra_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    """How the payment goes, looked at afresh; once it is there, what was bought."""
    _al_dia(sesion, por_pagar_de(sesion, actor, compra_id))
    return _pagina(request, sesion, por_pagar_de(sesion, actor, compra_id))


def _al_dia(sesion: Session, fila: PorPagar) -> None:
    """Ask the gateway, with no transaction open, and write what follows."""
    if fila.estado != EstadoPorPagar.POR_PAGAR:
        return
    compra_id = fila.compra_id
    sesion.commit()
    preguntar(avanzar_al_volver, compra_id)
    if pago_en_curso(sesion, compra_id)[0] is Estado.PAGADO:
        revisar(sesion, compra_id, llego=True)
        sesion.commit()


def _pagina(request: Request, sesion: Session, fila: PorPagar, hoja: Hoja[Any] | None = None) -> Response:
    if fila.pagada_en is not None:
        dicho = hoja.error.detalle if hoja is not None and hoja.error is not None else ""
        return redirigir(f"/compras-hechas/{fila.compra_id}", dicho)
    estado, pagar_en, motivo = pago_en_curso(sesion, fila.compra_id)
    espera = fila.estado == EstadoPorPagar.POR_PAGAR
    pedidos = pedidos_de(sesion, fila.compra_id)
    return pagina(
        request,
        "comercio/por_pagar/espera.html",
        hoja=hoja,
        fila=fila,
        espera=espera,
        pagar_en=pagar_en if espera and estado is Estado.REQUIERE_ACCION else None,
        rechazada=bool(motivo),
        llego_tarde=estado is Estado.PAGADO,
        pedidos=pedidos,
        total=sum((p.total for p in pedidos), cero()),
        dejar=DEJAR.mostrar(request, enviada=hoja),
    )


@router.post("/compras-por-pagar/{compra_id}/dejar")
def dejarla(
    request: Request, compra_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeDejar
) -> Response:
    with hoja:
        dejar(sesion, actor, compra_id)
        return redirigir("/carrito", _("Dejó la compra. Su carrito está como estaba."))
    return _pagina(request, sesion, por_pagar_de(sesion, actor, compra_id), hoja)
