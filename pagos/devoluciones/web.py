"""Pages of refunds."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.formularios import Hoja
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos.devoluciones import devoluciones
from pagos.devoluciones.formularios import DEVOLUCION, HojaDeDevolucion
from pagos.libro import nombres_de_cuentas

router = APIRouter(tags=["pagos de empresas"])


@router.get("/comprobantes/{transferencia_id}/devolver")
def formulario(request: Request, transferencia_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _formulario(request, sesion, actor, transferencia_id)


def _formulario(
    request: Request,
    sesion: Session,
    actor: Actor,
    transferencia_id: UUID,
    hoja: Hoja[Any] | None = None,
) -> Response:
    pago = devoluciones.pago_recibido(sesion, actor, transferencia_id)
    debito = pago.transferencia.debito
    return pagina(
        request,
        "pagos/devoluciones/devolver.html",
        hoja=hoja,
        pago=pago,
        pagador=nombres_de_cuentas(sesion, {debito}).get(debito, ""),
        hechas=devoluciones.devoluciones_de(sesion, transferencia_id),
        abierta=pago.saldo.amount > 0 and ahora_bd(sesion) <= pago.hasta,
        devolucion=DEVOLUCION.mostrar(request, {"saldo_reembolsable": pago.saldo}, enviada=hoja),
    )


@router.post("/comprobantes/{transferencia_id}/devolver")
def devolver(
    request: Request,
    transferencia_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeDevolucion,
) -> Response:
    """Give back. The form carries the balance that the person saw."""
    with hoja:
        datos = hoja.datos
        hecha = devoluciones.devolver(
            sesion,
            actor,
            id=hoja.id,
            transferencia_id=transferencia_id,
            monto=datos.monto,
            saldo_visto=datos.saldo_reembolsable,
            nota=datos.nota,
        )
        texto = _("Devolvió %(monto)s.") % {"monto": formato_bs(hecha.monto)}
        return redirigir(f"/comprobantes/{transferencia_id}/devolver", texto)
    return _formulario(request, sesion, actor, transferencia_id, hoja)
