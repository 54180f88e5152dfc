"""The guarantees of an order, by its page: write one down, give it back, claim it, annul it."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from feria_inversa.contratos.formularios import HojaDeAnulacion, HojaDeEjecucion, HojaDeGarantia
from feria_inversa.contratos.garantias import (
    anular_garantia,
    devolver_garantia,
    ejecutar_garantia,
    registrar_garantia,
)
from feria_inversa.contratos.vistas import pagina_de_orden
from feria_inversa.procesos import HojaDePaso
from nucleo.bd import Sesion
from nucleo.lectores import NumeroDeRuta
from nucleo.textos import gettext as _
from nucleo.web import redirigir

router = APIRouter(prefix="/ordenes-de-compra/{orden_id}/garantias")


@router.post("", response_model=None)
def registrar(
    request: Request, orden_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeGarantia
) -> HTMLResponse | RedirectResponse:
    with hoja:
        registrar_garantia(sesion, actor, orden_id, hoja.datos, hoja.id)
        return redirigir(f"/ordenes-de-compra/{orden_id}", _("Anotó la garantía."))
    return pagina_de_orden(request, sesion, actor, orden_id, hoja)


@router.post("/{numero}/devolucion", response_model=None)
def devolver(
    request: Request,
    orden_id: UUID,
    numero: NumeroDeRuta,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDePaso,
) -> HTMLResponse | RedirectResponse:
    with hoja:
        devolver_garantia(sesion, actor, orden_id, numero)
        return redirigir(f"/ordenes-de-compra/{orden_id}", _("Anotó que devolvió la garantía."))
    return pagina_de_orden(request, sesion, actor, orden_id, hoja)


@router.post("/{numero}/ejecucion", response_model=None)
def ejecutar(
    request: Request,
    orden_id: UUID,
    numero: NumeroDeRuta,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeEjecucion,
) -> HTMLResponse | RedirectResponse:
    with hoja:
        ejecutar_garantia(sesion, actor, orden_id, numero, hoja.datos.motivo)
        return redirigir(f"/ordenes-de-compra/{orden_id}", _("Anotó que ejecutó la garantía."))
    return pagina_de_orden(request, sesion, actor, orden_id, hoja)


@router.post("/{numero}/anulacion", response_model=None)
def anular(
    request: Request,
    orden_id: UUID,
    numero: NumeroDeRuta,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeAnulacion,
) -> HTMLResponse | RedirectResponse:
    with hoja:
        anular_garantia(sesion, actor, orden_id, numero, hoja.datos.motivo)
        return redirigir(f"/ordenes-de-compra/{orden_id}", _("Anuló la garantía."))
    return pagina_de_orden(request, sesion, actor, orden_id, hoja)
