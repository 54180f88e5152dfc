"""JSON API of saved cards."""

from uuid import UUID

from fastapi import APIRouter, Request

from ciudadania import ActorRequerido
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from pagos.tarjetas.api import id_de_la_clave
from pagos.tarjetas.consultas import tarjeta_por_id, tarjetas_de
from pagos.tarjetas.guardadas.conciliar import avanzar_tarjeta
from pagos.tarjetas.guardadas.esquemas import NuevaTarjeta, TarjetasVista, TarjetaVista
from pagos.tarjetas.guardadas.guardar import guardar_tarjeta, propia, quitar_tarjeta
from pagos.tarjetas.ida import preguntar

router = APIRouter(prefix="/api/v1", tags=["pagos con tarjeta"], route_class=RutaIdempotente)


@router.post("/tarjetas", status_code=201, responses=respuestas(409, 503))
def crear_tarjeta(
    request: Request, pedido: NuevaTarjeta, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> TarjetaVista:
    """Empieza a guardar una tarjeta: la persona la escribe en `siguiente_paso_url`, en la pasarela."""
    tarjeta = guardar_tarjeta(sesion, actor, id=id_de_la_clave(request, actor), consiente=pedido.consiente)
    nueva = tarjeta.envios == 0
    sesion.commit()  # the row first; the gateway is asked with no transaction open
    if nueva:
        preguntar(avanzar_tarjeta, tarjeta.id)
    return TarjetaVista.de(tarjeta_por_id(sesion, tarjeta.id))


@router.get("/tarjetas", responses=respuestas())
def listar_tarjetas(sesion: Sesion, actor: ActorRequerido) -> TarjetasVista:
    """Sus tarjetas guardadas y las que falta escribir; las más antiguas primero."""
    suyas = tarjetas_de(sesion, actor.persona_id) if actor.persona_id is not None else ()
    return TarjetasVista(datos=[TarjetaVista.de(t) for t in suyas])


@router.get("/tarjetas/{tarjeta_id}", responses=respuestas(404))
def ver_tarjeta(tarjeta_id: UUID, sesion: Sesion, actor: ActorRequerido) -> TarjetaVista:
    """Una tarjeta, como se sabe ahora."""
    return TarjetaVista.de(propia(sesion, actor, tarjeta_id))


@router.delete("/tarjetas/{tarjeta_id}", responses=respuestas(404))
def borrar_tarjeta(tarjeta_id: UUID, sesion: Sesion, actor: ActorRequerido) -> TarjetaVista:
    """Desde ya no se puede usar; `por_quitar` dice que la pasarela todavía no confirmó que la olvidó."""
    quitar_tarjeta(sesion, actor, tarjeta_id)
    sesion.commit()
    preguntar(avanzar_tarjeta, tarjeta_id)
    return TarjetaVista.de(tarjeta_por_id(sesion, tarjeta_id))
