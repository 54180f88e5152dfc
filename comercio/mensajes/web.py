"""Pages of questions: all that was answered about a product, and the seller's. Asking is on the product's.
Those of messages are in `web_de_pedidos`.
"""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorOpcional, ActorRequerido
from comercio.catalogo import detalle_de_producto, titulos_de
from comercio.mensajes import preguntas, web_de_pedidos
from comercio.mensajes.consultas import pregunta_del_vendedor, preguntas_de, preguntas_del_vendedor
from comercio.mensajes.estados import EstadoPregunta
from comercio.mensajes.formularios import RESPUESTA, HojaDeRespuesta
from comercio.vendedores import mesa_de
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.paginacion import CursorPedido
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter(include_in_schema=False)
router.include_router(web_de_pedidos.router)


@router.get("/preguntas/{producto_id}", dependencies=[Depends(publico)])
def de_un_producto(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorOpcional, cursor: str | None = None
) -> Response:
    """All that was asked about a product and answered, newest first."""
    producto = detalle_de_producto(sesion, producto_id, actor).producto
    lista, siguiente = preguntas_de(sesion, producto_id, CursorPedido(cursor, 20))
    return pagina(
        request,
        "comercio/mensajes/de_producto.html",
        producto=producto,
        preguntas=lista,
        siguiente=f"/preguntas/{producto_id}?cursor={siguiente}" if siguiente else None,
    )


@router.get("/vender/preguntas")
def del_vendedor(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: str = "",
    ver: str = "",
    cursor: str | None = None,
) -> Response:
    return _del_vendedor(request, sesion, actor, unidad, ver, cursor)


def _del_vendedor(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad: str,
    ver: str = "",
    cursor: str | None = None,
    hoja: Hoja[Any] | None = None,
) -> Response:
    mesa = mesa_de(request, sesion, actor, unidad, hoja)
    if isinstance(mesa, Response):
        return mesa
    todas = ver == "todas"
    lista, siguiente = preguntas_del_vendedor(
        sesion, mesa.tienda.id, CursorPedido(cursor, 20), abiertas=not todas
    )
    base = f"/vender/preguntas?unidad={mesa.tienda.id}"
    return pagina(
        request,
        "comercio/mensajes/del_vendedor.html",
        hoja=hoja,
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        todas=todas,
        base=base,
        titulos=titulos_de(sesion, {p.producto_id for p in lista}),
        preguntas=[
            (
                p,
                RESPUESTA.mostrar(request, enviada=hoja, de=str(p.id))
                if p.estado is EstadoPregunta.ABIERTA
                else None,
            )
            for p in lista
        ],
        siguiente=f"{base}{'&ver=todas' if todas else ''}&cursor={siguiente}" if siguiente else None,
    )


@router.post("/vender/preguntas/{pregunta_id}/respuesta")
def responder(
    request: Request, pregunta_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRespuesta
) -> Response:
    unidad = str(pregunta_del_vendedor(sesion, actor, pregunta_id).vendedor_id)
    with hoja:
        preguntas.responder(sesion, actor, pregunta_id, hoja.datos.texto)
        return redirigir(f"/vender/preguntas?unidad={unidad}", _("Su respuesta está publicada."))
    return _del_vendedor(request, sesion, actor, unidad, hoja=hoja)
