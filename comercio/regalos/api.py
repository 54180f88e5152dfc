"""JSON routes of gifts."""

from uuid import UUID

from fastapi import APIRouter

from ciudadania import ActorRequerido
from comercio.regalos import seguir
from comercio.regalos.consultas import regalos_de
from comercio.regalos.esquemas import DestinatarioDeRegalo, RecibidoFicha, RegaloDicho, RegaloFicha
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor, Pagina

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["pedidos"])


@router.put("/pedidos/{pedido_id}/regalo", responses=respuestas(404, 409, 422, 429))
def nombrar(
    pedido_id: UUID, datos: DestinatarioDeRegalo, sesion: Sesion, actor: ActorRequerido
) -> RegaloDicho:
    """Quien compró un regalo dice quién lo recibe, si tiene cuenta: lo sigue y confirma que llegó, sin
    precios. Vale para toda la compra."""
    regalo = seguir.nombrar_destinatario(sesion, actor, pedido_id, datos.destinatario)
    return RegaloDicho(destinatario=regalo.dicho if regalo else None)


@router.get("/regalos", responses=respuestas())
def listar(sesion: Sesion, actor: ActorRequerido, pagina: Cursor) -> Pagina[RegaloFicha]:
    """Lo que otros le envían de regalo, lo último primero."""
    regalos, siguiente = regalos_de(sesion, actor, pagina)
    fichas = [RegaloFicha.model_validate(r, from_attributes=True) for r in regalos]
    return Pagina(datos=fichas, siguiente=siguiente)


@router.post("/regalos/{pedido_id}/recibido", responses=respuestas(404, 409))
def confirmar(pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> RecibidoFicha:
    """Quien lo recibe dice que llegó. No paga a nadie: quien compró todavía puede reclamar."""
    recibido = seguir.confirmar_recibido(sesion, actor, pedido_id)
    return RecibidoFicha(pedido_id=recibido.pedido_id, recibido_en=recibido.recibido_en)
