"""Page where a unit says whether it wants to be told of what fits it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import Facultad, exigir_facultad, unidad_por_id
from feria_inversa.invitaciones.consultas import AL_DIA, recibe_invitaciones
from feria_inversa.invitaciones.formularios import PREFERENCIA, HojaDePreferencia
from feria_inversa.invitaciones.preferir import preferir
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
DE_UNA = "/invitaciones/{unidad_id}"


@router.get(DE_UNA)
def preferencia(request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    return _pagina(request, sesion, actor, unidad_id)


def _pagina(
    request: Request, sesion: Session, actor: Actor, unidad_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    exigir_facultad(sesion, actor, unidad_id, Facultad.OFERTAR)
    return pagina(
        request,
        "feria_inversa/invitaciones/preferencia.html",
        hoja=hoja,
        unidad=unidad_por_id(sesion, unidad_id),
        al_dia=AL_DIA,
        formulario=PREFERENCIA.mostrar(
            request, {"recibe": recibe_invitaciones(sesion, unidad_id)}, enviada=hoja
        ),
    )


@router.post(DE_UNA, response_model=None)
def cambiar(
    request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePreferencia
) -> HTMLResponse | RedirectResponse:
    with hoja:
        preferir(sesion, actor, unidad_id, recibe=hoja.datos.recibe)
        aviso = _("Le avisaremos.") if hoja.datos.recibe else _("Ya no le avisaremos.")
        return redirigir(f"/invitaciones/{unidad_id}", aviso)
    return _pagina(request, sesion, actor, unidad_id, hoja)
