"""JSON routes of the purchase."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session

from ciudadania import ActorOpcional, ActorRequerido
from comercio.carrito import VistaCarrito, cuenta_de_portes, titular_de, ver_carrito
from comercio.catalogo import variantes_pedidas
from comercio.compra import presentar
from comercio.compra.esquemas import CompraFicha, CompraNueva, PortesDelCarrito, SolicitudCompra, por_vendedor
from comercio.compra.hacer import comprar, pedidos_de
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos, respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.ids import nuevo_id
from nucleo.textos import gettext as _
from nucleo.web import publico

MunicipioDestino = Annotated[str, Query(pattern="^[0-9]{6}$", description="Código INE del municipio.")]
router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente)


@router.get("/carrito/portes", dependencies=[Depends(publico)], responses=respuestas(), tags=["carrito"])
def ver_portes(
    request: Request, sesion: Sesion, actor: ActorOpcional, municipio_ine: MunicipioDestino
) -> PortesDelCarrito:
    """Lo que cuesta llevar el carrito a un municipio, de cada vendedor y por cada forma que ofrece."""
    titular = titular_de(sesion, request, actor)
    vista = ver_carrito(sesion, titular) if titular else VistaCarrito()
    cuenta = cuenta_de_portes(sesion, vista, municipio_ine, {})
    if not cuenta.lugar:
        texto = _("Elija un municipio de la lista.")
        raise DatosInvalidos(texto, campos={"municipio_ine": texto})
    return presentar.portes(cuenta)


@router.post("/pedidos", status_code=201, responses=respuestas(403, 404, 409), tags=["pedidos"])
def crear_compra(
    datos: CompraNueva, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> CompraFicha:
    """Buy the cart or the given lines, paid into escrow from the wallet, or from the account of the unit that
    it is for, or at the door (`contra_entrega`): one order for each seller.

    `id` is the client's: repeating the request with it gives the same purchase.
    """
    hecha = comprar(sesion, actor, lo_que_pide(sesion, datos))
    return presentar.compra(hecha, pedidos_de(sesion, hecha.id))


def lo_que_pide(sesion: Session, datos: CompraNueva) -> SolicitudCompra:
    """What the body asks to buy."""
    variantes = variantes_pedidas(sesion, {x.pedido for x in datos.lineas or ()})
    lineas = tuple((variantes[x.pedido], x.cantidad) for x in datos.lineas) if datos.lineas else None
    return SolicitudCompra(
        id=datos.id or nuevo_id(),
        entrega=datos.entrega,
        lineas=lineas,
        huella=datos.huella,
        total=datos.total,
        porte=datos.porte,
        unidad_id=datos.unidad_id,
        factura=datos.factura,
        formas=por_vendedor(datos.formas),
        regalo=datos.regalo,
        cupon=datos.cupon,
        contra_entrega=datos.contra_entrega,
    )
