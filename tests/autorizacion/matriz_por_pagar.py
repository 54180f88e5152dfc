"""Rows of purchases that a card pays; API and pages."""

from typing import Any
from uuid import UUID

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import Fila, fila, no, persona
from tests.autorizacion.matriz_pedidos import COMPRADORA, COMPRAS
from tests.autorizacion.mercado import ENTREGA, publicar

LUIS = persona("luis")
_ESTA = {"params": {"compra_id": "por_pagar"}}
_PAGADA = {"compra_id": "pagada_con_tarjeta"}
_NO_ES_ESO = {"total": {"monto": "1.00", "moneda": "BOB"}}
_LINEA = {"producto_id": "{producto}", "cantidad": 1}


def preparar(e: Escena) -> None:
    """Luis paid one by card, and another one waits."""
    from comercio.por_pagar.seguir import revisar
    from nucleo.bd import transaccion
    from pagos.tarjetas.conciliar import avanzar
    from pagos.tarjetas.consultas import intento_por_id
    from pagos.tarjetas.simulada import pagar_sesion

    faja = publicar(e, "Faja por pagar")
    pagada = e.valores["pagada_con_tarjeta"] = _con_tarjeta(e, faja)
    with transaccion() as sesion:
        pagar_sesion(str(intento_por_id(sesion, pagada).sesion_id), "pm_card_visa")
    avanzar(pagada)
    with transaccion() as sesion:
        assert revisar(sesion, pagada, llego=True)
    e.valores["por_pagar"] = _con_tarjeta(e, faja)


def _con_tarjeta(e: Escena, producto_id: UUID) -> Any:
    from comercio.catalogo.opciones import variante_pedida
    from comercio.compra.hacer import SolicitudCompra
    from comercio.direcciones import Entrega
    from comercio.por_pagar.comprar import comprar_con_tarjeta
    from nucleo.bd import transaccion
    from nucleo.ids import nuevo_id
    from pagos.tarjetas.conciliar import avanzar

    entrega = Entrega.model_validate(ENTREGA)
    with transaccion() as sesion:
        lineas = ((variante_pedida(sesion, producto_id), 1),)
        solicitud = SolicitudCompra(id=nuevo_id(), entrega=entrega, lineas=lineas)
        compra_id = comprar_con_tarjeta(sesion, e.actor("luis"), solicitud).compra_id
    avanzar(compra_id)
    return compra_id


_API = "/api/v1/compras-con-tarjeta"

FILAS: list[Fila] = [
    fila(
        "POST",
        _API,
        COMPRAS,
        201,
        json={"lineas": [_LINEA], "entrega": ENTREGA},
        negada=no(409, "cambio_de_precio", _NO_ES_ESO),
    ),
    fila("GET", _API + "/{compra_id}", LUIS, 200, rechazo=404, **_ESTA),
    fila(
        "POST",
        _API + "/{compra_id}/abandono",
        LUIS,
        200,
        rechazo=404,
        **_ESTA,
        negada=no(409, "compra_ya_pagada", params=_PAGADA),
    ),
    fila(
        "POST",
        "/comprar/con-tarjeta",
        COMPRADORA,
        303,
        form=ENTREGA | {"_id": "{nuevo}", "huella": "{huella}"},
        a="http",
        rechazo=409,
        negada=no(409, "Cambió un precio", {"huella": "0" * 64}),
    ),
    fila(
        "GET",
        "/compras-por-pagar/{compra_id}",
        LUIS,
        200,
        rechazo=404,
        escribe=True,
        sin_auditoria="mirar cómo va un pago no es un acto",
        **_ESTA,
    ),
    fila(
        "POST",
        "/compras-por-pagar/{compra_id}/dejar",
        LUIS,
        303,
        form={"_id": "{nuevo}"},
        a="/carrito",
        rechazo=404,
        **_ESTA,
        negada=no(303, "Cancele el pedido", params=_PAGADA, a="/compras-hechas/"),
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
