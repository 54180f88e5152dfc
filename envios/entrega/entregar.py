"""Deliver with the recipient's code."""

from uuid import UUID

from sqlmodel import Session

from envios.eventos import (
    Codigo,
    EventoNuevo,
    Fuente,
    ResultadoEvento,
    registrar_evento,
)
from nucleo.actor import Actor


def entregar(
    sesion: Session,
    actor: Actor,
    envio_id: UUID,
    codigo_entrega: str,
    *,
    receptor_nombre: str = "",
    evento_cliente_id: str = "",
    lugar: str = "",
    fuente: Fuente = Fuente.PAGINA,
) -> ResultadoEvento:
    """Hand the item over against the recipient's code (event EMI).

    A wrong code comes back in the result's `error` so that its count is kept; the fifth locks the code.
    """
    nuevo = EventoNuevo(
        codigo=Codigo.EMI,
        envio_id=envio_id,
        codigo_entrega=codigo_entrega,
        receptor_nombre=receptor_nombre,
        evento_cliente_id=evento_cliente_id,
        lugar=lugar,
    )
    return registrar_evento(sesion, actor, envio_id, nuevo, fuente)
