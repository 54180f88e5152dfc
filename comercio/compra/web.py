"""Pages of the checkout."""

import math
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from moneyed import Money
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido, obtener_persona
from comercio.carrito import (
    CuentaDePortes,
    Titular,
    VistaCarrito,
    ajustar_galleta,
    cuenta_de_portes,
    de_bienes,
    pagina_del_carrito,
    titular_de,
    ver_carrito,
)
from comercio.catalogo import Modalidad, medida
from comercio.compra.consultas import ultima_compra
from comercio.compra.contra_entrega import PorCobrar, por_que_no, se_acepta
from comercio.compra.errores import CambioDePrecio, CompraEnEspera, CompraRepetida
from comercio.compra.esquemas import Regalo, SolicitudCompra, por_vendedor
from comercio.compra.formularios import COMPRA, HojaDeCompra
from comercio.compra.hacer import comprar, pedidos_de
from comercio.compra.modelos import Compra
from comercio.compra.quien import unidades_que_compran
from comercio.compra.recibir import atienden_en, pide_lugar, por_elegir
from comercio.direcciones import Entrega, EntregaPedida, direccion_de, direcciones_de, guardar_direccion
from comercio.formas import FormaDeEntrega
from empresa_digital.registro import municipios_por_departamento, parte_de_persona
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import cero, formato_bs
from nucleo.formularios import Hoja, a_texto
from nucleo.lectores import formato_telefono
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir
from pagos import TipoCuenta, cuenta_de_persona, cuenta_de_unidad, obtener_cuenta, saldo_disponible
from pagos.tarjetas import cabeceras_de_ida, tarjetas_disponibles

router = APIRouter()
_PUBLICO = [Depends(publico)]


@router.get("/comprar")
def revisar(
    request: Request, sesion: Sesion, actor: ActorRequerido, direccion: UUID | None = None
) -> Response:
    """Checkout: where to deliver (an address of theirs, if it says), what is paid, from which balance."""
    vista = ver_carrito(sesion, _titular(sesion, request, actor))
    if vista.por_pagar_id is not None:
        respuesta: Response = redirigir(f"/compras-por-pagar/{vista.por_pagar_id}")
    elif not vista.se_puede_comprar:
        respuesta = redirigir("/carrito")
    else:
        respuesta = _pagina_de_compra(request, sesion, actor, vista, direccion=direccion)
    ajustar_galleta(respuesta, request, _titular(sesion, request, actor))
    return respuesta


@router.post("/comprar")
def pagar(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCompra) -> Response:
    """Pay. The form's id makes a second click the same purchase; the digest is what the buyer agreed to."""
    titular = _titular(sesion, request, actor)
    if hoja.valores.get("ver_envio"):
        vista = ver_carrito(sesion, titular)
        return (
            _pagina_de_compra(request, sesion, actor, vista, hoja) if vista.lineas else redirigir("/carrito")
        )
    with hoja:
        hecha = comprar(sesion, actor, lo_pedido(hoja))
        guardar_adonde_va(sesion, actor, hoja, hecha)
        pedidos = pedidos_de(sesion, hecha.id)
        destino = f"/pedidos/{pedidos[0].id}" if len(pedidos) == 1 else f"/compras-hechas/{hecha.id}"
        aviso = _("Compra hecha. Su dinero espera en custodia.")
        if hoja.datos.contra_entrega:
            aviso = _("Compra hecha. Pagará %(total)s al recibir.") % {"total": formato_bs(hecha.total)}
        return redirigir(destino, aviso)
    return no_se_compro(request, sesion, actor, hoja)


def lo_pedido(hoja: HojaDeCompra) -> SolicitudCompra:
    """What the sheet asks to buy of the cart."""
    datos = hoja.datos
    return SolicitudCompra(
        id=hoja.id,
        entrega=EntregaPedida.model_validate(datos.model_dump(include=set(EntregaPedida.model_fields))),
        huella=datos.huella,
        porte=datos.porte,
        unidad_id=datos.unidad_id,
        factura=datos.factura,
        formas=por_vendedor(datos.formas),
        regalo=Regalo(mensaje=datos.mensaje) if datos.regalo else None,
        contra_entrega=datos.contra_entrega,
    )


def guardar_adonde_va(sesion: Session, actor: Actor, hoja: HojaDeCompra, hecha: Compra) -> None:
    """Keep the address that the purchase has, if the sheet says so."""
    if hoja.datos.guardar_como and hecha.municipio_ine is not None:
        donde = Entrega.model_validate(lo_pedido(hoja).entrega.model_dump())
        guardar_direccion(sesion, actor, hoja.datos.guardar_como, donde)


def no_se_compro(request: Request, sesion: Session, actor: Actor, hoja: HojaDeCompra) -> Response:
    """The page after a refusal: where it can be mended."""
    titular = _titular(sesion, request, actor)
    if isinstance(hoja.error, CompraRepetida):
        return redirigir("/carrito", hoja.error.detalle)
    if isinstance(hoja.error, CompraEnEspera):
        return redirigir(f"/compras-por-pagar/{hoja.error.extra['compra_id']}", hoja.error.detalle)
    vista = ver_carrito(sesion, titular)
    if not vista.se_puede_comprar:
        return pagina_del_carrito(request, sesion, titular, actor, hoja)
    return _pagina_de_compra(request, sesion, actor, vista, hoja)


def _pagina_de_compra(
    request: Request,
    sesion: Session,
    actor: Actor,
    vista: VistaCarrito,
    hoja: Hoja[Any] | None = None,
    direccion: UUID | None = None,
) -> Response:
    """The checkout; after a change of price, the new total is confirmed."""
    assert actor.persona_id is not None
    saldo = saldo_disponible(sesion, cuenta_de_persona(sesion, actor.persona_id))
    quienes = _para_quien(sesion, actor, saldo)
    valores = _valores_de(sesion, actor, direccion) | {
        "huella": vista.huella,
        "porte": "",
        "ver_envio": "",
        "contra_entrega": "",
    }
    compra = COMPRA.mostrar(
        request,
        valores,
        enviada=hoja,
        opciones={"municipio_ine": municipios_por_departamento(sesion), "unidad_id": quienes},
    )
    cuenta = cuenta_de_portes(sesion, vista, compra.valores["municipio_ine"], _elegidas(compra))
    elegir = por_elegir(sesion, cuenta)
    for n, (vendedor_id, _nombre, _opciones) in enumerate(elegir):
        compra.valores[f"formas.{n}.forma"] = str(cuenta.elegidos[vendedor_id].forma.forma)
    compra.valores["porte"] = a_texto(cuenta.suma)
    total = vista.total + (cuenta.suma or cero())
    atienden = atienden_en(sesion, vista)
    return pagina(
        request,
        "comercio/compra/comprar.html",
        cabeceras=cabeceras_de_ida(request),
        hoja=hoja,
        carrito=vista,
        compra=compra,
        por_elegir=elegir,
        pide_lugar=pide_lugar(vista, cuenta, atienden),
        atienden=atienden,
        cuenta=cuenta,
        total=total,
        direcciones=direcciones_de(sesion, actor),
        cambio=hoja is not None and isinstance(hoja.error, CambioDePrecio),
        direccion=direccion,
        saldo=saldo if len(quienes) == 1 else None,
        por_otros=len(quienes) > 1,
        falta=total - saldo if saldo < total and len(quienes) == 1 else None,
        medida=medida,
        con_tarjeta=tarjetas_disponibles(),
        al_recibir=_al_recibir(sesion, actor, vista, cuenta, compra.valores["municipio_ine"]),
        congelada=obtener_cuenta(sesion, cuenta_de_persona(sesion, actor.persona_id)).congelada,
    )


def _al_recibir(
    sesion: Session, actor: Actor, vista: VistaCarrito, cuenta: CuentaDePortes, municipio_ine: str
) -> str | None:
    """Whether paying at the door is offered for what is in the cart: None, nobody offers it; else why not, or
    empty when they may."""
    assert actor.persona_id is not None
    bienes = de_bienes((x.opcion, x.cantidad, x.importe) for x in vista.lineas)
    envios = [
        PorCobrar(
            x.nombre,
            x.forma,
            math.ceil(bienes[id].peso_g),
            bienes[id].bienes + (x.porte.monto if x.porte else cero()),
        )
        for id, x in cuenta.elegidos.items()
    ]
    if not any(x.forma is not None and x.forma.contra_entrega for x in envios):
        return None
    antes = [x.opcion.titulo for x in vista.lineas if x.opcion.producto.modalidad == Modalidad.SERVICIO]
    antes += [_("lo de %(vendedor)s") % {"vendedor": x.nombre} for x in envios if not se_acepta([x])]
    if antes:
        texto = _("Esto se paga antes: %(que)s. Lo demás puede pagarlo al recibir si lo compra aparte.")
        return texto % {"que": ", ".join(antes)}
    destino = municipio_ine if cuenta.lugar else ""
    return por_que_no(sesion, parte_de_persona(sesion, actor.persona_id).id, envios, destino)


def _elegidas(compra: Hoja[Any]) -> dict[UUID, FormaDeEntrega]:
    """How each seller's goods are received, as the sheet says now."""
    elegidas: dict[UUID, FormaDeEntrega] = {}
    for n in compra.filas("formas"):
        try:
            vendedor_id = UUID(compra.valores.get(f"formas.{n}.vendedor_id", ""))
            elegidas[vendedor_id] = FormaDeEntrega(compra.valores.get(f"formas.{n}.forma", ""))
        except ValueError:
            continue  # nobody chose it yet
    return elegidas


def _para_quien(sesion: Session, actor: Actor, saldo: Money) -> list[tuple[str, str, str]]:
    """The person, then the units that they may buy for, each with what it can pay."""
    quienes = [("", _("Para mí"), saldo)]
    for unidad in unidades_que_compran(sesion, actor):
        cuenta = cuenta_de_unidad(sesion, unidad.id, TipoCuenta.COMERCIO)
        quienes.append((str(unidad.id), unidad.nombre, saldo_disponible(sesion, cuenta)))
    return [(v, n, _("Puede pagar hasta %(s)s") % {"s": formato_bs(s)}) for v, n, s in quienes]


def _titular(sesion: Session, request: Request, actor: Actor) -> Titular:
    titular = titular_de(sesion, request, actor)
    assert titular is not None
    return titular


def _valores_de(sesion: Session, actor: Actor, direccion: UUID | None) -> dict[str, str]:
    """What the form starts with: that address of theirs, where the last purchase went, or what is known of
    the person."""
    assert actor.persona_id is not None
    guardada = direccion_de(sesion, actor, direccion) if direccion else None
    ultima = guardada or ultima_compra(sesion, actor.persona_id)
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
