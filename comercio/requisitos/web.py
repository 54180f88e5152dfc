"""Pages of the rules for sellers: what a seller lacks, and the authority's dated rows."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.requisitos.clases import clase_de
from comercio.requisitos.disponer import disponer
from comercio.requisitos.formularios import DISPOSICION, HojaDeDisposicion
from comercio.requisitos.juzgar import DOCUMENTOS, juicios_de, reglas_vigentes
from comercio.vendedores import exigir_autoridad, mesa_de
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()


@router.get("/vender/requisitos")
def del_vendedor(request: Request, sesion: Sesion, actor: ActorRequerido, unidad: str = "") -> Response:
    mesa = mesa_de(request, sesion, actor, unidad)
    if isinstance(mesa, Response):
        return mesa
    return pagina(
        request,
        "comercio/requisitos/del_vendedor.html",
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        clase=clase_de(mesa.tienda),
        juicios=juicios_de(sesion, mesa.tienda),
        documentos=DOCUMENTOS,
    )


@router.get("/regulador/reglas-de-vendedor")
def reglas(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina(request, sesion, actor)


@router.post("/regulador/reglas-de-vendedor")
def dictar(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeDisposicion) -> Response:
    with hoja:
        if not hoja.ya_hecha:
            disponer(sesion, actor, hoja.datos.regla)
        return redirigir("/regulador/reglas-de-vendedor", _("Regla dispuesta: empieza el día que dijo."))
    return _pagina(request, sesion, actor, hoja)


def _pagina(request: Request, sesion: Session, actor: Actor, hoja: Hoja[Any] | None = None) -> Response:
    exigir_autoridad(sesion, actor)
    return pagina(
        request,
        "comercio/requisitos/reglas.html",
        hoja=hoja,
        reglas=reglas_vigentes(sesion),
        documentos=DOCUMENTOS,
        marcados=set(hoja.valores.values()) if hoja is not None else set(),
        disposicion=DISPOSICION.mostrar(request, {"permite": "true"}, enviada=hoja),
    )
