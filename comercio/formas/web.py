"""The page where a seller says how they deliver."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.formas.estados import FormaDeEntrega
from comercio.formas.formularios import FORMAS, HojaDeFormas
from comercio.formas.ofrecer import declarar, formas_de
from comercio.vendedores import elegir_tienda, tiendas_de
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/vender")


@router.get("/entregas")
def ver(request: Request, sesion: Sesion, actor: ActorRequerido, unidad: str = "") -> Response:
    return _pagina(request, sesion, actor, unidad)


@router.post("/entregas")
def guardar(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeFormas, unidad: UUID
) -> Response:
    with hoja:
        declarar(sesion, actor, unidad, hoja.datos.por_forma())
        return redirigir(f"/vender?unidad={unidad}", _("Anotado: así entrega desde ahora."))
    return _pagina(request, sesion, actor, str(unidad), hoja)


def _pagina(
    request: Request, sesion: Session, actor: Actor, unidad: str, hoja: Hoja[Any] | None = None
) -> Response:
    tiendas = tiendas_de(sesion, actor)
    actual = elegir_tienda(tiendas, unidad)
    if actual is None:
        return pagina(request, "comercio/vendedores/sin_unidad.html", hoja=hoja)
    ofrece = {f.forma: f.indicaciones for f in formas_de(sesion, [actual.id])[actual.id]}
    valores = {str(f): "1" for f in ofrece} | {
        "donde": ofrece.get(FormaDeEntrega.RETIRO, ""),
        "reparte": ofrece.get(FormaDeEntrega.REPARTO, ""),
    }
    return pagina(
        request,
        "comercio/formas/formas.html",
        hoja=hoja,
        unidad=actual,
        tiendas=tiendas,
        formas=FORMAS.mostrar(request, valores, enviada=hoja),
    )
