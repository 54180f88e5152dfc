"""Pages of who sells: their holidays, and what their own system can be told."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.panel.formularios import VACACIONES, VUELTA, HojaDeVacaciones, HojaDeVuelta
from comercio.panel.para_afuera import TIPOS
from comercio.vendedores import mesa_de, terminar_vacaciones, tomar_vacaciones, vacaciones_de
from empresa_digital.registro import Facultad, tiene_facultad
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from nucleo.webhooks import tipos

router = APIRouter(prefix="/vender")


@router.get("/vacaciones")
def ver_vacaciones(request: Request, sesion: Sesion, actor: ActorRequerido, unidad: str = "") -> Response:
    return _pagina(request, sesion, actor, unidad)


@router.post("/vacaciones")
def tomar(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeVacaciones) -> Response:
    """Nobody buys from the unit between two days. Pressed twice, they are one."""
    with hoja:
        d = hoja.datos
        tomar_vacaciones(sesion, actor, d.unidad_id, d.desde, d.hasta, hoja.id)
        return redirigir(
            f"/vender/vacaciones?unidad={d.unidad_id}", _("Vacaciones anotadas: terminan solas.")
        )
    return _pagina(request, sesion, actor, hoja.valores.get("unidad_id", ""), hoja)


@router.post("/vacaciones/{vacaciones_id}/fin")
def volver(
    request: Request, vacaciones_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeVuelta
) -> Response:
    with hoja:
        hechas = terminar_vacaciones(sesion, actor, vacaciones_id)
        return redirigir(
            f"/vender/vacaciones?unidad={hechas.vendedor_id}", _("Listo: esos días le pueden comprar.")
        )
    return _pagina(request, sesion, actor, "", hoja)


def _pagina(
    request: Request, sesion: Session, actor: Actor, unidad: str, hoja: Hoja[Any] | None = None
) -> Response:
    mesa = mesa_de(request, sesion, actor, unidad, hoja)
    if isinstance(mesa, Response):
        return mesa
    lista = vacaciones_de(sesion, mesa.tienda.id)
    return pagina(
        request,
        "comercio/panel/vacaciones.html",
        hoja=hoja,
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        hoy=fecha_bolivia(ahora_bd(sesion)),
        lista=[(v, VUELTA.mostrar(request, {}, de=str(v.id))) for v in lista],
        vacaciones=VACACIONES.mostrar(request, {"unidad_id": mesa.tienda.id}, enviada=hoja),
    )


@router.get("/sistemas")
def ver_sistemas(request: Request, sesion: Sesion, actor: ActorRequerido, unidad: str = "") -> Response:
    """Of which steps of an order the unit's own system can be told, and where that is asked."""
    mesa = mesa_de(request, sesion, actor, unidad)
    if isinstance(mesa, Response):
        return mesa
    return pagina(
        request,
        "comercio/panel/sistemas.html",
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        administra=tiene_facultad(sesion, actor, mesa.tienda.id, Facultad.ADMINISTRAR),
        catalogo=[(tipos()[t].codigo, str(tipos()[t].descripcion)) for t in TIPOS],
    )
