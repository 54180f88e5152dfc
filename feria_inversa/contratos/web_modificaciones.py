"""The modifications of an order, by its page: the entity proposes one, the supplier signs it or does not."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from feria_inversa.contratos.consultas import lineas_de_orden
from feria_inversa.contratos.esquemas import LineaModificada, ModificacionEntrada
from feria_inversa.contratos.formularios import HojaDeModificacion
from feria_inversa.contratos.modificaciones import (
    firmar_modificacion,
    proponer_modificacion,
    rechazar_modificacion,
    retirar_modificacion,
)
from feria_inversa.contratos.vistas import pagina_de_orden
from feria_inversa.procesos import HojaDePaso
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos
from nucleo.lectores import NumeroDeRuta
from nucleo.textos import gettext as _
from nucleo.web import redirigir

router = APIRouter(prefix="/ordenes-de-compra/{orden_id}/modificaciones")


@router.post("", response_model=None)
def proponer(
    request: Request, orden_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeModificacion
) -> HTMLResponse | RedirectResponse:
    with hoja:
        numeros = {linea.numero for linea in lineas_de_orden(sesion, orden_id)}
        filas = [
            (numero, fila.cantidad)
            for numero, fila in zip(hoja.filas("lineas"), hoja.datos.lineas, strict=True)
            if numero in numeros
        ]
        if any(cantidad <= 0 for _numero, cantidad in filas):
            raise DatosInvalidos(_("Una línea no se quita: escriba una cantidad mayor que cero."))
        lineas = [LineaModificada(numero=numero, cantidad=cantidad) for numero, cantidad in filas]
        datos = ModificacionEntrada(dias=hoja.datos.dias, lineas=lineas, motivo=hoja.datos.motivo)
        proponer_modificacion(sesion, actor, orden_id, datos, hoja.id)
        aviso = _("Propuso la modificación: rige cuando la firme el proveedor.")
        return redirigir(f"/ordenes-de-compra/{orden_id}", aviso)
    return pagina_de_orden(request, sesion, actor, orden_id, hoja)


@router.post("/{numero}/firma", response_model=None)
def firmar(
    request: Request,
    orden_id: UUID,
    numero: NumeroDeRuta,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDePaso,
) -> HTMLResponse | RedirectResponse:
    with hoja:
        firmar_modificacion(sesion, actor, orden_id, numero)
        return redirigir(f"/ordenes-de-compra/{orden_id}", _("Firmó la modificación: ya rige."))
    return pagina_de_orden(request, sesion, actor, orden_id, hoja)


@router.post("/{numero}/rechazo", response_model=None)
def rechazar(
    request: Request,
    orden_id: UUID,
    numero: NumeroDeRuta,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDePaso,
) -> HTMLResponse | RedirectResponse:
    with hoja:
        rechazar_modificacion(sesion, actor, orden_id, numero)
        return redirigir(f"/ordenes-de-compra/{orden_id}", _("No la firmó: la orden queda como estaba."))
    return pagina_de_orden(request, sesion, actor, orden_id, hoja)


@router.post("/{numero}/retiro", response_model=None)
def retirar(
    request: Request,
    orden_id: UUID,
    numero: NumeroDeRuta,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDePaso,
) -> HTMLResponse | RedirectResponse:
    with hoja:
        retirar_modificacion(sesion, actor, orden_id, numero)
        return redirigir(f"/ordenes-de-compra/{orden_id}", _("La retiró: la orden queda como estaba."))
    return pagina_de_orden(request, sesion, actor, orden_id, hoja)
