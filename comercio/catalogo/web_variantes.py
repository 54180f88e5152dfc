"""Pages of who sells: the variants of a product and their stock."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.catalogo import variar
from comercio.catalogo.categorias import arbol
from comercio.catalogo.consultas import Detalle, detalle_de_producto
from comercio.catalogo.errores import ProductoNoEncontrado, VarianteNoEncontrada
from comercio.catalogo.esquemas import VarianteCambios, VarianteNueva
from comercio.catalogo.estados import EstadoVariante, nombre_estado_de_variante, nombre_motivo
from comercio.catalogo.formularios import (
    MOVIMIENTO,
    TRASLADO,
    VARIANTE,
    HojaDeMovimiento,
    HojaDeTraslado,
    HojaDeVariante,
)
from comercio.catalogo.lugares import existencias_por_lugar
from comercio.catalogo.modelos import ESCALONES_MAXIMOS
from comercio.catalogo.opciones import Opcion, opciones_de
from comercio.catalogo.precios import precios_que_tuvo
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/productos/{producto_id}")


@router.get("/variantes/nueva")
def formulario_nueva(request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina(request, sesion, _propio(sesion, actor, producto_id), None)


@router.post("/variantes/nueva")
def crear(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeVariante
) -> Response:
    """Add a variant. Pressed twice, it is one."""
    detalle = _propio(sesion, actor, producto_id)
    with hoja:
        if all(o.id != hoja.id for o in detalle.opciones):
            datos = VarianteNueva(**hoja.datos.datos(), existencia=hoja.datos.existencia)
            variar.crear_variante(sesion, actor, producto_id, detalle.producto.version, datos, hoja.id)
        return redirigir(f"/vender/productos/{producto_id}", _("Variante agregada."))
    return _pagina(request, sesion, detalle, None, hoja)


@router.get("/variantes/{variante_id}")
def formulario(
    request: Request, producto_id: UUID, variante_id: UUID, sesion: Sesion, actor: ActorRequerido
) -> Response:
    return _pagina(request, sesion, _propio(sesion, actor, producto_id), variante_id)


@router.post("/variantes/{variante_id}")
def editar(
    request: Request,
    producto_id: UUID,
    variante_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeVariante,
) -> Response:
    """Save it, withdraw it or bring it back, if nobody changed the product meanwhile."""
    detalle = _propio(sesion, actor, producto_id)
    with hoja:
        cambios = VarianteCambios(**hoja.datos.datos())
        if hoja.datos.retirar or hoja.datos.volver:
            cambios = VarianteCambios(a_la_venta=hoja.datos.volver)
        variar.editar_variante(sesion, actor, producto_id, variante_id, hoja.version, cambios)
        return redirigir(f"/vender/productos/{producto_id}", _("Variante guardada."))
    return _pagina(request, sesion, detalle, variante_id, hoja)


@router.post("/variantes/{variante_id}/movimientos")
def mover(
    request: Request,
    producto_id: UUID,
    variante_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeMovimiento,
) -> Response:
    """Stock that came, broke or was counted. Pressed twice, it moves once."""
    detalle = _propio(sesion, actor, producto_id)
    with hoja:
        if not hoja.ya_hecha:
            version = detalle.producto.version
            variar.mover_existencia(sesion, actor, producto_id, variante_id, version, hoja.datos)
        return redirigir(f"/vender/productos/{producto_id}/variantes/{variante_id}", _("Existencia anotada."))
    return _pagina(request, sesion, detalle, variante_id, hoja)


@router.post("/variantes/{variante_id}/traslados")
def trasladar(
    request: Request,
    producto_id: UUID,
    variante_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeTraslado,
) -> Response:
    """Stock from a place to another. Pressed twice, it moves once."""
    detalle = _propio(sesion, actor, producto_id)
    with hoja:
        if not hoja.ya_hecha:
            version = detalle.producto.version
            variar.trasladar_existencia(sesion, actor, producto_id, variante_id, version, hoja.datos)
        return redirigir(f"/vender/productos/{producto_id}/variantes/{variante_id}", _("Traslado anotado."))
    return _pagina(request, sesion, detalle, variante_id, hoja)


def _propio(sesion: Session, actor: Actor, producto_id: UUID) -> Detalle:
    detalle = detalle_de_producto(sesion, producto_id, actor)
    if not detalle.es_del_vendedor:
        raise ProductoNoEncontrado()
    return detalle


def _pagina(
    request: Request,
    sesion: Session,
    detalle: Detalle,
    variante_id: UUID | None,
    hoja: Hoja[Any] | None = None,
) -> Response:
    producto = detalle.producto
    todas = opciones_de(sesion, producto.id, todas=True)
    opcion = next((o for o in todas if o.id == variante_id), None)
    if variante_id is not None and opcion is None:
        raise VarianteNoEncontrada()
    atributos = arbol(sesion).nodos[producto.categoria_codigo].atributos
    modelo = opcion or detalle.opcion
    lugares = existencias_por_lugar(sesion, producto.vendedor_id, modelo.id) if opcion else []
    abiertos = [(str(x.lugar.id), x.lugar.nombre) for x in lugares if x.lugar.abierto]
    con_algo = [(str(x.lugar.id), x.lugar.nombre) for x in lugares if x.existencia]
    return pagina(
        request,
        "comercio/catalogo/variante.html",
        hoja=hoja,
        producto=producto,
        opcion=opcion,
        atributos=atributos,
        escalones=range(ESCALONES_MAXIMOS),
        formulario=VARIANTE.mostrar(
            request,
            _valores(modelo, atributos, es_nueva=opcion is None),
            version=producto.version,
            enviada=hoja,
        ),
        movimiento=MOVIMIENTO.mostrar(request, {}, enviada=hoja, opciones={"lugar_id": abiertos}),
        traslado=TRASLADO.mostrar(
            request,
            {},
            enviada=hoja,
            de="traslado",
            opciones={"desde_id": con_algo, "hasta_id": abiertos},
        ),
        lugares=[x for x in lugares if x.lugar.abierto or x.existencia],
        nombre_de_lugar={x.existencia_id: x.lugar.nombre for x in lugares},
        hay=detalle.existencias.get(modelo.id),
        movimientos=variar.movimientos_de(sesion, modelo.id) if opcion else [],
        precios=precios_que_tuvo(sesion, modelo.id) if opcion else [],
        nombre_motivo=nombre_motivo,
        nombre_estado=nombre_estado_de_variante,
        activa=opcion is not None and opcion.variante.estado == EstadoVariante.ACTIVA,
    )


def _valores(opcion: Opcion, atributos: tuple[str, ...], *, es_nueva: bool) -> dict[str, Any]:
    """What the form holds of a variant; of a new one, what it shares with the first."""
    v = opcion.variante
    valores: dict[str, Any] = {"precio": v.precio, "unidad_medida": v.unidad_medida, "peso_g": v.peso_g}
    for n, nombre in enumerate(atributos):
        valores[f"atributos.{n}.nombre"] = nombre
        valores[f"atributos.{n}.valor"] = "" if es_nueva else v.atributos.get(nombre, "")
    if not es_nueva:
        valores["sku"] = v.sku
        for n, (desde, precio) in enumerate(opcion.escala):
            fila = f"precios_por_cantidad.{n}"
            valores |= {f"{fila}.desde": desde, f"{fila}.precio": precio}
    return valores
