"""The page of what a person keeps, and the buttons of a product."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.busqueda import enlace_de_novedades
from comercio.favoritos import guardar as favoritos
from comercio.favoritos.formularios import HojaDeFavorito
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.paginacion import CursorPedido
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(include_in_schema=False)


@router.get("/mis-favoritos")
def ver(request: Request, sesion: Sesion, actor: ActorRequerido, cursor: str | None = None) -> Response:
    return _pagina(request, sesion, actor, cursor)


@router.post("/productos/{producto_id}/favorito")
def guardar(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeFavorito
) -> Response:
    with hoja:
        favoritos.guardar(sesion, actor, producto_id)
        return redirigir(f"/productos/{producto_id}", _("Está en sus favoritos."))
    return _pagina(request, sesion, actor, hoja=hoja)


@router.post("/mis-favoritos/{producto_id}/borrado")
def quitar(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeFavorito
) -> Response:
    with hoja:
        favoritos.quitar(sesion, actor, producto_id)
        return redirigir("/mis-favoritos", _("Quitado de sus favoritos."))
    return _pagina(request, sesion, actor, hoja=hoja)


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor,
    cursor: str | None = None,
    hoja: Hoja[Any] | None = None,
) -> Response:
    vistos, siguiente = favoritos.favoritos_de(sesion, actor, CursorPedido(cursor, 20))
    return pagina(
        request,
        "comercio/favoritos/favoritos.html",
        hoja=hoja,
        favoritos=vistos,
        avisarme=enlace_de_novedades,
        siguiente=f"/mis-favoritos?cursor={siguiente}" if siguiente else None,
    )
