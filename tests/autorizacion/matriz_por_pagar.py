"""Rows of purchases that a card pays; API and pages."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import ANA, CIUDADANO, Fila, bs, fila, no, persona
from tests.autorizacion.matriz_comercio import VENDE
from tests.autorizacion.matriz_pedidos import COMPRADORA, COMPRAS
from tests.autorizacion.mercado import ENTREGA, publicar
from tests.autorizacion.reveses import sin_saldo

LUIS, BETO = persona("luis"), persona("beto")
_ESTA = {"params": {"compra_id": "por_pagar"}}
_PAGADA = {"compra_id": "pagada_con_tarjeta"}
_NO_ES_ESO = {"total": {"monto": "1.00", "moneda": "BOB"}}
_LINEA = {"producto_id": "{producto}", "cantidad": 1}


def preparar(e: Escena) -> None:
    """Luis paid two by card, of which his bank claims one, and another one waits."""
    from comercio.por_pagar.seguir import revisar
    from nucleo.bd import transaccion
    from pagos.tarjetas.conciliar import avanzar
    from pagos.tarjetas.consultas import intento_por_id
    from pagos.tarjetas.simulada import pagar_sesion

    faja = publicar(e, "Faja por pagar")
    for clave in ("pagada_con_tarjeta", "reclamada_por_el_banco"):
        pagada = e.valores[clave] = _con_tarjeta(e, faja)
        with transaccion() as sesion:
            pagar_sesion(str(intento_por_id(sesion, pagada).sesion_id), "pm_card_visa")
        avanzar(pagada)
        with transaccion() as sesion:
            assert revisar(sesion, pagada, llego=True)
    _la_reclama_su_banco(e, e.valores["reclamada_por_el_banco"])
    e.valores["por_pagar"] = _con_tarjeta(e, faja)
    _con_qr(e, faja)


def _la_reclama_su_banco(e: Escena, compra_id: UUID) -> None:
    from comercio.compra.hacer import pedidos_de
    from comercio.por_pagar.seguir import revisar
    from nucleo.bd import transaccion
    from pagos.tarjetas.consultas import intento_por_id
    from pagos.tarjetas.disputar import aplicar_disputa
    from pagos.tarjetas.lectura import LecturaDisputa

    with transaccion() as sesion:
        pago = intento_por_id(sesion, compra_id).pasarela_id
        aplicar_disputa(sesion, LecturaDisputa("abierta", "dp_compra", pago, 5_000, "fraudulent", None))
        assert revisar(sesion, compra_id)
        e.valores["pedido_reclamado_por_el_banco"] = pedidos_de(sesion, compra_id)[0].id


def _ya_respondio(e: Escena) -> None:
    """Tomasa answered."""
    from comercio.por_pagar.responder import responder_al_banco
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        pedido_id = e.valores["pedido_reclamado_por_el_banco"]
        responder_al_banco(sesion, e.actor("tomasa"), pedido_id, _PORQUE["explicacion"])


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


def _con_qr(e: Escena, producto_id: UUID) -> None:
    """A purchase of Beto's waits for whoever pays its code, longer than the matrix; another he gave up."""
    from unittest.mock import patch

    from comercio.catalogo.opciones import variante_pedida
    from comercio.compra.hacer import SolicitudCompra
    from comercio.direcciones import Entrega
    from comercio.por_pagar.comprar import comprar_con_qr
    from comercio.por_pagar.seguir import dejar
    from nucleo.bd import transaccion
    from nucleo.ids import nuevo_id

    with transaccion() as sesion, patch("comercio.por_pagar.comprar.RESERVA", timedelta(days=1)):
        for nombre in ("codigo_dejado", "codigo_de_compra"):
            lineas = ((variante_pedida(sesion, producto_id), 1),)
            solicitud = SolicitudCompra(id=nuevo_id(), entrega=Entrega.model_validate(ENTREGA), lineas=lineas)
            fila = comprar_con_qr(sesion, e.actor("beto"), solicitud)
            if nombre == "codigo_dejado":
                dejar(sesion, e.actor("beto"), fila.compra_id)
            e.valores[nombre] = fila.codigo
            e.valores["por_pagar_con_qr"] = fila.compra_id


def _la_pagan(e: Escena) -> None:
    """Ana reads Beto's code and pays."""
    from comercio.por_pagar.con_qr import pagar_por_qr
    from nucleo.bd import transaccion
    from nucleo.dinero import bs as dinero

    with transaccion() as sesion:
        codigo, cuenta = str(e.valores["codigo_de_compra"]), int(e.valores["cuenta_ana"])
        pagar_por_qr(sesion, e.actor("ana"), codigo, cuenta, dinero("50.00"))


_API, _QR = "/api/v1/compras-con-tarjeta", "/api/v1/compras-con-qr"
_ESTA_CON_QR = {"params": {"compra_id": "por_pagar_con_qr"}}
_RECLAMADO = {"params": {"pedido_id": "pedido_reclamado_por_el_banco"}, "rechazo": 404}
_PORQUE = {"explicacion": "Se tejió a su medida y lo recibió en su casa."}
_SU_CODIGO = {"params": {"codigo": "codigo_de_compra"}}

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
    fila(
        "POST",
        _QR,
        COMPRAS,
        201,
        json={"lineas": [_LINEA], "entrega": ENTREGA},
        negada=no(409, "cambio_de_precio", _NO_ES_ESO),
    ),
    fila("GET", _QR + "/{compra_id}", BETO, 200, rechazo=404, **_ESTA_CON_QR),
    fila(
        "POST",
        _QR + "/{compra_id}/abandono",
        BETO,
        200,
        rechazo=404,
        **_ESTA_CON_QR,
        negada=no(409, "compra_ya_pagada", antes=_la_pagan),
    ),
    fila("GET", "/api/v1/compras-por-qr/{codigo}", CIUDADANO, 200, **_SU_CODIGO),
    fila(
        "POST",
        "/api/v1/compras-por-qr/{codigo}/pago",
        ANA,
        200,
        **_SU_CODIGO,
        json={"cuenta": "{cuenta_ana}", "total": bs("50.00")},
        negada=no(409, "fondos_insuficientes", antes=sin_saldo("ana")),
    ),
    fila(
        "POST",
        "/comprar/con-qr",
        COMPRADORA,
        303,
        form=ENTREGA | {"_id": "{nuevo}", "huella": "{huella}"},
        a="/compras-por-pagar/",
        rechazo=409,
        negada=no(409, "Cambió un precio", {"huella": "0" * 64}),
    ),
    fila("GET", "/pagar-compra/{codigo}", CIUDADANO, 200, **_SU_CODIGO),
    fila(
        "POST",
        "/pagar-compra/{codigo}",
        ANA,
        303,
        **_SU_CODIGO,
        form={"_id": "{nuevo}", "cuenta": "{cuenta_ana}", "total": "50.00"},
        a="/pagar-compra/",
        negada=no(409, "pida un código nuevo", params={"codigo": "codigo_dejado"}),
    ),
    fila("GET", "/api/v1/pedidos/{pedido_id}/reclamo-del-banco", VENDE, 200, **_RECLAMADO),
    fila(
        "POST",
        "/api/v1/pedidos/{pedido_id}/reclamo-del-banco/respuesta",
        VENDE,
        201,
        json=_PORQUE,
        **_RECLAMADO,
        negada=no(409, "banco_no_recibe", antes=_ya_respondio),
    ),
    fila("GET", "/pedidos/{pedido_id}/banco", VENDE, 200, **_RECLAMADO),
    fila(
        "POST",
        "/pedidos/{pedido_id}/banco",
        VENDE,
        303,
        form=_PORQUE | {"_id": "{nuevo}"},
        a="/pedidos/",
        **_RECLAMADO,
        negada=no(409, "una sola respuesta", antes=_ya_respondio),
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
