"""Pages of who sells: panel, products, orders to dispatch. Part of `web.router`."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio import catalogo, pedidos
from comercio.categorias import arbol
from comercio.consultas import detalle_de_producto, productos_de
from comercio.consultas_pedidos import detalle_pedido, resumen_vendedor, ventas_de
from comercio.errores import PedidoNoEncontrado, ProductoNoEncontrado
from comercio.estados import (
    POR_DESPACHAR,
    TONOS,
    VIDA_PRODUCTO,
    EstadoPedido,
    EstadoProducto,
    Modalidad,
    nombre_estado,
)
from comercio.formularios import (
    CANCELACION,
    DESPACHO,
    EDICION_DE_PRODUCTO,
    PRODUCTO,
    HojaDeCancelacion,
    HojaDeDespacho,
    HojaDeEdicion,
    HojaDePaso,
    HojaDeProducto,
)
from comercio.palabras import medida, verbo_de
from comercio.tarifas import cuenta_del_despacho
from comercio.web_pedidos import avance
from empresa_digital.registro import (
    CON_LO_SUYO,
    EstadoUnidad,
    Facultad,
    Habilitacion,
    TipoUnidad,
    Unidad,
    buscar_unidades,
    con_habilitacion,
    tiene_habilitacion,
    unidades_de,
)
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import bs
from nucleo.formularios import Hoja
from nucleo.formularios.campos import Opciones
from nucleo.paginacion import CursorPedido
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos import Operacion, calcular_comision, comision_en_palabras, comision_vigente

router = APIRouter(prefix="/vender")
VISTAS: dict[str, tuple[EstadoPedido, ...]] = {
    "por-despachar": (EstadoPedido.PAGADO, EstadoPedido.EN_PREPARACION),
    "en-camino": (EstadoPedido.DESPACHADO,),
    "concluidos": (EstadoPedido.ENTREGADO, EstadoPedido.LIBERADO),
    "cancelados": (EstadoPedido.CANCELADO,),
}


def _mis_tiendas(sesion: Session, actor: Actor) -> list[Unidad]:
    return unidades_de(sesion, actor, Facultad.VENDER, estados=CON_LO_SUYO)


def _elegir(unidades: list[Unidad], unidad: str) -> Unidad | None:
    """The unit named in the address, or the first one the person sells for."""
    return next((u for u in unidades if unidad in (str(u.id), u.numero)), unidades[0] if unidades else None)


# --- Panel and orders ------------------------------------------------------------------------------


@router.get("")
def panel(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: str = "",
    ver: str = "por-despachar",
    cursor: str | None = None,
) -> Response:
    """What needs doing first: orders to dispatch, products running short, money in escrow and earned."""
    tiendas = _mis_tiendas(sesion, actor)
    actual = _elegir(tiendas, unidad)
    if actual is None:
        return pagina(request, "comercio/vender_sin_unidad.html")
    ver = ver if ver in VISTAS else "por-despachar"
    lista, siguiente = ventas_de(sesion, actual.id, CursorPedido(cursor, 20), VISTAS[ver])
    return pagina(
        request,
        "comercio/vender.html",
        unidad=actual,
        tiendas=tiendas,
        habilitada=tiene_habilitacion(sesion, actual.id, Habilitacion.VENDEDOR),
        resumen=resumen_vendedor(sesion, actual.id),
        pedidos=lista,
        ver=ver,
        vistas=VISTAS,
        siguiente=f"/vender?unidad={actual.id}&ver={ver}&cursor={siguiente}" if siguiente else None,
        nombre_estado=nombre_estado,
        tonos=TONOS,
    )


@router.get("/pedidos/{pedido_id}")
def ver_pedido(request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_de_pedido(request, sesion, actor, pedido_id)


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
        pedido = pedidos.despachar(sesion, actor, pedido_id, hoja.datos.operador_id)
        aviso = _("Despachado con el envío %(numero)s. Imprima su etiqueta.")
        return redirigir(f"/vender/pedidos/{pedido_id}", aviso % {"numero": pedido.envio_numero})
    return _pagina_de_pedido(request, sesion, actor, pedido_id, hoja)


@router.post("/pedidos/{pedido_id}/cancelacion")
def cancelar(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCancelacion
) -> Response:
    with hoja:
        pedidos.cancelar(sesion, actor, pedido_id, hoja.datos.motivo)
        aviso = _("Pedido cancelado. El dinero volvió al comprador.")
        return redirigir(f"/vender/pedidos/{pedido_id}", aviso)
    return _pagina_de_pedido(request, sesion, actor, pedido_id, hoja)


def _pagina_de_pedido(
    request: Request, sesion: Session, actor: Actor, pedido_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    detalle = detalle_pedido(sesion, actor, pedido_id)
    if not detalle.es_vendedor:
        raise PedidoNoEncontrado()
    pedido = detalle.pedido
    por_despachar = pedido.estado in POR_DESPACHAR
    es_servicio = pedido.modalidad == Modalidad.SERVICIO
    llevan = operadores(sesion) if por_despachar and not es_servicio else []
    opciones = [(o.id, o.nombre) for o in llevan]
    primero = {"operador_id": opciones[0][0]} if opciones else None
    return pagina(
        request,
        "comercio/vender_pedido.html",
        hoja=hoja,
        detalle=detalle,
        pedido=pedido,
        compra=detalle.compra,
        avance=avance(detalle),
        por_despachar=por_despachar,
        plazo=cuenta_del_despacho(sesion, pedido),
        es_servicio=es_servicio,
        despacho=DESPACHO.mostrar(request, primero, enviada=hoja, opciones={"operador_id": opciones}),
        cancelacion=CANCELACION.mostrar(request, enviada=hoja),
        nombre_estado=nombre_estado,
        tonos=TONOS,
        medida=medida,
    )


def operadores(sesion: Session) -> list[Unidad]:
    """The postal operators that may carry a parcel today."""
    unidades, _siguiente = buscar_unidades(
        sesion,
        tipo=TipoUnidad.OPERADOR_POSTAL,
        estados={EstadoUnidad.INSCRITA},
        pagina=CursorPedido(None, 20),
    )
    llevan = con_habilitacion(sesion, [u.id for u in unidades], Habilitacion.OPERADOR_POSTAL)
    return [u for u in unidades if u.id in llevan]


# --- Products --------------------------------------------------------------------------------------


@router.get("/productos")
def mis_productos(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: str = "",
    estado: str = "",
    cursor: str | None = None,
) -> Response:
    tiendas = _mis_tiendas(sesion, actor)
    actual = _elegir(tiendas, unidad)
    if actual is None:
        return pagina(request, "comercio/vender_sin_unidad.html")
    elegido = EstadoProducto(estado) if estado in set(EstadoProducto) else None
    lista, siguiente = productos_de(sesion, actual.id, CursorPedido(cursor, 30), elegido)
    enlace = f"/vender/productos?unidad={actual.id}&estado={elegido or ''}&cursor={siguiente}"
    return pagina(
        request,
        "comercio/vender_productos.html",
        unidad=actual,
        tiendas=tiendas,
        productos=lista,
        elegido=elegido or "",
        estados=list(EstadoProducto),
        siguiente=enlace if siguiente else None,
        nombre_estado=nombre_estado,
        tonos=TONOS,
        medida=medida,
    )


@router.get("/productos/nuevo")
def formulario_nuevo(request: Request, sesion: Sesion, actor: ActorRequerido, unidad: str = "") -> Response:
    return _pagina_nueva(request, sesion, actor, unidad)


@router.post("/productos/nuevo")
def publicar_nuevo(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeProducto) -> Response:
    """Create the product and its first picture, all or nothing. Pressed twice, it is one product."""
    with hoja:
        producto = catalogo.ya_creado(sesion, actor, hoja.id)
        if producto is None:
            producto = catalogo.crear_producto(sesion, actor, hoja.datos, hoja.id)
            if foto := hoja.archivos.get("foto"):
                catalogo.agregar_foto(sesion, actor, producto.id, foto)
        if hoja.datos.publicar:
            return redirigir(f"/productos/{producto.id}", _("Producto publicado: ya está en la tienda."))
        return redirigir(f"/vender/productos/{producto.id}", _("Borrador guardado."))
    return _pagina_nueva(request, sesion, actor, hoja.valores.get("unidad_id", ""), hoja)


def _pagina_nueva(
    request: Request, sesion: Session, actor: Actor, unidad: str, hoja: Hoja[Any] | None = None
) -> Response:
    tiendas = _mis_tiendas(sesion, actor)
    actual = _elegir(tiendas, unidad)
    if actual is None:
        return pagina(request, "comercio/vender_sin_unidad.html", hoja=hoja)
    nuevo = PRODUCTO.mostrar(
        request,
        {"unidad_id": actual.id, "unidad_medida": "unidad"},
        enviada=hoja,
        opciones=_listas(sesion) | {"unidad_id": [(u.id, u.nombre) for u in tiendas]},
    )
    return _pagina_de_producto(request, sesion, nuevo, hoja)


@router.get("/productos/{producto_id}")
def formulario_de_edicion(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido
) -> Response:
    return _pagina_de_edicion(request, sesion, actor, producto_id)


@router.post("/productos/{producto_id}")
def editar(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeEdicion
) -> Response:
    """Save what was changed if nobody else, and no sale, changed the product meanwhile."""
    with hoja:
        if hoja.cambiados:
            catalogo.editar_producto(sesion, actor, producto_id, hoja.version, hoja.datos)
        if foto := hoja.archivos.get("foto"):
            catalogo.agregar_foto(sesion, actor, producto_id, foto)
        return redirigir(f"/vender/productos/{producto_id}", _("Cambios guardados."))
    return _pagina_de_edicion(request, sesion, actor, producto_id, hoja)


def _pagina_de_edicion(
    request: Request, sesion: Session, actor: Actor, producto_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    detalle = detalle_de_producto(sesion, producto_id, actor)
    if not detalle.es_del_vendedor:
        raise ProductoNoEncontrado()
    p = detalle.producto
    siguientes = VIDA_PRODUCTO.pasos[EstadoProducto(p.estado)]
    dejar = _("Dejar como está: %(estado)s") % {"estado": nombre_estado(p.estado)}
    edicion = EDICION_DE_PRODUCTO.mostrar(
        request,
        EDICION_DE_PRODUCTO.valores_de(p) | {"categoria": p.categoria_codigo, "estado": ""},
        version=p.version,
        enviada=hoja,
        opciones=_listas(sesion)
        | {"estado": [("", dejar), *((e, verbo_de(e)) for e in EstadoProducto if e in siguientes)]},
    )
    return _pagina_de_producto(request, sesion, edicion, hoja, producto=p, fotos=detalle.fotos)


def _listas(sesion: Session) -> dict[str, Opciones]:
    ramas = arbol(sesion)
    grupos = ((ramas.nombre(r), [(h.codigo, h.nombre) for h in hojas]) for r, hojas in ramas.ramas.items())
    return {"categoria": list(grupos)}


def _pagina_de_producto(
    request: Request, sesion: Session, formulario: Hoja[Any], hoja: Hoja[Any] | None, **extra: Any
) -> Response:
    tasa = comision_vigente(sesion, Operacion.VENTA)
    return pagina(
        request,
        "comercio/vender_producto.html",
        hoja=hoja,
        formulario=formulario,
        comision=comision_en_palabras(tasa),
        ejemplos=[(precio, calcular_comision(precio, tasa).monto) for precio in (bs(20), bs(100), bs(1000))],
        nombre_estado=nombre_estado,
        tonos=TONOS,
        **extra,
    )
