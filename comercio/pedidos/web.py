"""Pages of the buyer's orders."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.catalogo import Modalidad, medida
from comercio.compra import (
    POR_DESPACHAR,
    SIN_PAGO,
    TONOS,
    EstadoServicio,
    compra_de,
    comprado_por,
    nombre_estado,
    pedidos_de,
    unidades_que_compran,
)
from comercio.custodia import dineros_de
from comercio.formas import en_dias
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos import web_ventas
from comercio.pedidos.ceder import lo_que_deben
from comercio.pedidos.condiciones import condiciones_de, que_hacer
from comercio.pedidos.consultas import DetallePedido, detalle_pedido, detalle_propio, pedidos_del_comprador
from comercio.pedidos.estados import EstadoPaquete
from comercio.pedidos.formularios import (
    CANCELACION,
    HojaDeCancelacion,
    HojaDePaso,
    HojaDeUnaLinea,
)
from comercio.pedidos.otra_vez import comprar_otra_vez, se_compra_otra_vez
from comercio.pedidos.plazos import cuenta_del_despacho, reclamable_desde
from comercio.pedidos.posventa import salidas_de
from comercio.pedidos.rendir import lo_cobrado
from comercio.pedidos.vistas import (
    adonde_vuelve,
    avance,
    cancelaciones_de_linea,
    como_va,
    historia,
    lo_que_el_banco_tomo,
)
from empresa_digital.registro import CON_LO_SUYO
from envios import EstadoEnvio, entrega_prometida, envio_por_id
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import cero
from nucleo.formularios import Hoja
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

# While it is the post's to bring it: what waits for who buys it, after a call or at the agency, or goes back
# is late by nobody's delay.
LO_LLEVA = (EstadoEnvio.ADMITIDO, EstadoEnvio.EN_TRANSITO, EstadoEnvio.RETENIDO, EstadoEnvio.EN_REPARTO)

router = APIRouter()
router.include_router(web_ventas.router)


@router.get("/pedidos")
def listar(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    ver: str = "",
    unidad: str = "",
    cursor: str | None = None,
) -> Response:
    """What the person bought, or one of the units that they buy for."""
    ver = ver if ver == "en-curso" else ""
    unidades = unidades_que_compran(sesion, actor, CON_LO_SUYO, con_entidades=True)
    de = next((u for u in unidades if str(u.id) == unidad), None)
    partes = comprado_por(sesion, actor.persona_id, de.id if de else None)
    lista, siguiente = pedidos_del_comprador(sesion, partes, CursorPedido(cursor, 20), abiertos=bool(ver))
    aqui = f"/pedidos?unidad={de.id if de else ''}"
    return pagina(
        request,
        "comercio/pedidos/pedidos.html",
        pedidos=lista,
        siguiente=f"{aqui}&ver={ver}&cursor={siguiente}" if siguiente else None,
        unidades=unidades,
        de=de,
        aqui=aqui,
        ver=ver,
        como_va=como_va,
    )


@router.get("/compras-hechas/{compra_id}")
def ver_compra(request: Request, compra_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    """A purchase from several sellers: one order for each."""
    compra = compra_de(sesion, actor, compra_id)
    pedidos_suyos = pedidos_de(sesion, compra.id)
    dineros = dineros_de(sesion, [p.id for p in pedidos_suyos]).values()
    if any(p.estado in SIN_PAGO for p in pedidos_suyos):
        return redirigir(f"/compras-por-pagar/{compra_id}")
    return pagina(
        request,
        "comercio/pedidos/compra.html",
        compra=compra,
        contra_entrega=any(d.contra_entrega for d in dineros),
        por_cobrar=sum((d.por_cobrar for d in dineros), cero()),
        pedidos=pedidos_suyos,
        nombre_estado=nombre_estado,
        tonos=TONOS,
    )


@router.get("/pedidos/{pedido_id}")
def ver(request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    detalle = detalle_pedido(sesion, actor, pedido_id)
    if not detalle.es_comprador:
        return redirigir(f"/vender/pedidos/{pedido_id}")
    return _pagina(request, sesion, detalle)


@router.post("/pedidos/{pedido_id}/cancelacion")
def cancelar(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCancelacion
) -> Response:
    detalle_propio(sesion, actor, pedido_id)
    with hoja:
        pedidos.cancelar(sesion, actor, pedido_id, hoja.datos.motivo)
        return redirigir(f"/pedidos/{pedido_id}", _("Pedido cancelado."))
    return _pagina(request, sesion, detalle_propio(sesion, actor, pedido_id), hoja)


@router.post("/pedidos/{pedido_id}/cancelacion-de-linea")
def cancelar_de_una_linea(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeUnaLinea
) -> Response:
    detalle_propio(sesion, actor, pedido_id)
    with hoja:
        datos = hoja.datos
        if not hoja.ya_hecha:
            pedidos.cancelar(sesion, actor, pedido_id, datos.motivo, {datos.linea_id: datos.cantidad})
        return redirigir(f"/pedidos/{pedido_id}", _("Canceló esa parte."))
    return _pagina(request, sesion, detalle_propio(sesion, actor, pedido_id), hoja)


@router.post("/pedidos/{pedido_id}/conformidad")
def dar_conformidad(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> Response:
    with hoja:
        pedidos.dar_conformidad(sesion, actor, pedido_id)
        return redirigir(f"/pedidos/{pedido_id}", _("Gracias. Quien vende recibirá su pago en unos minutos."))
    return _pagina(request, sesion, detalle_propio(sesion, actor, pedido_id), hoja)


@router.post("/pedidos/{pedido_id}/codigo")
def renovar_codigo(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> Response:
    with hoja:
        pedidos.renovar_codigo(sesion, actor, pedido_id)
        return redirigir(f"/pedidos/{pedido_id}", _("Este es su nuevo código: el anterior ya no sirve."))
    return _pagina(request, sesion, detalle_propio(sesion, actor, pedido_id), hoja)


@router.get("/pedidos/{pedido_id}/otra-vez")
def que_se_compra_otra_vez(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido
) -> Response:
    """What of an order that ended could be bought today."""
    return _otra_vez(request, sesion, actor, pedido_id)


@router.post("/pedidos/{pedido_id}/otra-vez")
def poner_otra_vez(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> Response:
    with hoja:
        faltan = [x for x in comprar_otra_vez(sesion, actor, pedido_id) if x.por_que]
        aviso = _("Está en su carrito, menos lo que ya no hay.") if faltan else _("Está en su carrito.")
        return redirigir("/carrito", aviso)
    return _otra_vez(request, sesion, actor, pedido_id, hoja)


def _otra_vez(
    request: Request, sesion: Session, actor: Actor, pedido_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    pedido, lineas = se_compra_otra_vez(sesion, actor, pedido_id)
    return pagina(
        request, "comercio/pedidos/otra_vez.html", hoja=hoja, pedido=pedido, lineas=lineas, medida=medida
    )


def _pagina(
    request: Request, sesion: Session, detalle: DetallePedido, hoja: Hoja[Any] | None = None
) -> Response:
    pedido = detalle.pedido
    envios = {p.id: envio_por_id(sesion, p.envio_id) for p in detalle.paquetes if p.envio_id is not None}
    paquetes = [
        (p, envios[p.id].codigo_entrega if p.id in envios else p.codigo_entrega)
        for p in detalle.paquetes
        if not detalle.no_actua
    ]
    sin_anunciar = not any(p.estado == EstadoPaquete.ANUNCIADO for p in detalle.paquetes)
    cancela = pedido.estado in POR_DESPACHAR and sin_anunciar and not detalle.no_actua
    if detalle.servicio is not None and detalle.servicio.estado != EstadoServicio.AGENDADO:
        cancela = False
    if detalle.cita is not None and detalle.cita.cancelar_hasta < ahora_bd(sesion):
        cancela = False
    en_parte = cancela and detalle.dinero.por_cobrar == cero()
    sueltas = {x.fila.id: x.suelta for x in detalle.estado_de_lineas if en_parte}
    de_lineas = cancelaciones_de_linea(request, detalle, sueltas, hoja)
    ahora = ahora_bd(sesion)
    desde = reclamable_desde(sesion, pedido)
    deben = lo_que_deben(sesion, pedido.id) if detalle.sin_rendir else None
    return pagina(
        request,
        "comercio/pedidos/pedido.html",
        hoja=hoja,
        detalle=detalle,
        pedido=pedido,
        compra=detalle.compra,
        paquetes=paquetes,
        avance=avance(detalle),
        historia=historia(sesion, detalle),
        llegan={
            p.id: entrega_prometida(sesion, p.envio_id, detalle.porte.servicio if detalle.porte else None)
            for p in detalle.paquetes
            if p.envio_id is not None and p.estado == EstadoPaquete.DESPACHADO
        },
        en_el_correo={id for id, envio in envios.items() if envio.estado in LO_LLEVA},
        hoy=fecha_bolivia(ahora),
        en_dias=en_dias,
        salidas=salidas_de(sesion, pedido, vende=False),
        por_pagar=detalle.dinero.por_cobrar if detalle.dinero.por_cobrar > cero() else None,
        deben=deben,
        deben_tarde=deben is not None and deben.vence_en <= ahora,
        en_la_puerta=lo_cobrado(sesion, detalle),
        como_va=como_va(pedido, detalle.sin_rendir),
        adonde_vuelve=adonde_vuelve(detalle),
        despacho=cuenta_del_despacho(sesion, pedido),
        se_paga_ya=detalle.dinero.liberar_en is not None and detalle.dinero.liberar_en <= ahora,
        reclamable_desde=desde,
        reclama_ya=desde is not None and desde <= ahora,
        banco=lo_que_el_banco_tomo(detalle, vende=False),
        cancelacion=CANCELACION.mostrar(request, enviada=hoja) if cancela else None,
        de_lineas=de_lineas,
        condiciones=condiciones_de(sesion, pedido, detalle.estado_de_lineas) if de_lineas else [],
        que_hacer=que_hacer(pedido, detalle.estado_de_lineas),
        es_servicio=pedido.modalidad == Modalidad.SERVICIO,
        medida=medida,
    )
