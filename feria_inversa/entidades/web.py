"""Page of the executing units of an entity."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import Facultad, exigir_facultad, unidad_por_id
from feria_inversa.entidades.ejecutoras import declarar_ejecutora
from feria_inversa.entidades.formularios import EJECUTORA, HojaDeEjecutora
from feria_inversa.entidades.series import ejecutoras_de
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
DE_UNA = "/entidades/{unidad_id}/unidades-ejecutoras"


@router.get(DE_UNA)
def ver(request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    return _pagina(request, sesion, actor, unidad_id)


@router.post(DE_UNA, response_model=None)
def declarar(
    request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeEjecutora
) -> HTMLResponse | RedirectResponse:
    exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    with hoja:
        if not hoja.ya_hecha:
            declarar_ejecutora(sesion, actor, unidad_id, hoja.datos)
        return redirigir(f"/entidades/{unidad_id}/unidades-ejecutoras", _("Declaró la unidad ejecutora."))
    return _pagina(request, sesion, actor, unidad_id, hoja)


def _pagina(
    request: Request, sesion: Session, actor: Actor, unidad_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    return pagina(
        request,
        "feria_inversa/entidades/ejecutoras.html",
        hoja=hoja,
        entidad=unidad_por_id(sesion, unidad_id),
        ejecutoras=ejecutoras_de(sesion, unidad_id),
        ejecutora=EJECUTORA.mostrar(request, enviada=hoja),
    )
