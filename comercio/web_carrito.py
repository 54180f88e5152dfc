"""Pages of the cart and the checkout. Part of `web.router`."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorOpcional, ActorRequerido, obtener_persona
from comercio import carrito as carritos
from comercio.comprar import SolicitudCompra, comprar, pedidos_de
from comercio.consultas_pedidos import ultima_compra
from comercio.errores import CambioDePrecio, CompraRepetida
from comercio.esquemas import Entrega
from comercio.formularios import COMPRA, LINEA, HojaDeCompra, HojaDeLinea
from comercio.palabras import medida
from comercio.visitante import ajustar_galleta, titular_de, titular_o_nuevo
from empresa_digital.registro import departamentos, municipios
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.lectores import formato_telefono
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir
from pagos import cuenta_de_persona, saldo_disponible

router = APIRouter()
_PUBLICO = [Depends(publico)]


@router.get("/carrito", dependencies=_PUBLICO)
def ver_carrito(request: Request, sesion: Sesion, actor: ActorOpcional) -> Response:
    return _pagina(request, sesion, titular_de(sesion, request, actor))


@router.post("/carrito/lineas/{producto_id}", dependencies=_PUBLICO)
def cambiar(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorOpcional, hoja: HojaDeLinea
) -> Response:
    """Change the quantity of a line; 0 takes it out."""
    titular = titular_o_nuevo(sesion, request, actor)
    with hoja:
        quedo = carritos.fijar_cantidad(sesion, titular, producto_id, hoja.datos.cantidad)
        respuesta = redirigir("/carrito", _("Carrito actualizado.") if quedo else _("Quitado del carrito."))
        ajustar_galleta(respuesta, request, titular)
        return respuesta
    hoja.de = str(producto_id)
    return _pagina(request, sesion, titular, hoja)


def _pagina(
    request: Request, sesion: Session, titular: carritos.Titular | None, hoja: Hoja[Any] | None = None
) -> Response:
    vista = carritos.ver_carrito(sesion, titular) if titular else carritos.VistaCarrito()
    respuesta = pagina(
        request,
        "comercio/carrito.html",
        hoja=hoja,
        carrito=vista,
        medida=medida,
        cantidades={
            x.producto.id: LINEA.mostrar(
                request, {"cantidad": x.cantidad}, enviada=hoja, de=str(x.producto.id)
            )
            for x in vista.lineas
        },
    )
    ajustar_galleta(respuesta, request, titular)
    return respuesta


@router.get("/comprar")
def revisar(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Checkout: where to deliver, what is paid, from which balance."""
    vista = carritos.ver_carrito(sesion, _titular(sesion, request, actor))
    if not vista.se_puede_comprar:
        respuesta: Response = redirigir("/carrito")
    else:
        respuesta = _pagina_de_compra(request, sesion, actor, vista)
    ajustar_galleta(respuesta, request, _titular(sesion, request, actor))
    return respuesta


@router.post("/comprar")
def pagar(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCompra) -> Response:
    """Pay. The form's id makes a second click the same purchase; the digest is what the buyer agreed to."""
    titular = _titular(sesion, request, actor)
    with hoja:
        datos = hoja.datos
        entrega = Entrega.model_validate(datos.model_dump(exclude={"huella"}))
        hecha = comprar(sesion, actor, SolicitudCompra(id=hoja.id, entrega=entrega, huella=datos.huella))
        pedidos = pedidos_de(sesion, hecha.id)
        destino = f"/pedidos/{pedidos[0].id}" if len(pedidos) == 1 else f"/compras-hechas/{hecha.id}"
        return redirigir(destino, _("Compra hecha. Su dinero espera en custodia."))
    if isinstance(hoja.error, CompraRepetida):
        return redirigir("/carrito", hoja.error.detalle)
    vista = carritos.ver_carrito(sesion, titular)
    if not vista.se_puede_comprar:
        return _pagina(request, sesion, titular, hoja)
    return _pagina_de_compra(request, sesion, actor, vista, hoja)


def _pagina_de_compra(
    request: Request,
    sesion: Session,
    actor: Actor,
    vista: carritos.VistaCarrito,
    hoja: Hoja[Any] | None = None,
) -> Response:
    """The checkout; after a change of price, the new total is confirmed."""
    assert actor.persona_id is not None
    saldo = saldo_disponible(sesion, cuenta_de_persona(sesion, actor.persona_id))
    nombres = {d.ine: d.nombre for d in departamentos(sesion)}
    por_departamento: dict[str, list[tuple[str, str]]] = {}
    for m in municipios(sesion):
        por_departamento.setdefault(nombres[m.departamento_ine], []).append((m.ine, m.nombre))
    compra = COMPRA.mostrar(
        request,
        _valores_de(sesion, actor) | {"huella": vista.huella},
        enviada=hoja,
        opciones={"municipio_ine": por_departamento.items()},
    )
    return pagina(
        request,
        "comercio/comprar.html",
        hoja=hoja,
        carrito=vista,
        compra=compra,
        cambio=hoja is not None and isinstance(hoja.error, CambioDePrecio),
        saldo=saldo,
        falta=vista.total - saldo if saldo < vista.total else None,
        medida=medida,
    )


def _titular(sesion: Session, request: Request, actor: Actor) -> carritos.Titular:
    titular = titular_de(sesion, request, actor)
    assert titular is not None
    return titular


def _valores_de(sesion: Session, actor: Actor) -> dict[str, str]:
    """What the form starts with: where the last purchase went, or what is known of the person."""
    assert actor.persona_id is not None
    ultima = ultima_compra(sesion, actor.persona_id)
    if ultima is not None:
        campos = ("destinatario", "telefono", "municipio_ine", "referencia")
        valores = {campo: getattr(ultima, campo) for campo in campos}
        return valores | {"telefono": formato_telefono(ultima.telefono)}
    persona = obtener_persona(sesion, actor.persona_id)
    return {
        "destinatario": persona.nombre_completo,
        "telefono": formato_telefono(persona.celular or ""),
        "municipio_ine": "",
        "referencia": "",
    }
