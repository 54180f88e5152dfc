"""The page of the places of dispatch of a seller."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.lugares.abrir import abrir_lugar, cerrar_lugar
from comercio.lugares.consultas import lugares_de
from comercio.lugares.formularios import CIERRE, LUGAR, HojaDeCierre, HojaDeLugar
from comercio.vendedores import mesa_de
from empresa_digital.registro import lugares as nombres_de_lugares
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/vender/lugares")


@router.get("")
def ver(request: Request, sesion: Sesion, actor: ActorRequerido, unidad: str = "") -> Response:
    return _pagina(request, sesion, actor, unidad)


@router.post("")
def abrir(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeLugar) -> Response:
    """Pressed twice, it is one."""
    with hoja:
        d = hoja.datos
        abrir_lugar(sesion, actor, d.unidad_id, d.nombre, d.referencia, hoja.id)
        return redirigir(
            f"/vender/lugares?unidad={d.unidad_id}", _("Lugar abierto: anote qué hay ahí, en cada producto.")
        )
    return _pagina(request, sesion, actor, hoja.valores.get("unidad_id", ""), hoja)


@router.post("/{lugar_id}/cerrar")
def cerrar(
    request: Request, lugar_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCierre
) -> Response:
    with hoja:
        cerrado = cerrar_lugar(sesion, actor, lugar_id)
        return redirigir(f"/vender/lugares?unidad={cerrado.vendedor_id}", _("Lugar cerrado."))
    return _pagina(request, sesion, actor, "", hoja)


def _pagina(
    request: Request, sesion: Session, actor: Actor, unidad: str, hoja: Hoja[Any] | None = None
) -> Response:
    mesa = mesa_de(request, sesion, actor, unidad, hoja)
    if isinstance(mesa, Response):
        return mesa
    lista = lugares_de(sesion, mesa.tienda.id)
    return pagina(
        request,
        "comercio/lugares/lugares.html",
        hoja=hoja,
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        municipio=nombres_de_lugares(sesion, [mesa.tienda.municipio_ine]).get(mesa.tienda.municipio_ine, "")
        if mesa.tienda.municipio_ine
        else "",
        lista=[(x, CIERRE.mostrar(request, {}, de=str(x.id))) for x in lista if x.abierto or x.variantes],
        cerrados=[x for x in lista if not x.abierto],
        lugar=LUGAR.mostrar(request, {"unidad_id": mesa.tienda.id}, enviada=hoja),
    )
