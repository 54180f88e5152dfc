"""Pages of who sells: panel, products, orders to dispatch. Part of `web.router`."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, UploadFile
from pydantic import ValidationError
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio import catalogo, pedidos
from comercio.categorias import arbol
from comercio.consultas import detalle_de_producto, productos_de
from comercio.consultas_pedidos import detalle_pedido, resumen_vendedor, ventas_de
from comercio.errores import PedidoNoEncontrado, ProductoNoEncontrado
from comercio.esquemas import Cancelacion, ProductoCambios, ProductoNuevo
from comercio.estados import (
    POR_DESPACHAR,
    PRODUCTO,
    TONOS,
    EstadoPedido,
    EstadoProducto,
    Modalidad,
    nombre_estado,
)
from comercio.formularios import errores_de, limpiar, textos_de
from comercio.textos import medida, medidas
from comercio.web_pedidos import avance
from empresa_digital.registro import (
    EstadoUnidad,
    Facultad,
    Habilitacion,
    TipoUnidad,
    UnidadEconomica,
    buscar_unidades,
    con_habilitacion,
    tiene_habilitacion,
    unidades_de,
)
from nucleo.actor import Actor
from nucleo.archivos import MAXIMO_BYTES
from nucleo.bd import Sesion
from nucleo.dinero import MontoInvalido, bs, leer_monto
from nucleo.errores import Conflicto, DatosInvalidos, ErrorDominio, PrecondicionFallida
from nucleo.paginacion import CursorPedido
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos import Operacion, calcular_comision, comision_en_palabras, comision_vigente

router = APIRouter(prefix="/vender")
Texto = Annotated[str, Form(max_length=5000)]
Corto = Annotated[str, Form(max_length=400)]
VISTAS: dict[str, tuple[EstadoPedido, ...]] = {
    "por-despachar": (EstadoPedido.PAGADO, EstadoPedido.EN_PREPARACION),
    "en-camino": (EstadoPedido.DESPACHADO,),
    "concluidos": (EstadoPedido.ENTREGADO, EstadoPedido.LIBERADO),
    "cancelados": (EstadoPedido.CANCELADO,),
}


def _mis_tiendas(sesion: Session, actor: Actor) -> list[UnidadEconomica]:
    return unidades_de(sesion, actor, Facultad.VENDER)


def _elegir(unidades: list[UnidadEconomica], unidad: str) -> UnidadEconomica | None:
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
def preparar(pedido_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    try:
        pedidos.preparar(sesion, actor, pedido_id)
    except Conflicto as error:
        return redirigir(f"/vender/pedidos/{pedido_id}", error.detalle)
    return redirigir(f"/vender/pedidos/{pedido_id}", _("Anotado: está preparando el pedido."))


@router.post("/pedidos/{pedido_id}/despacho")
def despachar(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, operador_id: Corto = ""
) -> Response:
    try:
        operador = UUID(operador_id)
    except ValueError:
        errores = {"operador_id": _("Elija quién llevará el pedido.")}
        return _pagina_de_pedido(request, sesion, actor, pedido_id, 422, errores=errores)
    try:
        with sesion.begin_nested():
            pedido = pedidos.despachar(sesion, actor, pedido_id, operador)
    except (Conflicto, DatosInvalidos) as error:
        errores = {"general": error.detalle}
        return _pagina_de_pedido(request, sesion, actor, pedido_id, error.estado, errores=errores)
    aviso = _("Despachado con el envío %(numero)s. Imprima su etiqueta.") % {"numero": pedido.envio_numero}
    return redirigir(f"/vender/pedidos/{pedido_id}", aviso)


@router.post("/pedidos/{pedido_id}/cancelacion")
def cancelar(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, motivo: Texto = ""
) -> Response:
    try:
        datos = Cancelacion.model_validate({"motivo": motivo})
        pedidos.cancelar(sesion, actor, pedido_id, datos.motivo)
    except ValidationError as error:
        errores = errores_de(error, textos_de("motivo"))
        return _pagina_de_pedido(request, sesion, actor, pedido_id, 422, errores=errores, motivo=motivo)
    except Conflicto as error:
        return redirigir(f"/vender/pedidos/{pedido_id}", error.detalle)
    return redirigir(f"/vender/pedidos/{pedido_id}", _("Pedido cancelado. El dinero volvió al comprador."))


def _pagina_de_pedido(
    request: Request, sesion: Session, actor: Actor, pedido_id: UUID, estado: int = 200, **extra: Any
) -> Response:
    detalle = detalle_pedido(sesion, actor, pedido_id)
    if not detalle.es_vendedor:
        raise PedidoNoEncontrado()
    pedido = detalle.pedido
    por_despachar = pedido.estado in POR_DESPACHAR
    es_servicio = pedido.modalidad == Modalidad.SERVICIO
    return pagina(
        request,
        "comercio/vender_pedido.html",
        estado,
        detalle=detalle,
        pedido=pedido,
        compra=detalle.compra,
        avance=avance(detalle),
        por_despachar=por_despachar,
        es_servicio=es_servicio,
        operadores=operadores(sesion) if por_despachar and not es_servicio else [],
        nombre_estado=nombre_estado,
        tonos=TONOS,
        medida=medida,
        **extra,
    )


def operadores(sesion: Session) -> list[UnidadEconomica]:
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
    tiendas = _mis_tiendas(sesion, actor)
    actual = _elegir(tiendas, unidad)
    if actual is None:
        return pagina(request, "comercio/vender_sin_unidad.html")
    valores = {"unidad_id": str(actual.id), "unidad_medida": "unidad", "existencia": "", "peso_g": ""}
    return _pagina_de_producto(request, sesion, tiendas, valores)


@router.post("/productos/nuevo")
def publicar_nuevo(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad_id: Corto = "",
    titulo: Corto = "",
    descripcion: Texto = "",
    categoria: Corto = "",
    precio: Corto = "",
    unidad_medida: Corto = "",
    existencia: Corto = "",
    peso_g: Corto = "",
    sku: Corto = "",
    accion: Corto = "publicar",
    foto: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Create the product and its first picture, all or nothing."""
    valores = {
        "unidad_id": unidad_id,
        "titulo": titulo,
        "descripcion": descripcion,
        "categoria": categoria,
        "precio": precio,
        "unidad_medida": unidad_medida,
        "existencia": existencia,
        "peso_g": peso_g,
        "sku": sku,
    }
    try:
        datos = ProductoNuevo.model_validate(
            limpiar(valores) | {"precio": leer_monto(precio), "publicar": accion == "publicar"}
        )
        with sesion.begin_nested():
            producto = catalogo.crear_producto(sesion, actor, datos)
            if foto is not None and foto.size:
                catalogo.agregar_foto(sesion, actor, producto.id, foto.file.read(MAXIMO_BYTES + 1))
    except (ValidationError, DatosInvalidos, Conflicto) as error:
        errores = _errores(error, valores)
        tiendas = _mis_tiendas(sesion, actor)
        return _pagina_de_producto(request, sesion, tiendas, valores, estado=422, errores=errores)
    if datos.publicar:
        return redirigir(f"/productos/{producto.id}", _("Producto publicado: ya está en la tienda."))
    return redirigir(f"/vender/productos/{producto.id}", _("Borrador guardado."))


@router.get("/productos/{producto_id}")
def formulario_de_edicion(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido
) -> Response:
    detalle = detalle_de_producto(sesion, producto_id, actor)
    if not detalle.es_del_vendedor:
        raise ProductoNoEncontrado()
    p = detalle.producto
    valores = {
        "unidad_id": str(p.vendedor_id),
        "titulo": p.titulo,
        "descripcion": p.descripcion,
        "categoria": p.categoria_codigo,
        "precio": f"{p.precio.amount:.2f}".replace(".", ","),
        "unidad_medida": p.unidad_medida,
        "existencia": str(p.existencia),
        "peso_g": str(p.peso_g),
        "sku": p.sku,
        "version": str(p.version),
    }
    return _pagina_de_producto(request, sesion, [], valores, producto=p, fotos=detalle.fotos)


@router.post("/productos/{producto_id}")
def editar(
    request: Request,
    producto_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    version: Annotated[int, Form(ge=1, le=2**31 - 1)],
    titulo: Corto = "",
    descripcion: Texto = "",
    categoria: Corto = "",
    precio: Corto = "",
    unidad_medida: Corto = "",
    existencia: Corto = "",
    peso_g: Corto = "",
    sku: Corto = "",
    estado: Corto = "",
    foto: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Save the changes if nobody else, and no sale, changed the product meanwhile."""
    detalle = detalle_de_producto(sesion, producto_id, actor)
    if not detalle.es_del_vendedor:
        raise ProductoNoEncontrado()
    valores = {
        "titulo": titulo,
        "categoria": categoria,
        "precio": precio,
        "unidad_medida": unidad_medida,
        "existencia": existencia,
        "peso_g": peso_g or "0",
        "sku": sku,
    }
    try:
        campos: dict[str, Any] = {**valores, "descripcion": descripcion, "precio": leer_monto(precio)}
        cambios = ProductoCambios.model_validate(campos | limpiar({"estado": estado}))
        with sesion.begin_nested():
            catalogo.editar_producto(sesion, actor, producto_id, version, cambios)
            if foto is not None and foto.size:
                catalogo.agregar_foto(sesion, actor, producto_id, foto.file.read(MAXIMO_BYTES + 1))
    except (ValidationError, DatosInvalidos, Conflicto, PrecondicionFallida) as error:
        errores = _errores(error, valores)
        vigente = str(detalle.producto.version)
        valores |= {"descripcion": descripcion, "version": vigente, "unidad_id": ""}
        opciones = {"producto": detalle.producto, "fotos": detalle.fotos, "errores": errores}
        return _pagina_de_producto(request, sesion, [], valores, estado=422, **opciones)
    return redirigir(f"/vender/productos/{producto_id}", _("Cambios guardados."))


def _errores(error: Exception, valores: dict[str, str]) -> dict[str, str]:
    if isinstance(error, ValidationError):
        return errores_de(error, textos_de("producto"))
    if isinstance(error, MontoInvalido):
        return {"precio": textos_de("producto")["precio"]}
    assert isinstance(error, ErrorDominio)
    if error.codigo == "imagen_invalida":
        return {"foto": error.detalle}
    return error.campos or {"general": error.detalle}


def _pagina_de_producto(
    request: Request,
    sesion: Session,
    tiendas: list[UnidadEconomica],
    valores: dict[str, str],
    *,
    estado: int = 200,
    **extra: Any,
) -> Response:
    ramas = arbol(sesion)
    tasa = comision_vigente(sesion, Operacion.VENTA)
    producto = extra.get("producto")
    siguientes = PRODUCTO.pasos[EstadoProducto(producto.estado)] if producto else ()
    return pagina(
        request,
        "comercio/vender_producto.html",
        estado,
        valores=valores,
        tiendas=tiendas,
        categorias=[(ramas.nombre(r), hojas) for r, hojas in ramas.ramas.items()],
        medidas=list(medidas().items()),
        estados_siguientes=[e for e in EstadoProducto if e in siguientes],
        comision=comision_en_palabras(tasa),
        ejemplos=[(precio, calcular_comision(precio, tasa).monto) for precio in (bs(20), bs(100), bs(1000))],
        nombre_estado=nombre_estado,
        tonos=TONOS,
        **extra,
    )
