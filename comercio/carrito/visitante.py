"""Whose cart a request means: the person's, or the one bound to the browser's cookie."""

from uuid import UUID

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from comercio.carrito.llenar import Titular, nueva_ficha, unir
from nucleo.actor import Actor
from nucleo.configuracion import ajustes
from nucleo.limites import limitar_direccion

MAXIMO_EDAD_S = 30 * 24 * 3600
CARRITOS_POR_MINUTO = 120


def nombre_de_galleta() -> str:
    return "__Host-qhatu-carrito" if ajustes().es_https else "qhatu-carrito"


def ficha_de(request: Request) -> str | None:
    ficha = request.cookies.get(nombre_de_galleta(), "")
    return ficha if 20 <= len(ficha) <= 100 else None


def titular_de(sesion: Session, request: Request, actor: Actor | None) -> Titular | None:
    """The holder of the cart. A visitor's cart is poured into the person's once they have signed in."""
    ficha = ficha_de(request)
    persona: UUID | None = actor.persona_id if actor else None
    if persona is None:
        return Titular(ficha=ficha) if ficha else None
    if ficha:
        unir(sesion, ficha, persona)
    return Titular(persona_id=persona)


def titular_o_nuevo(sesion: Session, request: Request, actor: Actor | None) -> Titular:
    """As `titular_de`, with a new cart for who has none; a robot gets so many a minute and no more."""
    titular = titular_de(sesion, request, actor)
    if titular is None:
        limitar_direccion(request, "carrito-nuevo", cupo=CARRITOS_POR_MINUTO, ventana_s=60)
        titular = Titular(ficha=nueva_ficha())
    return titular


def ajustar_galleta(respuesta: Response, request: Request, titular: Titular | None) -> None:
    """Keep the visitor's token in their browser; drop it once its cart belongs to a person."""
    nombre, segura = nombre_de_galleta(), ajustes().es_https
    if titular is not None and titular.ficha is not None:
        respuesta.set_cookie(
            nombre, titular.ficha, max_age=MAXIMO_EDAD_S, secure=segura, httponly=True, samesite="lax"
        )
    elif ficha_de(request):
        respuesta.delete_cookie(nombre, secure=segura, httponly=True, samesite="lax")
