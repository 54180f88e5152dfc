"""Pages of what public entities have not paid: of who is owed, and of the authority."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.comprometidos.deudas import deudas_con, deudas_tarde, entidades_tarde
from comercio.comprometidos.paginas import PAGINA_DE_LA_AUTORIDAD, PAGINA_DE_QUIEN_VENDE
from comercio.vendedores import exigir_autoridad, mesa_de
from nucleo.bd import Sesion
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.web import pagina

router = APIRouter()
POR_PAGINA = 25


@router.get(PAGINA_DE_QUIEN_VENDE)
def lo_que_le_deben(
    request: Request, sesion: Sesion, actor: ActorRequerido, unidad: str = "", cursor: UnCursor = None
) -> Response:
    mesa = mesa_de(request, sesion, actor, unidad)
    if isinstance(mesa, Response):
        return mesa
    deudas, siguiente = deudas_con(sesion, mesa.tienda.id, CursorPedido(cursor, POR_PAGINA))
    otra = f"{PAGINA_DE_QUIEN_VENDE}?unidad={mesa.tienda.id}&cursor={siguiente}" if siguiente else None
    return pagina(
        request,
        "comercio/comprometidos/deudas.html",
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        deudas=deudas,
        siguiente=otra,
    )


@router.get(PAGINA_DE_LA_AUTORIDAD)
def entidades_que_deben(
    request: Request, sesion: Sesion, actor: ActorRequerido, cursor: UnCursor = None
) -> Response:
    """Who is late, since when, and each order."""
    exigir_autoridad(sesion, actor)
    deudas, siguiente = deudas_tarde(sesion, CursorPedido(cursor, POR_PAGINA))
    return pagina(
        request,
        "comercio/comprometidos/entidades.html",
        entidades=entidades_tarde(sesion),
        deudas=deudas,
        siguiente=f"{PAGINA_DE_LA_AUTORIDAD}?cursor={siguiente}" if siguiente else None,
    )
