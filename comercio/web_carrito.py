"""Pages of the cart and the checkout. Part of `web.router`."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from pydantic import ValidationError
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorOpcional, ActorRequerido, obtener_persona
from comercio import carrito as carritos
from comercio.comprar import SolicitudCompra, comprar, pedidos_de
from comercio.consultas_pedidos import ultima_compra
from comercio.errores import CambioDePrecio, CarritoVacio, CompraRepetida
from comercio.esquemas import Entrega
from comercio.formularios import errores_de, textos_de
from comercio.textos import medida
from comercio.visitante import ajustar_galleta, titular_de, titular_o_nuevo
from empresa_digital.registro import departamentos, municipios
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import Conflicto, DatosInvalidos, ErrorDominio
from nucleo.ids import nuevo_id
from nucleo.textos import gettext as _
from nucleo.web import mensaje, pagina, publico, redirigir
from pagos import FondosInsuficientes, cuenta_de_persona, saldo_disponible

router = APIRouter()
_PUBLICO = [Depends(publico)]
Cantidad = Annotated[str, Form(max_length=4)]


@router.get("/carrito", dependencies=_PUBLICO)
def ver_carrito(request: Request, sesion: Sesion, actor: ActorOpcional) -> Response:
    titular = titular_de(sesion, request, actor)
    vista = carritos.ver_carrito(sesion, titular) if titular else carritos.VistaCarrito()
    respuesta = pagina(request, "comercio/carrito.html", carrito=vista, medida=medida)
    ajustar_galleta(respuesta, request, titular)
    return respuesta


@router.post("/carrito/lineas", dependencies=_PUBLICO)
def agregar(
    request: Request,
    sesion: Sesion,
    actor: ActorOpcional,
    producto_id: Annotated[UUID, Form()],
    cantidad: Cantidad = "1",
) -> Response:
    """Add from a product page; what cannot be added is said on the cart page."""
    titular = titular_o_nuevo(sesion, request, actor)
    respuesta = redirigir("/carrito")
    try:
        carritos.agregar(sesion, titular, producto_id, _cantidad(cantidad, minimo=1))
        mensaje(respuesta, _("Está en su carrito."))
    except (Conflicto, DatosInvalidos) as error:
        respuesta = redirigir(f"/productos/{producto_id}", error.detalle)
    ajustar_galleta(respuesta, request, titular)
    return respuesta


@router.post("/carrito/lineas/{producto_id}", dependencies=_PUBLICO)
def cambiar(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorOpcional, cantidad: Cantidad = "0"
) -> Response:
    """Change the quantity of a line; 0 takes it out."""
    titular = titular_o_nuevo(sesion, request, actor)
    try:
        quedo = carritos.fijar_cantidad(sesion, titular, producto_id, _cantidad(cantidad, minimo=0))
        respuesta = redirigir("/carrito", _("Carrito actualizado.") if quedo else _("Quitado del carrito."))
    except (Conflicto, DatosInvalidos) as error:
        vista = carritos.ver_carrito(sesion, titular)
        errores = {f"cantidad-{producto_id}": error.detalle}
        return pagina(request, "comercio/carrito.html", 422, carrito=vista, errores=errores, medida=medida)
    ajustar_galleta(respuesta, request, titular)
    return respuesta


@router.get("/comprar")
def revisar(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Checkout: where to deliver, what is paid, from which balance."""
    vista = carritos.ver_carrito(sesion, _titular(sesion, request, actor))
    if not vista.se_puede_comprar:
        respuesta: Response = redirigir("/carrito")
    else:
        respuesta = _pagina_de_compra(request, sesion, actor, vista, _valores_de(sesion, actor))
    ajustar_galleta(respuesta, request, _titular(sesion, request, actor))
    return respuesta


@router.post("/comprar")
def pagar(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    compra_id: Annotated[UUID, Form()],
    huella: Annotated[str, Form(pattern="^[0-9a-f]{64}$")],
    destinatario: Annotated[str, Form(max_length=400)] = "",
    telefono: Annotated[str, Form(max_length=400)] = "",
    municipio_ine: Annotated[str, Form(max_length=400)] = "",
    referencia: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Pay. The hidden id makes a second click the same purchase; the digest is what the buyer agreed to."""
    titular = _titular(sesion, request, actor)
    valores = {
        "destinatario": destinatario,
        "telefono": telefono,
        "municipio_ine": municipio_ine,
        "referencia": referencia,
    }
    try:
        entrega = Entrega.model_validate(valores)
        hecha = comprar(sesion, actor, SolicitudCompra(id=compra_id, entrega=entrega, huella=huella))
    except ValidationError as error:
        errores = errores_de(error, textos_de("entrega"))
    except (CarritoVacio, CompraRepetida) as error:
        return redirigir("/carrito", error.detalle)
    except (Conflicto, DatosInvalidos, FondosInsuficientes) as error:
        errores = error.campos or {"general": error.detalle}
        return _otra_vez(request, sesion, actor, titular, valores, compra_id, errores, error)
    else:
        pedidos = pedidos_de(sesion, hecha.id)
        destino = f"/pedidos/{pedidos[0].id}" if len(pedidos) == 1 else f"/compras-hechas/{hecha.id}"
        return redirigir(destino, _("Compra hecha. Su dinero espera en custodia."))
    return _otra_vez(request, sesion, actor, titular, valores, compra_id, errores, None)


def _otra_vez(
    request: Request,
    sesion: Session,
    actor: Actor,
    titular: carritos.Titular,
    valores: dict[str, str],
    compra_id: UUID,
    errores: dict[str, str],
    error: ErrorDominio | None,
) -> Response:
    """The checkout again with what went wrong; after a change of price, the new total is confirmed."""
    vista = carritos.ver_carrito(sesion, titular)
    if not vista.se_puede_comprar:
        return redirigir("/carrito", error.detalle if error else None)
    estado = 422 if error is None or isinstance(error, DatosInvalidos) else 409
    extra: dict[str, Any] = {"errores": errores, "cambio": isinstance(error, CambioDePrecio)}
    return _pagina_de_compra(request, sesion, actor, vista, valores, estado, compra_id, **extra)


def _pagina_de_compra(
    request: Request,
    sesion: Session,
    actor: Actor,
    vista: carritos.VistaCarrito,
    valores: dict[str, str],
    estado: int = 200,
    compra_id: UUID | None = None,
    **extra: Any,
) -> Response:
    assert actor.persona_id is not None
    saldo = saldo_disponible(sesion, cuenta_de_persona(sesion, actor.persona_id))
    nombres = {d.ine: d.nombre for d in departamentos(sesion)}
    por_departamento: dict[str, list[tuple[str, str]]] = {}
    for m in municipios(sesion):
        por_departamento.setdefault(nombres[m.departamento_ine], []).append((m.ine, m.nombre))
    return pagina(
        request,
        "comercio/comprar.html",
        estado,
        carrito=vista,
        valores=valores,
        compra_id=compra_id or nuevo_id(),
        saldo=saldo,
        falta=vista.total - saldo if saldo < vista.total else None,
        municipios=por_departamento,
        medida=medida,
        **extra,
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
        return {campo: getattr(ultima, campo) for campo in campos}
    persona = obtener_persona(sesion, actor.persona_id)
    return {
        "destinatario": persona.nombre_completo,
        "telefono": persona.celular or "",
        "municipio_ine": "",
        "referencia": "",
    }


def _cantidad(texto: str, *, minimo: int) -> int:
    limpio = texto.strip()
    if not (limpio.isascii() and limpio.isdigit()) or int(limpio) < minimo:
        raise DatosInvalidos(_("Escriba cuántas unidades quiere, con números."))
    return int(limpio)
