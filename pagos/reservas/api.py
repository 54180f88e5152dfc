"""JSON API of reserves: hold, confirm, void."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Response, Security

from ciudadania import actor_requerido
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor, Pagina
from nucleo.reloj import ahora_bd
from pagos.reservas.consultas import reserva_para, reservas_de
from pagos.reservas.esquemas import Confirmacion, NuevaReserva, ReservaVista
from pagos.reservas.reservas import anular, confirmar, reservar

router = APIRouter(prefix="/api/v1", tags=["reservas"], route_class=RutaIdempotente)

ActorDePagos = Annotated[Actor, Security(actor_requerido, scopes=["pagos"])]


@router.post(
    "/reservas",
    status_code=201,
    responses=respuestas(404, 409, 503) | {200: {"model": ReservaVista, "description": "Ya estaba hecha"}},
)
def crear_reserva(
    pedido: NuevaReserva, sesion: Sesion, actor: ActorDePagos, respuesta: Response, _: Idempotente
) -> ReservaVista:
    """Reserva dinero de una de sus cuentas para otra, sin moverlo todavía.

    Lo reservado no se puede gastar. Cuenta en los límites de quien paga y de su mandato desde ahora; lo
    que no se confirme se les devuelve. Si nadie la resuelve, vence sola y el dinero vuelve. Repetir el
    mismo `id` con los mismos datos responde la misma reserva (200); con otros, 422.
    """
    reserva, nueva = reservar(sesion, actor, pedido)
    if not nueva:
        respuesta.status_code = 200
    return ReservaVista.de(reserva, ahora_bd(sesion))


@router.get("/reservas", responses=respuestas())
def listar_reservas(
    sesion: Sesion,
    actor: ActorDePagos,
    pagina: Cursor,
    rol: Literal["todas", "paga", "recibe"] = "todas",
    abiertas: bool = False,
) -> Pagina[ReservaVista]:
    """Las de sus cuentas, las nuevas primero: donde paga, donde recibe, o ambas."""
    filas, siguiente = reservas_de(sesion, actor, pagina, rol=rol, abiertas=abiertas)
    ahora = ahora_bd(sesion)
    return Pagina(datos=[ReservaVista.de(r, ahora) for r in filas], siguiente=siguiente)


@router.get("/reservas/{reserva_id}", responses=respuestas(404))
def ver_reserva(reserva_id: UUID, sesion: Sesion, actor: ActorDePagos) -> ReservaVista:
    """Para quien paga y para quien recibe."""
    return ReservaVista.de(reserva_para(sesion, actor, reserva_id), ahora_bd(sesion))


@router.post("/reservas/{reserva_id}/confirmacion", responses=respuestas(404, 409, 503))
def confirmar_reserva(
    reserva_id: UUID, pedido: Confirmacion, sesion: Sesion, actor: ActorDePagos, _: Idempotente
) -> ReservaVista:
    """Paga todo lo reservado, o una parte: el resto vuelve a quien paga en ese momento. Una sola vez;
    repetirla con el mismo monto responde lo mismo."""
    return ReservaVista.de(confirmar(sesion, actor, reserva_id, pedido.monto), ahora_bd(sesion))


@router.post("/reservas/{reserva_id}/anulacion", responses=respuestas(404, 409, 503))
def anular_reserva(reserva_id: UUID, sesion: Sesion, actor: ActorDePagos, _: Idempotente) -> ReservaVista:
    """Devuelve todo lo reservado a quien paga. Quien recibe puede hacerlo siempre; quien paga, si la
    reserva no es una garantía. Repetirla responde lo mismo."""
    return ReservaVista.de(anular(sesion, actor, reserva_id), ahora_bd(sesion))
