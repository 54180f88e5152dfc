"""JSON API of withdrawals, the banks they go to, and the commissions that anybody may read."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from ciudadania import ActorRequerido
from nucleo.actos import RESPUESTAS_202, Propuesto, respuesta_propuesto
from nucleo.bd import Sesion
from nucleo.dinero import bs
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import DecimalPlano
from nucleo.paginacion import Cursor, Pagina
from nucleo.web import publico
from pagos.libro import Operacion, calcular_comision, comision_vigente, id_de, reglas_de_comision
from pagos.retiros import retiros
from pagos.retiros.acto import pedir_o_proponer
from pagos.retiros.esquemas import (
    BancosVista,
    BancoVista,
    ComisionesVista,
    ComisionVista,
    CotizacionVista,
    NuevoRetiro,
    RetiroVista,
)

router = APIRouter(prefix="/api/v1", tags=["retiros"], route_class=RutaIdempotente)


@router.get("/bancos", dependencies=[Depends(publico)], responses=respuestas())
def listar_bancos(sesion: Sesion) -> BancosVista:
    """The banks that withdrawals may go to. Public."""
    return BancosVista(datos=[BancoVista(codigo=c, nombre=n) for c, n in retiros.bancos(sesion).items()])


@router.get("/comisiones", dependencies=[Depends(publico)], responses=respuestas())
def listar_comisiones(sesion: Sesion) -> ComisionesVista:
    """Every commission that rules, ruled or will rule, with its norm. Public."""
    return ComisionesVista(datos=[ComisionVista.de(r) for r in reglas_de_comision(sesion)])


@router.get("/comisiones/{operacion}", dependencies=[Depends(publico)], responses=respuestas(404))
def cotizar_comision(
    sesion: Sesion,
    operacion: Operacion,
    monto: Annotated[DecimalPlano, Query(gt=0, le=10_000_000, decimal_places=2, description="Bolivianos.")],
) -> CotizacionVista:
    """What an operation of this amount would pay now. Public."""
    comision = calcular_comision(bs(monto), comision_vigente(sesion, operacion))
    return CotizacionVista.de(operacion, bs(monto), comision)


@router.post(
    "/retiros",
    status_code=201,
    response_model=RetiroVista,
    responses=respuestas(404, 409, 412, 503) | RESPUESTAS_202,
)
def pedir_retiro(
    request: Request, pedido: NuevoRetiro, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> RetiroVista | Response:
    """Reserva el dinero y su comisión hasta que el banco confirme el abono.

    Si usted solo puede pagar junto con otros, queda esperando sus firmas (202).
    """
    id = id_de(request, actor)
    hecho = pedir_o_proponer(sesion, actor, id, pedido.datos, comision_vista=pedido.comision)
    if isinstance(hecho, Propuesto):
        return respuesta_propuesto(hecho)
    return RetiroVista.de(hecho)


@router.get("/retiros", responses=respuestas())
def listar_retiros(sesion: Sesion, actor: ActorRequerido, pagina: Cursor) -> Pagina[RetiroVista]:
    """Los retiros de sus cuentas, los nuevos primero."""
    filas, siguiente = retiros.retiros_de(sesion, actor, pagina)
    return Pagina(datos=[RetiroVista.de(r) for r in filas], siguiente=siguiente)


@router.get("/retiros/{retiro_id}", responses=respuestas(404))
def ver_retiro(retiro_id: UUID, sesion: Sesion, actor: ActorRequerido) -> RetiroVista:
    return RetiroVista.de(retiros.ver_retiro(sesion, actor, retiro_id))


@router.post("/retiros/{retiro_id}/cancelacion", responses=respuestas(404, 409))
def cancelar_retiro(retiro_id: UUID, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> RetiroVista:
    """Mientras no se envió al banco. El dinero y la comisión vuelven a la cuenta."""
    return RetiroVista.de(retiros.cancelar(sesion, actor, retiro_id))
