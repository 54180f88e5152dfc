"""Acts upon an order in force, by its page: deliver, receive, pay, end it before its time."""

from collections.abc import Collection
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from feria_inversa.contratos.consultas import entregas_de, lineas_de_entrega, lineas_de_orden
from feria_inversa.contratos.entregas import entregar, recibir
from feria_inversa.contratos.esquemas import EntregaEntrada, LineaDeEntrega, RecepcionEntrada
from feria_inversa.contratos.formularios import (
    EntregaDePagina,
    HojaDeEntrega,
    HojaDePago,
    HojaDeRecepcion,
    HojaDeResolucion,
    RecepcionDePagina,
)
from feria_inversa.contratos.pagos import pagar
from feria_inversa.contratos.resolucion import resolver_orden
from feria_inversa.contratos.vistas import pagina_de_orden
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.lectores import NumeroDeRuta
from nucleo.textos import gettext as _
from nucleo.web import redirigir

router = APIRouter(prefix="/ordenes-de-compra/{orden_id}")


def _lineas(
    hoja: Hoja[EntregaDePagina] | Hoja[RecepcionDePagina], numeros: Collection[int]
) -> list[LineaDeEntrega]:
    """The rows of the form go by the number of the line."""
    filas = zip(hoja.filas("lineas"), hoja.datos.lineas, strict=True)
    return [
        LineaDeEntrega(numero=numero, cantidad=fila.cantidad) for numero, fila in filas if numero in numeros
    ]


@router.post("/entregas", response_model=None)
def anotar_entrega(
    request: Request, orden_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeEntrega
) -> HTMLResponse | RedirectResponse:
    with hoja:
        lineas = _lineas(hoja, {linea.numero for linea in lineas_de_orden(sesion, orden_id)})
        if not lineas:
            raise DatosInvalidos(_("Diga cuánto entrega de al menos un ítem."))
        entregar(sesion, actor, orden_id, EntregaEntrada(lineas=lineas, nota=hoja.datos.nota), hoja.id)
        aviso = _("Anotó la entrega: espera la conformidad de la entidad.")
        return redirigir(f"/ordenes-de-compra/{orden_id}", aviso)
    return pagina_de_orden(request, sesion, actor, orden_id, hoja)


@router.post("/entregas/{numero}/recepcion", response_model=None)
def recibir_entrega(
    request: Request,
    orden_id: UUID,
    numero: NumeroDeRuta,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeRecepcion,
) -> HTMLResponse | RedirectResponse:
    """A line that was left empty is not received."""
    with hoja:
        por_linea = {linea.id: linea.numero for linea in lineas_de_orden(sesion, orden_id)}
        numeros = {
            por_linea[fila.linea_id]
            for entrega in entregas_de(sesion, orden_id)
            if entrega.numero == numero
            for fila in lineas_de_entrega(sesion, entrega.id)
        }
        lineas = _lineas(hoja, numeros)
        dichas = {linea.numero for linea in lineas}
        lineas += [LineaDeEntrega(numero=n, cantidad=0) for n in sorted(numeros - dichas)]
        datos = hoja.datos
        recibir(
            sesion,
            actor,
            orden_id,
            numero,
            RecepcionEntrada(
                lineas=lineas, motivo=datos.motivo, llego_el=datos.llego_el, multar=datos.multar
            ),
        )
        return redirigir(f"/ordenes-de-compra/{orden_id}", _("La recepción quedó registrada."))
    return pagina_de_orden(request, sesion, actor, orden_id, hoja)


@router.post("/pagos", response_model=None)
def pagar_orden(
    request: Request, orden_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePago
) -> HTMLResponse | RedirectResponse:
    with hoja:
        pagar(sesion, actor, orden_id, hoja.datos, hoja.id)
        return redirigir(f"/ordenes-de-compra/{orden_id}", _("El pago quedó registrado."))
    return pagina_de_orden(request, sesion, actor, orden_id, hoja)


@router.post("/resolucion", response_model=None)
def resolver(
    request: Request, orden_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeResolucion
) -> HTMLResponse | RedirectResponse:
    with hoja:
        resolver_orden(sesion, actor, orden_id, hoja.datos.motivo)
        return redirigir(f"/ordenes-de-compra/{orden_id}", _("Resolvió la orden. Lo recibido se paga."))
    return pagina_de_orden(request, sesion, actor, orden_id, hoja)
