"""Pages of offers held: asking for one, those of an entity, those that a seller was asked for."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.catalogo import detalle_de_producto, medida, rebajada_de
from comercio.evidencias import entidades_de, lista_de_entidades
from comercio.sostenidas import sostener
from comercio.sostenidas.consentir import consentir
from comercio.sostenidas.consultas import (
    consentimiento_de,
    cuantas_por_responder,
    ofertas_de,
    precios_de_hoy,
)
from comercio.sostenidas.esquemas import ConsentimientoDeOfertas, OfertaPedida
from comercio.sostenidas.estados import VIVAS
from comercio.sostenidas.formularios import (
    ABANDONO,
    CONSENTIMIENTO,
    PEDIDO,
    RESPUESTA,
    HojaDeAbandono,
    HojaDeConsentimiento,
    HojaDePedido,
    HojaDeRespuesta,
)
from comercio.sostenidas.usos import usos_de
from comercio.vendedores import mesa_de, tiendas_de
from empresa_digital.registro import CON_LO_SUYO
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.formularios import Hoja
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
POR_PAGINA = 25


@router.get("/productos/{producto_id}/sostener")
def preparar(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido, busqueda: UUID | None = None
) -> Response:
    return _pagina_de_pedido(request, sesion, actor, producto_id, busqueda)


@router.post("/productos/{producto_id}/sostener")
def pedir(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePedido
) -> Response:
    with hoja:
        d = hoja.datos
        pedida = OfertaPedida(
            unidad_id=d.unidad_id,
            producto_id=d.variante_id or producto_id,
            cantidad=d.cantidad,
            dias=d.dias,
            busqueda_id=d.busqueda_id,
        )
        oferta = sostener.pedir(sesion, actor, pedida, hoja.id)
        aviso = (
            _("Le sostienen el precio: la cantidad está apartada.")
            if oferta.sostenida_en
            else _("Pedido a quien vende: le avisaremos qué responde.")
        )
        return redirigir(f"/ofertas-sostenidas?unidad={d.unidad_id}", aviso)
    return _pagina_de_pedido(request, sesion, actor, producto_id, None, hoja)


def _pagina_de_pedido(
    request: Request,
    sesion: Session,
    actor: Actor,
    producto_id: UUID,
    busqueda: UUID | None,
    hoja: Hoja[Any] | None = None,
) -> Response:
    detalle = detalle_de_producto(sesion, producto_id, actor)
    entidades = entidades_de(sesion, actor)
    valores: dict[str, Any] = {"busqueda_id": busqueda or "", "dias": 7}
    if len(entidades) == 1:
        valores["unidad_id"] = entidades[0].id
    variantes = [(str(o.id), f"{o.nombre or o.titulo} · {formato_bs(o.rebajado)}") for o in detalle.opciones]
    return pagina(
        request,
        "comercio/sostenidas/pedir.html",
        hoja=hoja,
        producto=detalle.producto,
        rebajada=rebajada_de(detalle.opciones),
        varias=len(variantes) > 1,
        entidades=entidades,
        medida=medida,
        pedido=PEDIDO.mostrar(
            request,
            valores,
            enviada=hoja,
            opciones={"unidad_id": lista_de_entidades(entidades), "variante_id": variantes},
        ),
    )


@router.get("/ofertas-sostenidas")
def de_la_entidad(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: UUID | None = None,
    cursor: UnCursor = None,
) -> Response:
    return _pagina_de_entidad(request, sesion, actor, unidad, cursor)


@router.post("/ofertas-sostenidas/{oferta_id}/abandono")
def dejar(
    request: Request,
    oferta_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeAbandono,
    unidad: UUID | None = None,
) -> Response:
    with hoja:
        oferta = sostener.dejar(sesion, actor, oferta_id)
        return redirigir(f"/ofertas-sostenidas?unidad={oferta.entidad_id}", _("La dejó: vuelve a la venta."))
    return _pagina_de_entidad(request, sesion, actor, unidad, None, hoja)


def _pagina_de_entidad(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad: UUID | None,
    cursor: str | None,
    hoja: Hoja[Any] | None = None,
) -> Response:
    entidades = entidades_de(sesion, actor, CON_LO_SUYO)
    entidad = next((u for u in entidades if u.id == unidad), entidades[0] if entidades else None)
    filas, siguiente = (
        ofertas_de(sesion, actor, entidad.id, CursorPedido(cursor, POR_PAGINA), vende=False)
        if entidad
        else ([], None)
    )
    usos = usos_de(sesion, filas)
    return pagina(
        request,
        "comercio/sostenidas/de_entidad.html",
        hoja=hoja,
        entidades=entidades,
        entidad=entidad,
        medida=medida,
        hoy=precios_de_hoy(sesion, filas),
        usos=usos,
        ofertas=[
            (
                o,
                ABANDONO.mostrar(request, {}, de=str(o.id))
                if o.estado in VIVAS and not (o.id in usos and usos[o.id].ocupada)
                else None,
            )
            for o in filas
        ],
        siguiente=f"/ofertas-sostenidas?unidad={entidad.id}&cursor={siguiente}"
        if entidad and siguiente
        else None,
    )


@router.get("/vender/ofertas-sostenidas")
def del_vendedor(
    request: Request, sesion: Sesion, actor: ActorRequerido, unidad: str = "", cursor: UnCursor = None
) -> Response:
    return _pagina_de_vendedor(request, sesion, actor, unidad, cursor)


@router.post("/vender/ofertas-sostenidas/{oferta_id}/respuesta")
def responder(
    request: Request,
    oferta_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeRespuesta,
    unidad: str = "",
) -> Response:
    with hoja:
        d = hoja.datos
        oferta = sostener.responder(sesion, actor, oferta_id, sostener=d.sostener, motivo=d.motivo)
        aviso = _("La sostiene: la cantidad está apartada.") if d.sostener else _("Respondió que no.")
        return redirigir(f"/vender/ofertas-sostenidas?unidad={oferta.vendedor_id}", aviso)
    return _pagina_de_vendedor(request, sesion, actor, unidad, None, hoja)


@router.post("/vender/ofertas-sostenidas/consentimiento")
def fijar_consentimiento(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeConsentimiento
) -> Response:
    with hoja:
        d = hoja.datos
        datos = ConsentimientoDeOfertas(dias=d.dias, importe_maximo=d.importe_maximo)
        consentir(sesion, actor, d.unidad_id, datos)
        aviso = _("Guardado: se le preguntará cada vez.") if d.dias is None else _("Guardado.")
        return redirigir(f"/vender/ofertas-sostenidas?unidad={d.unidad_id}", aviso)
    return _pagina_de_vendedor(request, sesion, actor, hoja.valores.get("unidad_id", ""), None, hoja)


def _pagina_de_vendedor(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad: str,
    cursor: str | None,
    hoja: Hoja[Any] | None = None,
) -> Response:
    mesa = mesa_de(request, sesion, actor, unidad or _la_que_espera(sesion, actor), hoja)
    if isinstance(mesa, Response):
        return mesa
    filas, siguiente = ofertas_de(sesion, actor, mesa.tienda.id, CursorPedido(cursor, POR_PAGINA), vende=True)
    dado = consentimiento_de(sesion, mesa.tienda.id)
    valores: dict[str, Any] = {"unidad_id": mesa.tienda.id}
    if dado is not None:
        valores |= {"dias": dado.dias, "importe_maximo": dado.importe_maximo}
    return pagina(
        request,
        "comercio/sostenidas/del_vendedor.html",
        hoja=hoja,
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        medida=medida,
        hoy=precios_de_hoy(sesion, filas),
        ofertas=[
            (o, RESPUESTA.mostrar(request, enviada=hoja, de=str(o.id)) if o.estado == "pedida" else None)
            for o in filas
        ],
        consentimiento=CONSENTIMIENTO.mostrar(request, valores, enviada=hoja),
        siguiente=f"/vender/ofertas-sostenidas?unidad={mesa.tienda.id}&cursor={siguiente}"
        if siguiente
        else None,
    )


def _la_que_espera(sesion: Session, actor: Actor) -> str:
    """Of the units that one sells for, the first of which an entity waits for an answer; of none, nothing."""
    suyas = tiendas_de(sesion, actor)
    esperan = cuantas_por_responder(sesion, [u.id for u in suyas])
    return next((u.numero for u in suyas if u.id in esperan), "")
