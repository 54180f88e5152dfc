"""The page of a product, and putting it in the cart. Part of `web.router`."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorOpcional
from comercio import carrito as carritos
from comercio.buscar import otros_del_vendedor
from comercio.categorias import arbol
from comercio.consultas import detalle_de_producto
from comercio.formularios import LINEA_NUEVA, HojaDeLineaNueva
from comercio.palabras import medida
from comercio.visitante import ajustar_galleta, titular_o_nuevo
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter()
_PUBLICO = [Depends(publico)]


@router.get("/productos/{producto_id}", dependencies=_PUBLICO)
def producto(request: Request, producto_id: UUID, sesion: Sesion, actor: ActorOpcional) -> Response:
    return _pagina(request, sesion, actor, producto_id)


@router.post("/carrito/lineas", dependencies=_PUBLICO)
def agregar(request: Request, sesion: Sesion, actor: ActorOpcional, hoja: HojaDeLineaNueva) -> Response:
    """Put the product in the cart; what cannot be put is said on the product's page."""
    titular = titular_o_nuevo(sesion, request, actor)
    with hoja:
        linea = hoja.datos
        carritos.agregar(sesion, titular, linea.producto_id, linea.cantidad)
        respuesta = redirigir("/carrito", _("Está en su carrito."))
        ajustar_galleta(respuesta, request, titular)
        return respuesta
    return _pagina(request, sesion, actor, hoja.uuid("producto_id"), hoja)


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor | None,
    producto_id: UUID,
    hoja: Hoja[Any] | None = None,
) -> Response:
    detalle = detalle_de_producto(sesion, producto_id, actor)
    visto = detalle.producto
    return pagina(
        request,
        "comercio/producto.html",
        hoja=hoja,
        producto=visto,
        fotos=detalle.fotos,
        es_del_vendedor=detalle.es_del_vendedor,
        camino=arbol(sesion).camino(visto.categoria_codigo),
        otros=otros_del_vendedor(sesion, visto.vendedor_id, visto.id),
        medida=medida,
        linea=LINEA_NUEVA.mostrar(request, {"producto_id": visto.id, "cantidad": 1}, enviada=hoja),
    )
