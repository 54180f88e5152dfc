"""Pages of who sells: their products."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.catalogo import fotos, web_variantes
from comercio.catalogo import publicar as catalogo
from comercio.catalogo.categorias import arbol
from comercio.catalogo.consultas import Detalle, Foto, detalle_de_producto, productos_de
from comercio.catalogo.errores import ProductoNoEncontrado
from comercio.catalogo.esquemas import FotoCambios
from comercio.catalogo.estados import (
    TONOS,
    EstadoProducto,
    EstadoVariante,
    nombre_estado,
    pasos_del_vendedor,
)
from comercio.catalogo.formularios import (
    EDICION_DE_PRODUCTO,
    FOTO,
    PRODUCTO,
    HojaDeEdicion,
    HojaDeFoto,
    HojaDeProducto,
)
from comercio.catalogo.opciones import opciones_de
from comercio.catalogo.palabras import medida, verbo_de
from comercio.catalogo.reglas import reglas_vigentes
from comercio.vendedores import mesa_de
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
router.include_router(web_variantes.router)


@router.get("/productos")
def mis_productos(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: str = "",
    estado: str = "",
    cursor: str | None = None,
) -> Response:
    mesa = mesa_de(request, sesion, actor, unidad)
    if isinstance(mesa, Response):
        return mesa
    elegido = EstadoProducto(estado) if estado in set(EstadoProducto) else None
    lista, siguiente = productos_de(sesion, mesa.tienda.id, CursorPedido(cursor, 30), elegido)
    enlace = f"/vender/productos?unidad={mesa.tienda.id}&estado={elegido or ''}&cursor={siguiente}"
    return pagina(
        request,
        "comercio/catalogo/productos.html",
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
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
                fotos.agregar_foto(sesion, actor, producto.id, foto)
        if hoja.datos.publicar:
            return redirigir(f"/productos/{producto.id}", _("Producto publicado: ya está en la tienda."))
        return redirigir(f"/vender/productos/{producto.id}", _("Borrador guardado."))
    return _pagina_nueva(request, sesion, actor, hoja.valores.get("unidad_id", ""), hoja)


def _pagina_nueva(
    request: Request, sesion: Session, actor: Actor, unidad: str, hoja: Hoja[Any] | None = None
) -> Response:
    mesa = mesa_de(request, sesion, actor, unidad, hoja)
    if isinstance(mesa, Response):
        return mesa
    nuevo = PRODUCTO.mostrar(
        request,
        {"unidad_id": mesa.tienda.id, "unidad_medida": "unidad"},
        enviada=hoja,
        opciones=_listas(sesion) | {"unidad_id": [(u.id, u.nombre) for u in mesa.tiendas]},
    )
    return _pagina_de_producto(request, sesion, nuevo, hoja, reglas=reglas_vigentes(sesion))


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
            fotos.agregar_foto(sesion, actor, producto_id, foto)
        return redirigir(f"/vender/productos/{producto_id}", _("Cambios guardados."))
    return _pagina_de_edicion(request, sesion, actor, producto_id, hoja)


@router.post("/productos/{producto_id}/fotos/{foto_id}")
def cambiar_foto(
    request: Request,
    producto_id: UUID,
    foto_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeFoto,
) -> Response:
    """Describe a picture, put it elsewhere, replace it or take it away."""
    if not detalle_de_producto(sesion, producto_id, actor).es_del_vendedor:
        raise ProductoNoEncontrado()
    with hoja:
        if hoja.datos.quitar:
            fotos.quitar_foto(sesion, actor, producto_id, foto_id)
        else:
            cambios = FotoCambios(descripcion=hoja.datos.descripcion, orden=hoja.datos.orden)
            fotos.editar_foto(sesion, actor, producto_id, foto_id, cambios)
            if reemplazo := hoja.archivos.get("reemplazo"):
                fotos.reemplazar_foto(sesion, actor, producto_id, foto_id, reemplazo)
        return redirigir(f"/vender/productos/{producto_id}#fotos", _("Fotos guardadas."))
    hoja.de = str(foto_id)
    return _pagina_de_edicion(request, sesion, actor, producto_id, hoja)


def _pagina_de_edicion(
    request: Request, sesion: Session, actor: Actor, producto_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    detalle = detalle_de_producto(sesion, producto_id, actor)
    if not detalle.es_del_vendedor:
        raise ProductoNoEncontrado()
    p = detalle.producto
    siguientes = pasos_del_vendedor(p.estado)
    dejar = _("Dejar como está: %(estado)s") % {"estado": nombre_estado(p.estado)}
    edicion = EDICION_DE_PRODUCTO.mostrar(
        request,
        EDICION_DE_PRODUCTO.valores_de(detalle.opcion.variante)
        | EDICION_DE_PRODUCTO.valores_de(p)
        | {"categoria": p.categoria_codigo, "estado": ""},
        version=p.version,
        enviada=hoja,
        opciones=_listas(sesion)
        | {"estado": [("", dejar), *((e, verbo_de(e)) for e in EstadoProducto if e in siguientes)]},
    )
    extra = {
        "producto": p,
        "detalle": detalle,
        "fotos": _fotos(request, detalle, hoja),
        "retiradas": [
            o
            for o in opciones_de(sesion, producto_id, todas=True)
            if o.variante.estado == EstadoVariante.RETIRADA
        ],
    }
    return _pagina_de_producto(request, sesion, edicion, hoja, **extra)


def _fotos(request: Request, detalle: Detalle, hoja: Hoja[Any] | None) -> list[tuple[Foto, Hoja[Any]]]:
    """Each picture with its own form."""
    lugares = [(n, _("%(n)s.º lugar") % {"n": n}) for n in range(1, len(detalle.fotos) + 1)]
    return [
        (
            foto,
            FOTO.mostrar(
                request,
                {"descripcion": foto.descripcion, "orden": foto.orden},
                enviada=hoja,
                de=str(foto.id),
                opciones={"orden": lugares},
            ),
        )
        for foto in detalle.fotos
    ]


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
        "comercio/catalogo/producto.html",
        hoja=hoja,
        formulario=formulario,
        comision=comision_en_palabras(tasa),
        ejemplos=[(precio, calcular_comision(precio, tasa).monto) for precio in (bs(20), bs(100), bs(1000))],
        nombre_estado=nombre_estado,
        tonos=TONOS,
        medida=medida,
        **extra,
    )
