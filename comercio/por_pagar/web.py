"""Pages of a purchase that a card or a QR pays: placing it, waiting for its money, and paying its code."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.compra import HojaDeCompra, guardar_adonde_va, lo_pedido, no_se_compro, pedidos_de
from comercio.compra.modelos import Compra, Pedido
from comercio.pedidos import Salida, detalle_pedido, salida
from comercio.por_pagar.comprar import comprar_con_qr, comprar_con_tarjeta, por_pagar_de
from comercio.por_pagar.con_qr import compra_por_qr, leer_compra, pagar_por_qr, texto_del_qr
from comercio.por_pagar.estados import EstadoPorPagar, Medio
from comercio.por_pagar.formularios import DEJAR, PAGAR, RESPONDER, HojaDeDejar, HojaDePagar, HojaDeResponder
from comercio.por_pagar.modelos import PorPagar
from comercio.por_pagar.responder import exigir_reclamo, reclamo_del_pedido, responder_al_banco
from comercio.por_pagar.seguir import dejar, revisar
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.configuracion import ajustes
from nucleo.dinero import cero, formato_bs
from nucleo.formularios import Hoja
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos import cuentas_de
from pagos.qr import dibujar
from pagos.tarjetas import (
    Estado,
    avanzar_al_volver,
    ir_a_la_pasarela,
    pago_en_curso,
    preguntar,
    regreso_de_una_orden,
)

router = APIRouter()
Codigo = Annotated[str, Path(max_length=16)]


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


@router.post("/comprar/con-qr")
def pagar_con_qr(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCompra) -> Response:
    """Reserve what the cart has and show the code that pays it. Pressing twice is the same purchase."""
    with hoja:
        fila = comprar_con_qr(sesion, actor, lo_pedido(hoja))
        guardar_adonde_va(sesion, actor, hoja, sesion.get_one(Compra, fila.compra_id))
        return redirigir(f"/compras-por-pagar/{fila.compra_id}")
    return no_se_compro(request, sesion, actor, hoja)


@router.get("/compras-por-pagar/{compra_id}")
def esperar(request: Request, compra_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    """How the payment goes, looked at afresh; once it is there, what was bought."""
    _al_dia(sesion, por_pagar_de(sesion, actor, compra_id))
    return _pagina(request, sesion, por_pagar_de(sesion, actor, compra_id))


def _al_dia(sesion: Session, fila: PorPagar) -> None:
    """Ask the gateway, with no transaction open, and write what follows."""
    if fila.estado != EstadoPorPagar.POR_PAGAR or fila.medio != Medio.TARJETA:
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
    estado, pagar_en, motivo = Estado.CREADO, None, None
    if fila.medio == Medio.TARJETA:
        estado, pagar_en, motivo = pago_en_curso(sesion, fila.compra_id)
    texto = texto_del_qr(sesion, fila)
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
        qr=dibujar(texto, _("Código QR de la compra")) if texto else None,
        direccion=f"/pagar-compra/{fila.codigo}" if texto else None,
        sitio=ajustes().url_publica,
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
        if por_pagar_de(sesion, actor, compra_id).dejada_en is None:  # it had ended: its page says how
            return redirigir(f"/compras-por-pagar/{compra_id}")
        return redirigir("/carrito", _("Dejó la compra. Su carrito está como estaba."))
    return _pagina(request, sesion, por_pagar_de(sesion, actor, compra_id), hoja)


# --- Who reads its code -----------------------------------------------------------------------------


@router.get("/pagar-compra/{codigo}")
def ver_para_pagar(request: Request, codigo: Codigo, sesion: Sesion, actor: ActorRequerido) -> Response:
    leer_compra(sesion, actor, codigo)
    return _para_pagar(request, sesion, actor, codigo)


@router.post("/pagar-compra/{codigo}")
def pagar_su_codigo(
    request: Request, codigo: Codigo, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePagar
) -> Response:
    with hoja:
        datos = hoja.datos
        pagar_por_qr(sesion, actor, codigo, datos.cuenta, datos.total)
        dicho = _("Pagó %(total)s: el dinero está en custodia.") % {"total": formato_bs(datos.total)}
        return redirigir(f"/pagar-compra/{codigo}", dicho)
    return _para_pagar(request, sesion, actor, codigo, hoja)


def _para_pagar(
    request: Request, sesion: Session, actor: Actor, codigo: str, hoja: Hoja[Any] | None = None
) -> Response:
    compra = compra_por_qr(sesion, codigo)
    espera = compra.estado is EstadoPorPagar.POR_PAGAR and compra.vence_en > ahora_bd(sesion)
    cuentas = cuentas_de(sesion, actor, con_otros=False) if espera or compra.pagada else []
    alcanzan = [c for c in cuentas if c.cuenta.disponible >= compra.total]
    opciones = [(c.id, f"{c.nombre} · {formato_bs(c.cuenta.disponible)}") for c in cuentas]
    return pagina(
        request,
        "comercio/por_pagar/pagar.html",
        hoja=hoja,
        compra=compra,
        espera=espera,
        cuentas=cuentas,
        alcanza=bool(alcanzan),
        suya=compra.pagada and any(c.id == compra.pagada_de for c in cuentas),
        pagar=PAGAR.mostrar(
            request,
            {"total": compra.total, "cuenta": (alcanzan or cuentas)[0].id if cuentas else None},
            enviada=hoja,
            opciones={"cuenta": opciones},
        ),
    )


# --- What its bank claims ---------------------------------------------------------------------------


@salida("banco")
def al_reclamo_del_banco(sesion: Session, pedido: Pedido, vende: bool) -> Salida | None:
    """To what a bank claims of an order's payment; it stands out while who sold may answer."""
    reclamado = reclamo_del_pedido(sesion, pedido)
    if reclamado is None:
        return None
    url = f"/pedidos/{pedido.id}/banco"
    if vende and reclamado.recibe(ahora_bd(sesion)):
        return Salida(_("Responder al banco"), url, "landmark", "primario")
    return Salida(_("Ver el reclamo del banco"), url, "landmark")


@router.get("/pedidos/{pedido_id}/banco")
def ver_el_reclamo(request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _del_banco(request, sesion, actor, pedido_id)


@router.post("/pedidos/{pedido_id}/banco")
def responder(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeResponder
) -> Response:
    with hoja:
        if not hoja.ya_hecha:
            responder_al_banco(sesion, actor, pedido_id, hoja.datos.explicacion)
        return redirigir(f"/pedidos/{pedido_id}/banco", _("Guardado: se lo mandamos al banco."))
    return _del_banco(request, sesion, actor, pedido_id, hoja)


def _del_banco(
    request: Request, sesion: Session, actor: Actor, pedido_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    """For both sides of the order."""
    detalle = detalle_pedido(sesion, actor, pedido_id)
    reclamado = exigir_reclamo(sesion, detalle.pedido)
    recibe = reclamado.recibe(ahora_bd(sesion))
    return pagina(
        request,
        "comercio/por_pagar/banco.html",
        hoja=hoja,
        pedido=detalle.pedido,
        vende=detalle.es_vendedor,
        reclamado=reclamado,
        recibe=recibe,
        responder=RESPONDER.mostrar(request, enviada=hoja) if recibe and detalle.es_vendedor else None,
    )
