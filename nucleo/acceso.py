"""Markers of authorisation, and who makes a request.

Every route depends on `publico` or on an actor (a test walks all routes). How a request tells its actor is
`ciudadania`'s business; it registers that here, so that the kernel can ask without importing it.
"""

from collections.abc import Callable

from fastapi import Request
from sqlmodel import Session

from nucleo.actor import Actor

Resolutor = Callable[[Request, Session], Actor | None]
_resolutor: Resolutor | None = None
_duenio: Callable[[Request], str | None] | None = None
_se_identifica: Callable[[Request], bool] | None = None


async def publico() -> None:
    """Marks a route that anybody may use. (Async: a plain function would cost each request a thread.)"""


def fijar_resolutor(
    funcion: Resolutor, duenio: Callable[[Request], str | None], se_identifica: Callable[[Request], bool]
) -> None:
    """Tell how a request names its actor, whose the browser's session is or was, ended or not, and whether
    the request says who makes it, truly or not."""
    global _resolutor, _duenio, _se_identifica
    _resolutor, _duenio, _se_identifica = funcion, duenio, se_identifica


def actor_de_la_solicitud(request: Request, sesion: Session) -> Actor | None:
    """The actor of the request, resolved once; None for an anonymous visitor."""
    return _resolutor(request, sesion) if _resolutor is not None else None


def se_identifica(request: Request) -> bool:
    """Whether a request says who makes it; one that does not is of nobody, and costs no query to know."""
    return _se_identifica is not None and _se_identifica(request)


def duenio_del_navegador(request: Request) -> str | None:
    """The id of the person whose session this browser last had, also once it ended; None when unknown."""
    return _duenio(request) if _duenio is not None else None
