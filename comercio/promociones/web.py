"""Pages of who sells: their promotions and coupons."""

import re
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.catalogo import LINEAS_MAXIMAS, Opcion, QueVariantes, opciones_por_id, variantes_de
from comercio.promociones.consultas import cupones_de, promociones_de, rebaja_algo, variantes_de_promociones
from comercio.promociones.crear import dar_cupon, mover_cupon, mover_promocion, promover
from comercio.promociones.estados import EstadoPromocion
from comercio.promociones.formularios import (
    CUPON,
    PASO,
    PROMOCION,
    HojaDeCuponNuevo,
    HojaDePaso,
    HojaDePromocion,
)
from comercio.promociones.modelos import Cupon, Promocion
from comercio.promociones.presentar import cuanto_menos, situacion
from comercio.vendedores import mesa_de
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import cero
from nucleo.formularios import Hoja
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/vender")
POR_PAGINA = 20
_QUEDO = {
    EstadoPromocion.ACTIVA: _l("Vale otra vez en sus días."),
    EstadoPromocion.PAUSADA: _l("En pausa: no rebaja hasta que toque «Seguir»."),
    EstadoPromocion.TERMINADA: _l("Terminó: no rebaja más."),
}
_ES_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
DEL_CUPON = "cupon"  # two forms of the page ask for the same things


@router.get("/promociones")
def ver_promociones(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: str = "",
    cursor: UnCursor = None,
    cupones: UnCursor = None,
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """`q`: of which products, by their title or code, one would choose some."""
    return _pagina(request, sesion, actor, unidad, None, (cursor, cupones), q)


@router.post("/promociones")
def crear_promocion(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePromocion
) -> Response:
    """Pressed twice, it is one."""
    with hoja:
        hecha = promover(sesion, actor, hoja.datos.nueva(), hoja.id)
        aviso = _("Promoción creada: rebaja los precios en sus días y termina sola.")
        if not rebaja_algo(sesion, hecha):
            aviso = _("Promoción creada, pero hoy no rebaja nada: todo lo suyo cuesta eso o menos.")
        return redirigir(f"/vender/promociones?unidad={hoja.datos.unidad_id}", aviso)
    return _pagina(request, sesion, actor, hoja.valores.get("unidad_id", ""), hoja)


@router.post("/promociones/{promocion_id}/estado")
def cambiar_promocion(
    request: Request,
    promocion_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDePaso,
    unidad: str = "",
) -> Response:
    """Pause it, take it up again or end it."""
    with hoja:
        hecha = mover_promocion(sesion, actor, promocion_id, hoja.datos.estado)
        aviso = str(_QUEDO[EstadoPromocion(hecha.estado)])
        return redirigir(f"/vender/promociones?unidad={hecha.vendedor_id}", aviso)
    return _pagina(request, sesion, actor, unidad, hoja)


@router.post("/cupones")
def crear_cupon(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCuponNuevo) -> Response:
    """Pressed twice, it is one."""
    with hoja:
        hecho = dar_cupon(sesion, actor, hoja.datos, hoja.id)
        aviso = _("Cupón %(codigo)s creado: repártalo.") % {"codigo": hecho.codigo}
        return redirigir(f"/vender/promociones?unidad={hecho.vendedor_id}", aviso)
    hoja.de = DEL_CUPON
    return _pagina(request, sesion, actor, hoja.valores.get("unidad_id", ""), hoja)


@router.post("/cupones/{cupon_id}/estado")
def cambiar_cupon(
    request: Request,
    cupon_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDePaso,
    unidad: str = "",
) -> Response:
    """Pause it, take it up again or end it."""
    with hoja:
        hecho = mover_cupon(sesion, actor, cupon_id, hoja.datos.estado)
        aviso = str(_QUEDO[EstadoPromocion(hecho.estado)])
        return redirigir(f"/vender/promociones?unidad={hecho.vendedor_id}", aviso)
    return _pagina(request, sesion, actor, unidad, hoja)


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad: str,
    hoja: Hoja[Any] | None = None,
    cursores: tuple[str | None, str | None] = (None, None),
    q: str = "",
) -> Response:
    """`cursores`: where each of the two lists begins."""
    mesa = mesa_de(request, sesion, actor, unidad, hoja)
    if isinstance(mesa, Response):
        return mesa
    promociones, mas_promociones = promociones_de(
        sesion, mesa.tienda.id, CursorPedido(cursores[0], POR_PAGINA)
    )
    cupones, mas_cupones = cupones_de(sesion, mesa.tienda.id, CursorPedido(cursores[1], POR_PAGINA))
    aqui = f"/vender/promociones?unidad={mesa.tienda.id}"
    de_cuales = variantes_de_promociones(sesion, [p.id for p in promociones])
    opciones = variantes_de(sesion, mesa.tienda.id, QueVariantes(q=q))
    marcadas = _marcadas(sesion, mesa.tienda.id, hoja)
    vistas = {o.id for o in marcadas}
    ahora = ahora_bd(sesion)
    comunes = {
        "unidad_id": mesa.tienda.id,
        "desde": fecha_bolivia(ahora).isoformat(),
        "clase": "porcentaje",
    }
    return pagina(
        request,
        "comercio/promociones/promociones.html",
        hoja=hoja,
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        promociones=[(p, len(de_cuales[p.id]), *_como_esta(request, p, ahora)) for p in promociones],
        cupones=[(c, *_como_esta(request, c, ahora)) for c in cupones],
        mas_promociones=f"{aqui}&cursor={mas_promociones}#promociones" if mas_promociones else None,
        mas_cupones=f"{aqui}&cupones={mas_cupones}#cupones" if mas_cupones else None,
        opciones=[*marcadas, *(o for o in opciones[:LINEAS_MAXIMAS] if o.id not in vistas)],
        de_mas=len(opciones) > LINEAS_MAXIMAS,
        marcadas=vistas,
        q=q,
        promocion=PROMOCION.mostrar(request, comunes | {"alcance": "tienda"}, enviada=hoja),
        cupon=CUPON.mostrar(request, comunes | {"usos": 100}, enviada=hoja, de=DEL_CUPON),
        cuanto_menos=cuanto_menos,
        cero=cero(),
    )


def _marcadas(sesion: Session, tienda_id: UUID, hoja: Hoja[Any] | None) -> list[Opcion]:
    """Those of the shop that were ticked on a sheet that was refused, wherever they were found."""
    escritas = [v for n, v in hoja.valores.items() if n.startswith("elegidas.")] if hoja is not None else []
    ids = [UUID(v) for v in escritas[:LINEAS_MAXIMAS] if _ES_ID.fullmatch(v)]
    opciones = opciones_por_id(sesion, ids).values()
    return [o for o in opciones if o.variante.vendedor_id == tienda_id]


def _como_esta(
    request: Request, fila: Promocion | Cupon, ahora: datetime
) -> tuple[tuple[str, str], list[tuple[str, str, Hoja[Any]]]]:
    """How it stands, and what its seller may do with it now: words, tone of the button, its form."""
    if fila.estado == EstadoPromocion.TERMINADA or fila.hasta <= ahora:
        return situacion(fila, ahora), []
    pausada = fila.estado == EstadoPromocion.PAUSADA
    pasos = [
        (EstadoPromocion.ACTIVA, _("Seguir")) if pausada else (EstadoPromocion.PAUSADA, _("Pausar")),
        (EstadoPromocion.TERMINADA, _("Terminar")),
    ]
    return situacion(fila, ahora), [
        (
            texto,
            "peligro" if a == EstadoPromocion.TERMINADA else "secundario",
            PASO.mostrar(request, {"estado": a}, de=f"{fila.id}-{a}"),
        )
        for a, texto in pasos
    ]
