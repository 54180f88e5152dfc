"""JSON API of refunds."""

from uuid import UUID

from fastapi import APIRouter, Request

from ciudadania import ActorRequerido
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from pagos.devoluciones import devoluciones
from pagos.devoluciones.esquemas import DevolucionesVista, DevolucionVista, NuevaDevolucion
from pagos.libro import id_de

router = APIRouter(prefix="/api/v1", tags=["pagos de empresas"], route_class=RutaIdempotente)


@router.post(
    "/transferencias/{transferencia_id}/devoluciones",
    status_code=201,
    responses=respuestas(404, 409, 412, 503),
)
def crear_devolucion(
    request: Request,
    transferencia_id: UUID,
    pedido: NuevaDevolucion,
    sesion: Sesion,
    actor: ActorRequerido,
    _: Idempotente,
) -> DevolucionVista:
    """Devuelve a quien pagó una parte o todo de un pago que recibió su unidad."""
    return DevolucionVista.de(
        devoluciones.devolver(
            sesion,
            actor,
            id=id_de(request, actor),
            transferencia_id=transferencia_id,
            monto=pedido.monto,
            saldo_visto=pedido.saldo_reembolsable,
            nota=pedido.nota,
        )
    )


@router.get("/transferencias/{transferencia_id}/devoluciones", responses=respuestas(404, 409))
def listar_devoluciones(transferencia_id: UUID, sesion: Sesion, actor: ActorRequerido) -> DevolucionesVista:
    """Lo que ya se devolvió de un pago recibido, y lo que todavía se puede."""
    pago = devoluciones.pago_recibido(sesion, actor, transferencia_id)
    return DevolucionesVista(
        datos=[DevolucionVista.de(d) for d in devoluciones.devoluciones_de(sesion, transferencia_id)],
        saldo_reembolsable=pago.saldo,
        hasta=pago.hasta,
    )
