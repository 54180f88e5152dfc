"""Pages of who sells: orders to dispatch."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.catalogo import Modalidad, medida
from comercio.compra import POR_DESPACHAR, PedidoNoEncontrado, quienes_cobran
from comercio.formas import FormaDeEntrega
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos.consultas import DetallePedido, detalle_pedido, operadores
from comercio.pedidos.estados import EstadoPaquete
from comercio.pedidos.formularios import (
    CANCELACION,
    DESPACHO,
    EN_MANO,
    PRESTACION,
    HojaDeCancelacion,
    HojaDeDespacho,
    HojaDePaso,
    HojaDePrestacion,
    HojaDeUnaLinea,
    HojaEnMano,
)
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
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import cero
from nucleo.formularios import Hoja
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/vender")


@router.get("/pedidos/{pedido_id}")
def ver_pedido(request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_de_pedido(request, sesion, actor, pedido_id)


@router.get("/pedidos/{pedido_id}/nota")
def ver_nota(request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    """What goes in the box."""
    detalle = _detalle_de_venta(sesion, actor, pedido_id)
    return pagina(
        request, "comercio/pedidos/nota.html", detalle=detalle, pedido=detalle.pedido, compra=detalle.compra
    )


@router.post("/pedidos/{pedido_id}/preparacion")
def preparar(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> Response:
    with hoja:
        pedidos.preparar(sesion, actor, pedido_id)
        return redirigir(f"/vender/pedidos/{pedido_id}", _("Anotado: está preparando el pedido."))
    return _pagina_de_pedido(request, sesion, actor, pedido_id, hoja)


@router.post("/pedidos/{pedido_id}/despacho")
def despachar(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeDespacho
) -> Response:
    with hoja:
        datos = hoja.datos
        if not hoja.ya_hecha:
            pedidos.despachar(sesion, actor, pedido_id, datos.operador_id, datos.cantidades)
        aviso = _("Anunciado: imprima su etiqueta y llévelo antes de la fecha.")
        return redirigir(f"/vender/pedidos/{pedido_id}", aviso)
    return _pagina_de_pedido(request, sesion, actor, pedido_id, hoja)


@router.post("/pedidos/{pedido_id}/alistamiento")
def alistar(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> Response:
    with hoja:
        pedidos.alistar(sesion, actor, pedido_id)
        aviso = _("Anotado. Entréguelo solo contra el código que le muestra quien compró.")
        return redirigir(f"/vender/pedidos/{pedido_id}", aviso)
    return _pagina_de_pedido(request, sesion, actor, pedido_id, hoja)


@router.post("/pedidos/{pedido_id}/entrega-en-mano")
def entregar_en_mano(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaEnMano
) -> Response:
    """Hand it over against the code; a wrong one counts, although the page is refused."""
    with hoja:
        error = pedidos.entregar_en_mano(sesion, actor, pedido_id, hoja.datos.codigo_entrega)
        if error is None:
            return redirigir(f"/vender/pedidos/{pedido_id}", _("Entregado: el código es correcto."))
        hoja.negar(error)
    return _pagina_de_pedido(request, sesion, actor, pedido_id, hoja)


@router.post("/pedidos/{pedido_id}/no-entregado")
def no_se_entrego(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> Response:
    with hoja:
        pedidos.no_se_entrego(sesion, actor, pedido_id)
        aviso = _("Anotado: se queda con usted y el dinero volvió a quien compró.")
        return redirigir(f"/vender/pedidos/{pedido_id}", aviso)
    return _pagina_de_pedido(request, sesion, actor, pedido_id, hoja)


@router.post("/pedidos/{pedido_id}/prestacion")
def prestar(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePrestacion
) -> Response:
    with hoja:
        pedidos.prestar(sesion, actor, pedido_id, hoja.datos.evidencia)
        return redirigir(f"/vender/pedidos/{pedido_id}", _("Anotado. Falta la conformidad de quien compró."))
    return _pagina_de_pedido(request, sesion, actor, pedido_id, hoja)


@router.post("/pedidos/{pedido_id}/cancelacion")
def cancelar(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCancelacion
) -> Response:
    with hoja:
        pedidos.cancelar(sesion, actor, pedido_id, hoja.datos.motivo)
        return redirigir(f"/vender/pedidos/{pedido_id}", _("Venta cancelada."))
    return _pagina_de_pedido(request, sesion, actor, pedido_id, hoja)


@router.post("/pedidos/{pedido_id}/cancelacion-de-linea")
def cancelar_de_una_linea(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeUnaLinea
) -> Response:
    with hoja:
        datos = hoja.datos
        if not hoja.ya_hecha:
            pedidos.cancelar(sesion, actor, pedido_id, datos.motivo, {datos.linea_id: datos.cantidad})
        return redirigir(f"/vender/pedidos/{pedido_id}", _("Canceló esa parte."))
    return _pagina_de_pedido(request, sesion, actor, pedido_id, hoja)


def _pagina_de_pedido(
    request: Request, sesion: Session, actor: Actor, pedido_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    detalle = _detalle_de_venta(sesion, actor, pedido_id)
    pedido = detalle.pedido
    por_despachar = pedido.estado in POR_DESPACHAR
    es_servicio = pedido.modalidad == Modalidad.SERVICIO
    sueltas = [(n, x) for n, x in enumerate(detalle.estado_de_lineas) if x.suelta > 0]
    por_correo = pedido.forma == FormaDeEntrega.CORREO
    llevan = operadores(sesion) if por_despachar and por_correo and sueltas else []
    al_recibir = detalle.dinero.por_cobrar > cero()
    if al_recibir and llevan:
        cobran = quienes_cobran(sesion, pedido)
        llevan = [o for o in llevan if o.id in cobran]
    opciones = [(o.id, o.nombre) for o in llevan]
    valores: dict[str, Any] = {"operador_id": opciones[0][0]} if opciones else {}
    valores |= {f"lineas.{n}.cantidad": x.suelta for n, x in sueltas}
    cancela = por_despachar and not detalle.dinero.por_reclamo
    en_casa = {
        x.fila.id: x.suelta + x.en(EstadoPaquete.ANUNCIADO)
        for x in detalle.estado_de_lineas
        if cancela and not al_recibir
    }
    return pagina(
        request,
        "comercio/pedidos/venta.html",
        hoja=hoja,
        detalle=detalle,
        pedido=pedido,
        compra=detalle.compra,
        contacto=detalle.contacto,
        avance=avance(detalle),
        historia=historia(sesion, detalle),
        como_va=como_va(pedido, detalle.sin_rendir),
        adonde_vuelve=adonde_vuelve(detalle),
        salidas=salidas_de(sesion, pedido, vende=True),
        por_despachar=por_despachar,
        al_recibir=al_recibir,
        cobrado=lo_cobrado(sesion, detalle),
        sueltas=sueltas,
        prestacion=PRESTACION.mostrar(request, enviada=hoja),
        plazo=cuenta_del_despacho(sesion, pedido),
        reclamable_desde=reclamable_desde(sesion, pedido),
        es_servicio=es_servicio,
        se_declara=detalle.cita is not None and detalle.cita.inicio <= ahora_bd(sesion),
        por_correo=por_correo,
        en_mano=EN_MANO.mostrar(request, enviada=hoja),
        despacho=DESPACHO.mostrar(request, valores, enviada=hoja, opciones={"operador_id": opciones}),
        banco=lo_que_el_banco_tomo(detalle, vende=True),
        cancelacion=CANCELACION.mostrar(request, enviada=hoja) if cancela else None,
        de_lineas=cancelaciones_de_linea(request, detalle, en_casa, hoja),
        medida=medida,
    )


def _detalle_de_venta(sesion: Session, actor: Actor, pedido_id: UUID) -> DetallePedido:
    """An order for who sells it. Raises `PedidoNoEncontrado`."""
    detalle = detalle_pedido(sesion, actor, pedido_id)
    if not detalle.es_vendedor:
        raise PedidoNoEncontrado()
    return detalle
