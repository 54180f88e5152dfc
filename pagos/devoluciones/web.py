"""Pages of refunds."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs, leer_monto
from nucleo.errores import ErrorDominio
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos.devoluciones import devoluciones
from pagos.libro import nombres_de_cuentas

router = APIRouter(tags=["pagos de empresas"])


@router.get("/comprobantes/{transferencia_id}/devolver")
def formulario(request: Request, transferencia_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _formulario(request, sesion, actor, transferencia_id, nuevo_id(), {}, {})


def _formulario(
    request: Request,
    sesion: Session,
    actor: Actor,
    transferencia_id: UUID,
    id: UUID,
    valores: dict[str, str],
    errores: dict[str, str],
    estado: int = 200,
) -> Response:
    pago = devoluciones.pago_recibido(sesion, actor, transferencia_id)
    debito = pago.transferencia.debito
    return pagina(
        request,
        "pagos/devoluciones/devolver.html",
        estado=estado,
        pago=pago,
        pagador=nombres_de_cuentas(sesion, {debito}).get(debito, ""),
        hechas=devoluciones.devoluciones_de(sesion, transferencia_id),
        abierta=pago.saldo.amount > 0 and ahora_bd(sesion) <= pago.hasta,
        id=id,
        valores=valores,
        errores=errores,
    )


@router.post("/comprobantes/{transferencia_id}/devolver")
def devolver(
    request: Request,
    transferencia_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    id: Annotated[UUID, Form()],
    saldo: Annotated[str, Form(max_length=40)],
    monto: Annotated[str, Form(max_length=40)] = "",
    nota: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Give back. The form carries the balance that the person saw."""
    try:
        hecha = devoluciones.devolver(
            sesion,
            actor,
            id=id,
            transferencia_id=transferencia_id,
            monto=leer_monto(monto),
            saldo_visto=leer_monto(saldo),
            nota=nota,
        )
    except ErrorDominio as error:
        if error.estado in (403, 404, 503):
            raise
        sesion.rollback()
        errores = error.campos or {"monto": error.detalle}
        valores = {"monto": monto, "nota": nota}
        return _formulario(request, sesion, actor, transferencia_id, id, valores, errores, error.estado)
    texto = _("Devolvió %(monto)s.") % {"monto": formato_bs(hecha.monto)}
    return redirigir(f"/comprobantes/{transferencia_id}/devolver", texto)
