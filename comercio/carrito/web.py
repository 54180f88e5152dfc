"""Pages of the cart."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorOpcional
from comercio.carrito import llenar as carritos
from comercio.carrito.formularios import CUPON, LINEA, HojaDeCupon, HojaDeLinea
from comercio.carrito.portes import cuenta_de_portes
from comercio.carrito.visitante import ajustar_galleta, titular_de, titular_o_nuevo
from comercio.catalogo import medida
from comercio.direcciones import municipio_conocido
from empresa_digital.registro import municipios_por_departamento
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter()
_PUBLICO = [Depends(publico)]


@router.get("/carrito", dependencies=_PUBLICO)
def ver_carrito(request: Request, sesion: Sesion, actor: ActorOpcional, municipio: str = "") -> Response:
    """The cart; with what getting it to `municipio`, or where the person likes to receive, costs."""
    titular = titular_de(sesion, request, actor)
    return pagina_del_carrito(request, sesion, titular, actor, municipio=municipio)


@router.post("/carrito/lineas/{variante_id}", dependencies=_PUBLICO)
def cambiar(
    request: Request, variante_id: UUID, sesion: Sesion, actor: ActorOpcional, hoja: HojaDeLinea
) -> Response:
    """Change the quantity of a line; 0 takes it out."""
    titular = titular_o_nuevo(sesion, request, actor)
    with hoja:
        carritos.fijar_cantidad(sesion, titular, variante_id, hoja.datos.cantidad)
        aviso = _("Carrito actualizado.") if hoja.datos.cantidad else _("Quitado del carrito.")
        respuesta = redirigir("/carrito", aviso)
        ajustar_galleta(respuesta, request, titular)
        return respuesta
    hoja.de = str(variante_id)
    return pagina_del_carrito(request, sesion, titular, actor, hoja)


@router.post("/carrito/cupon", dependencies=_PUBLICO)
def poner_cupon(request: Request, sesion: Sesion, actor: ActorOpcional, hoja: HojaDeCupon) -> Response:
    """Use a coupon; left empty, none."""
    titular = titular_de(sesion, request, actor)
    with hoja:
        vista = carritos.poner_cupon(sesion, titular, hoja.datos.codigo)
        respuesta = redirigir("/carrito", _("Cupón aplicado.") if vista.cupon else _("Sin cupón."))
        ajustar_galleta(respuesta, request, titular)
        return respuesta
    return pagina_del_carrito(request, sesion, titular, actor, hoja)


def pagina_del_carrito(
    request: Request,
    sesion: Session,
    titular: carritos.Titular | None,
    actor: Actor | None,
    hoja: Hoja[Any] | None = None,
    municipio: str = "",
) -> Response:
    vista = carritos.ver_carrito(sesion, titular) if titular else carritos.VistaCarrito()
    a_donde = municipio or (municipio_conocido(sesion, actor) if vista.lineas else "")
    cuenta = cuenta_de_portes(sesion, vista, a_donde, {}, a_la_vista=True)
    respuesta = pagina(
        request,
        "comercio/carrito/carrito.html",
        hoja=hoja,
        carrito=vista,
        medida=medida,
        cuenta=cuenta,
        municipios=municipios_por_departamento(sesion) if cuenta.se_cobra and not cuenta.lugar else [],
        cupon=CUPON.mostrar(request, {"codigo": vista.cupon_escrito or ""}, enviada=hoja),
        cantidades={
            x.opcion.id: LINEA.mostrar(request, {"cantidad": x.cantidad}, enviada=hoja, de=str(x.opcion.id))
            for x in vista.lineas
        },
    )
    ajustar_galleta(respuesta, request, titular)
    return respuesta
