"""Pages of who sells: what to prepare, and announcing it with its labels in one press."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.catalogo import en_medida
from comercio.panel.anunciar import Anuncio, PedidoAnunciado, anunciar
from comercio.panel.formularios import ANUNCIOS, HojaDeAnuncios
from comercio.panel.hoja_pdf import hoja_de_recojo
from comercio.panel.preparar import MAXIMO, por_dia, por_llevar, por_preparar, por_recoger
from comercio.pedidos import operadores
from comercio.vendedores import elegir_tienda, mesa_de, tiendas_de
from empresa_digital.registro import Unidad
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina

router = APIRouter(prefix="/vender/preparar")
DE_TODO, DE_HOY = "todo", "hoy"


@router.get("")
def ver(
    request: Request, sesion: Sesion, actor: ActorRequerido, unidad: str = "", ver: str = DE_TODO
) -> Response:
    return _pagina(request, sesion, actor, unidad, ver)


@router.post("")
def anunciar_elegidos(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeAnuncios, ver: str = DE_TODO
) -> Response:
    """Announce what was ticked; the page says what became of each and brings the labels. Pressed twice,
    nothing is announced twice."""
    hechos: list[PedidoAnunciado] | None = None
    with hoja:
        tanda = hoja.datos
        if not tanda.pedidos:
            raise DatosInvalidos(_("Marque los pedidos que ya empacó."))
        ids = [p.id for p in tanda.pedidos]
        hechos = anunciar(sesion, actor, tanda.unidad_id, tanda.operador_id, ids)
    return _pagina(request, sesion, actor, hoja.valores.get("unidad_id", ""), ver, hoja, hechos)


@router.get("/recojo.pdf")
def recojo(sesion: Sesion, actor: ActorRequerido, unidad: str = "", ver: str = DE_TODO) -> Response:
    """The same list on paper, and what goes in each parcel."""
    tienda = elegir_tienda(tiendas_de(sesion, actor), unidad)
    pedidos = _elegidos(sesion, tienda, ver) if tienda else []
    lista = por_recoger(sesion, tienda.id, pedidos) if tienda else []
    cuando = filtro_fecha(ahora_bd(sesion))
    return Response(
        hoja_de_recojo(tienda.nombre if tienda else "", cuando, lista, pedidos),
        media_type="application/pdf",
        headers={
            "Content-Disposition": 'inline; filename="recojo.pdf"',
            "Cache-Control": "private, no-store",
        },
    )


def _elegidos(sesion: Session, tienda: Unidad, ver: str) -> list[Any]:
    return por_preparar(sesion, tienda.id, fecha_bolivia(ahora_bd(sesion)) if ver == DE_HOY else None)


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad: str,
    ver: str,
    hoja: Hoja[Any] | None = None,
    hechos: Sequence[PedidoAnunciado] | None = None,
) -> Response:
    mesa = mesa_de(request, sesion, actor, unidad, hoja)
    if isinstance(mesa, Response):
        return mesa
    pedidos = _elegidos(sesion, mesa.tienda, ver)
    llevan = [(o.id, o.nombre) for o in operadores(sesion)]
    anunciados = [h for h in hechos or () if h.envio_id is not None]
    formato = hoja.valores.get("formato", "hojas") if hoja else "hojas"
    etiquetas = urlencode([("envio", str(h.envio_id)) for h in anunciados] + [("formato", formato)])
    return pagina(
        request,
        "comercio/panel/preparar.html",
        hoja=hoja,
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        ver=ver if ver == DE_HOY else DE_TODO,
        dias=por_dia(pedidos),
        recojo=por_recoger(sesion, mesa.tienda.id, pedidos),
        esperan=por_llevar(sesion, mesa.tienda.id),
        lleno=len(pedidos) == MAXIMO,
        hoy=fecha_bolivia(ahora_bd(sesion)),
        hechos=hechos,
        anunciados=len(anunciados),
        etiquetas=f"/envios/etiquetas?{etiquetas}" if anunciados else None,
        anuncios=ANUNCIOS.mostrar(
            request,
            {"formato": "hojas", "unidad_id": mesa.tienda.id}
            | ({"operador_id": llevan[0][0]} if llevan else {}),
            enviada=hoja,
            opciones={"operador_id": llevan},
        ),
        resultados={
            Anuncio.ANUNCIADO: (_("Anunciado"), "bien"),
            Anuncio.YA_ESTABA: (_("Ya estaba anunciado"), "info"),
            Anuncio.RECHAZADO: (_("No se anunció"), "mal"),
        },
        en_medida=en_medida,
    )
