"""Pages of who sells: what they sold over time and by product, and the money of each order."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.catalogo import en_medida
from comercio.comprometidos import contar_deudas
from comercio.panel.consultas import cuenta_de_la_tienda, resumen_vendedor
from comercio.panel.cuentas import (
    DIAS_MAXIMOS,
    cada_cuanto,
    cuentas,
    estado_en_csv,
    liquidadas,
    productos_en_csv,
    tiempo_en_csv,
    vendido_por_producto,
    vendido_por_tiempo,
)
from comercio.vendedores import mesa_de
from nucleo.bd import Sesion
from nucleo.dinero import cero
from nucleo.graficos import barras
from nucleo.lectores import Fecha
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina

router = APIRouter(prefix="/vender")
DIAS = 30
Dia = Fecha | None


class Que(StrEnum):
    VENTAS = "ventas"
    PRODUCTOS = "productos"
    ESTADO = "estado-de-cuenta"


@router.get("/ventas")
def ver_ventas(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: str = "",
    desde: Dia = None,
    hasta: Dia = None,
) -> Response:
    """What was sold in some days, the last thirty unless told: over time and by product."""
    mesa = mesa_de(request, sesion, actor, unidad)
    if isinstance(mesa, Response):
        return mesa
    inicio, fin = _dias(sesion, desde, hasta)
    tiempo = vendido_por_tiempo(sesion, mesa.tienda.id, inicio, fin)
    formato = {"day": "d/M", "week": "d/M", "month": "MMM y"}[cada_cuanto(inicio, fin)]
    puntos = [(filtro_fecha(v.desde, formato), v.vendido) for v in tiempo]
    return pagina(
        request,
        "comercio/panel/ventas.html",
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        **_comunes(inicio, fin),
        tiempo=tiempo,
        grafico=barras(_("Vendido, en bolivianos"), puntos) if tiempo else "",
        vendido=sum((v.vendido for v in tiempo), cero()),
        pedidos=sum(v.pedidos for v in tiempo),
        productos=vendido_por_producto(sesion, mesa.tienda.id, inicio, fin),
        en_medida=en_medida,
    )


@router.get("/dinero")
def ver_dinero(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: str = "",
    desde: Dia = None,
    hasta: Dia = None,
    cursor: UnCursor = None,
) -> Response:
    """The money of each order: what was paid, given back, kept as commission, earned and settled."""
    mesa = mesa_de(request, sesion, actor, unidad)
    if isinstance(mesa, Response):
        return mesa
    inicio, fin = _dias(sesion, desde, hasta)
    lista, siguiente = cuentas(sesion, mesa.tienda.id, CursorPedido(cursor, 20))
    hechas = liquidadas(sesion, mesa.tienda.id, inicio, fin)
    return pagina(
        request,
        "comercio/panel/dinero.html",
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        **_comunes(inicio, fin),
        resumen=resumen_vendedor(sesion, mesa.tienda.id),
        cuenta=cuenta_de_la_tienda(sesion, actor, mesa.tienda.id),
        liquidado=sum((x.liquidado for x in hechas), cero()),
        cuantas=len({x.pedido_id for x in hechas}),
        deben=contar_deudas(sesion, mesa.tienda.id),
        lista=lista,
        siguiente=f"/vender/dinero?unidad={mesa.tienda.id}&cursor={siguiente}" if siguiente else None,
    )


@router.get("/{que}.csv")
def bajar(
    request: Request,
    que: Que,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: str = "",
    desde: Dia = None,
    hasta: Dia = None,
) -> Response:
    """What the pages show, as a file."""
    mesa = mesa_de(request, sesion, actor, unidad)
    if isinstance(mesa, Response):
        return mesa
    inicio, fin = _dias(sesion, desde, hasta)
    if que is Que.VENTAS:
        contenido = tiempo_en_csv(vendido_por_tiempo(sesion, mesa.tienda.id, inicio, fin))
    elif que is Que.PRODUCTOS:
        contenido = productos_en_csv(vendido_por_producto(sesion, mesa.tienda.id, inicio, fin))
    else:
        contenido = estado_en_csv(liquidadas(sesion, mesa.tienda.id, inicio, fin))
    nombre = f"{que}-{mesa.tienda.numero}-{inicio:%Y%m%d}-{fin:%Y%m%d}.csv"
    return Response(
        contenido,
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{nombre}"',
            "Cache-Control": "private, no-store",
        },
    )


def _dias(sesion: Session, desde: date | None, hasta: date | None) -> tuple[date, date]:
    """The days asked for, a year at most; the last thirty without them."""
    fin = hasta or fecha_bolivia(ahora_bd(sesion))
    inicio = min(desde or fin - timedelta(days=DIAS - 1), fin)
    return max(inicio, fin - timedelta(days=DIAS_MAXIMOS - 1)), fin


def _comunes(inicio: date, fin: date) -> dict[str, Any]:
    return {"desde": inicio, "hasta": fin, "rango": f"desde={inicio}&hasta={fin}"}
