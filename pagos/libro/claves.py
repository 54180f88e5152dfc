"""The id of what a request makes."""

from uuid import UUID, uuid5

from fastapi import Request

from nucleo.actor import Actor
from nucleo.ids import nuevo_id

_ESPACIO = UUID("2f1b6f0e-54f5-5f0c-9d53-0c6f4e0a7b11")


def id_de(request: Request, actor: Actor) -> UUID:
    """The id follows from the caller's key: repeating a request whose answer was lost finds its own row."""
    clave = request.headers.get("idempotency-key")
    return uuid5(_ESPACIO, f"{actor.clave}\n{request.url.path}\n{clave}") if clave else nuevo_id()
