"""JSON API of card payments: top-ups and their refunds.

Each POST commits what was asked, lets go of the database, asks the gateway, and answers what it said. When
the gateway does not answer in time the state is `ambiguo`, honestly: the sweep finds out.
"""

from uuid import UUID, uuid5

from fastapi import APIRouter, Request
from sqlmodel import Session

from ciudadania import ActorRequerido
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.ids import nuevo_id
from nucleo.paginacion import Cursor, Pagina
from pagos.tarjetas.conciliar import avanzar
from pagos.tarjetas.consultas import exigir_ver, intento_por_id, intentos_de, reembolsos_de
from pagos.tarjetas.errores import IntentoInexistente
from pagos.tarjetas.esquemas import (
    NuevaRecarga,
    NuevoReembolso,
    RecargaVista,
    ReembolsosVista,
    ReembolsoVista,
)
from pagos.tarjetas.ida import preguntar
from pagos.tarjetas.iniciar import recargar
from pagos.tarjetas.modelos import Intento
from pagos.tarjetas.reembolsar import avanzar_reembolso, pedir_reembolso, reembolso_por_id

router = APIRouter(prefix="/api/v1", tags=["pagos con tarjeta"], route_class=RutaIdempotente)

_ESPACIO = UUID("5b0c8f5e-7a3e-5d0a-8f55-6a3a0f1f7d21")


def id_de_la_clave(request: Request, actor: Actor) -> UUID:
    """The id follows from the caller's key: repeating a request whose answer was lost finds its own row."""
    clave = request.headers.get("idempotency-key")
    return uuid5(_ESPACIO, f"{actor.clave}\n{request.url.path}\n{clave}") if clave else nuevo_id()


@router.post("/recargas", status_code=201, responses=respuestas(404, 409, 503))
def crear_recarga(
    request: Request, pedido: NuevaRecarga, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> RecargaVista:
    """Recarga una cuenta con tarjeta. Mire `estado`: 201 dice que quedó registrada, no que se cobró."""
    intento = recargar(
        sesion,
        actor,
        id=id_de_la_clave(request, actor),
        monto=pedido.monto,
        cuenta_id=pedido.cuenta,
        metodo=pedido.metodo_de_pago,
        tarjeta_id=pedido.tarjeta,
    )
    nuevo = intento.envios == 0
    sesion.commit()  # the row first; the gateway is asked with no transaction open
    if nuevo:
        preguntar(avanzar, intento.id)
    return RecargaVista.de(sesion, intento_por_id(sesion, intento.id))


@router.get("/recargas", responses=respuestas())
def listar_recargas(sesion: Sesion, actor: ActorRequerido, pagina: Cursor) -> Pagina[RecargaVista]:
    """Las recargas con tarjeta propias y de las cuentas que puede usar, las nuevas primero."""
    filas, siguiente = intentos_de(sesion, actor, pagina, proposito="recarga")
    return Pagina(datos=[RecargaVista.de(sesion, i) for i in filas], siguiente=siguiente)


@router.get("/recargas/{recarga_id}", responses=respuestas(404))
def ver_recarga(recarga_id: UUID, sesion: Sesion, actor: ActorRequerido) -> RecargaVista:
    """El estado de una recarga, como se sabe ahora."""
    return RecargaVista.de(sesion, _recarga(sesion, actor, recarga_id))


def _recarga(sesion: Session, actor: Actor, recarga_id: UUID) -> Intento:
    intento = intento_por_id(sesion, recarga_id)
    if intento.proposito != "recarga":
        raise IntentoInexistente()
    exigir_ver(sesion, actor, intento)
    return intento


@router.post("/recargas/{recarga_id}/reembolsos", status_code=201, responses=respuestas(404, 409, 412, 503))
def crear_reembolso(
    request: Request,
    recarga_id: UUID,
    pedido: NuevoReembolso,
    sesion: Sesion,
    actor: ActorRequerido,
    _: Idempotente,
) -> ReembolsoVista:
    """Devuelve a la tarjeta una parte o todo, de la cuenta recargada y hasta 90 días después."""
    _recarga(sesion, actor, recarga_id)
    reembolso = pedir_reembolso(
        sesion,
        actor,
        id=id_de_la_clave(request, actor),
        intento_id=recarga_id,
        monto=pedido.monto,
        saldo_visto=pedido.saldo_reembolsable,
        nota=pedido.nota,
    )
    nuevo = reembolso.envios == 0
    sesion.commit()
    if nuevo:
        preguntar(avanzar_reembolso, reembolso.id)
    return ReembolsoVista.de(reembolso_por_id(sesion, reembolso.id))


@router.get("/recargas/{recarga_id}/reembolsos", responses=respuestas(404))
def listar_reembolsos(recarga_id: UUID, sesion: Sesion, actor: ActorRequerido) -> ReembolsosVista:
    """Los reembolsos de una recarga, en orden."""
    _recarga(sesion, actor, recarga_id)
    return ReembolsosVista(datos=[ReembolsoVista.de(r) for r in reembolsos_de(sesion, recarga_id)])
