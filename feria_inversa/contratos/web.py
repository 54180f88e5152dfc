"""Pages of the purchase orders: one's own, and each with what may be done about it."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorOpcional, ActorRequerido
from empresa_digital.registro import unidades_en_lote
from feria_inversa.contratos import web_ejecucion, web_garantias, web_modificaciones
from feria_inversa.contratos.aceptacion import aceptar_orden, rechazar_orden
from feria_inversa.contratos.consultas import mis_ordenes, por_firmar
from feria_inversa.contratos.estados import nombre_estado_orden, tono_orden
from feria_inversa.contratos.formularios import HojaDeAceptacion, HojaDeRechazo
from feria_inversa.contratos.historial import historiales_de, ordenes_del_proveedor, proveedor_publico
from feria_inversa.contratos.pagos import por_pagar
from feria_inversa.contratos.vistas import pagina_de_orden
from nucleo.bd import Sesion
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter()
POR_PAGINA = 20


@router.get("/ordenes-de-compra")
def ordenes(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    ver: Literal["", "en_curso"] = "",
    cursor: UnCursor = None,
) -> HTMLResponse:
    """What my units ordered, and what was ordered from them; what is under way, by when its term ends."""
    en_curso = ver == "en_curso"
    filas, siguiente = mis_ordenes(sesion, actor, CursorPedido(cursor, POR_PAGINA), en_curso=en_curso)
    todas, suyas = "/ordenes-de-compra", "/ordenes-de-compra?ver=en_curso"
    unidades = [unidad for orden, _c in filas for unidad in (orden.unidad_id, orden.proveedor_id)]
    return pagina(
        request,
        "feria_inversa/contratos/ordenes.html",
        filas=filas,
        pestanas=[(_("En curso"), suyas), (_("Todas"), todas)],
        ver=suyas if en_curso else todas,
        siguiente=f"{suyas}&cursor={siguiente}"
        if siguiente and en_curso
        else f"{todas}?cursor={siguiente}"
        if siguiente
        else None,
        por_pagar=por_pagar,
        ahora=ahora_bd(sesion),
        por_firmar=por_firmar(sesion, [orden.id for orden, _c in filas]),
        unidades=unidades_en_lote(sesion, unidades),
        nombre_estado_orden=nombre_estado_orden,
        tono_orden=tono_orden,
    )


@router.get("/ordenes-de-compra/{orden_id}", dependencies=[Depends(publico)])
def orden_de_compra(request: Request, orden_id: UUID, sesion: Sesion, actor: ActorOpcional) -> HTMLResponse:
    return pagina_de_orden(request, sesion, actor, orden_id)


@router.get("/feria/proveedores/{numero}", dependencies=[Depends(publico)])
def proveedor(request: Request, numero: str, sesion: Sesion, cursor: UnCursor = None) -> HTMLResponse:
    """The record of a supplier, and each order from which it is read."""
    unidad = proveedor_publico(sesion, numero)
    filas, siguiente = ordenes_del_proveedor(sesion, unidad.id, CursorPedido(cursor, POR_PAGINA))
    return pagina(
        request,
        "feria_inversa/contratos/proveedor.html",
        unidad=unidad,
        historial=historiales_de(sesion, [unidad.id])[unidad.id],
        filas=filas,
        entidades=unidades_en_lote(sesion, [orden.unidad_id for orden, _titulo in filas]),
        nombre_estado_orden=nombre_estado_orden,
        tono_orden=tono_orden,
        siguiente=f"/feria/proveedores/{unidad.numero}?cursor={siguiente}" if siguiente else None,
    )


@router.post("/ordenes-de-compra/{orden_id}/aceptacion", response_model=None)
def aceptar(
    request: Request, orden_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeAceptacion
) -> HTMLResponse | RedirectResponse:
    with hoja:
        aceptar_orden(sesion, actor, orden_id, garantia_entregada=hoja.datos.garantia_entregada)
        return redirigir(f"/ordenes-de-compra/{orden_id}", _("Aceptó la orden: obliga a las dos partes."))
    return pagina_de_orden(request, sesion, actor, orden_id, hoja)


@router.post("/ordenes-de-compra/{orden_id}/rechazo", response_model=None)
def rechazar(
    request: Request, orden_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRechazo
) -> HTMLResponse | RedirectResponse:
    with hoja:
        rechazar_orden(sesion, actor, orden_id, hoja.datos.motivo)
        aviso = _("No aceptó la orden: los ítems se deciden de nuevo.")
        return redirigir(f"/ordenes-de-compra/{orden_id}", aviso)
    return pagina_de_orden(request, sesion, actor, orden_id, hoja)


router.include_router(web_ejecucion.router)
router.include_router(web_garantias.router)
router.include_router(web_modificaciones.router)
