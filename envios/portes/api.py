"""JSON routes of postage."""

from uuid import UUID

from fastapi import APIRouter

from envios.items import ActorDeEnvios, ActorDePagos
from envios.portes.accesos import porte_a_la_vista
from envios.portes.esquemas import PorteLeido
from envios.portes.excedentes import aceptar_excedente, excedente_en_efectivo, rechazar_excedente
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1/envios/{envio_id}/franqueo", tags=["envíos"], route_class=RutaIdempotente)


@router.get("", responses=respuestas(404))
def ver_franqueo(sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID) -> PorteLeido:
    """Lo que cuesta un envío: para quien lo paga, quien lo manda y quien lo lleva. Quien recibe ve lo que se
    le cobra en la puerta."""
    return PorteLeido.de(porte_a_la_vista(sesion, actor, envio_id))


@router.post("/excedente/aceptacion", responses=respuestas(404, 409, 503))
def aceptar(sesion: Sesion, actor: ActorDePagos, envio_id: UUID, _: Idempotente) -> PorteLeido:
    """Paga lo que el envío cuesta más de lo cotizado, de la misma cuenta que pagó el franqueo."""
    porte_a_la_vista(sesion, actor, envio_id)
    aceptar_excedente(sesion, actor, envio_id)
    return PorteLeido.de(porte_a_la_vista(sesion, actor, envio_id))


@router.post("/excedente/rechazo", responses=respuestas(404, 409))
def rechazar(sesion: Sesion, actor: ActorDePagos, envio_id: UUID, _: Idempotente) -> PorteLeido:
    """No paga nada más: el operador lleva el envío por lo cotizado o lo devuelve a quien lo trajo."""
    porte_a_la_vista(sesion, actor, envio_id)
    rechazar_excedente(sesion, actor, envio_id)
    return PorteLeido.de(porte_a_la_vista(sesion, actor, envio_id))


@router.post("/excedente/pago-en-ventanilla", responses=respuestas(404, 409))
def anotar_pago_en_ventanilla(
    sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID, _: Idempotente
) -> PorteLeido:
    """El operador anota que se lo pagaron en efectivo en su ventanilla."""
    porte_a_la_vista(sesion, actor, envio_id)
    excedente_en_efectivo(sesion, actor, envio_id)
    return PorteLeido.de(porte_a_la_vista(sesion, actor, envio_id))
