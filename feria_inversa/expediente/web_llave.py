"""The page where who holds a part of a process's key gives it, after the deadline."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from feria_inversa.apertura import entregar_parte, espera_partes
from feria_inversa.llaves import PARTE, HojaDeParte, llave_de, parte_en_pagina, tenencias, umbral_de
from feria_inversa.procesos import ConvocatoriaNoEncontrada, convocatoria_visible, ficha
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
LLAVE = "/feria/{convocatoria_id}/llave"


@router.get(LLAVE)
def ver(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    """For who holds a part of the key; for others it does not exist."""
    return _pagina(request, sesion, actor, convocatoria_id)


@router.post(LLAVE, response_model=None)
def dar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeParte
) -> HTMLResponse | RedirectResponse:
    with hoja:
        datos = hoja.datos
        acta = entregar_parte(sesion, actor, convocatoria_id, palabras=datos.palabras, clave=datos.clave)
        if acta is not None:
            return redirigir(f"/feria/{convocatoria_id}", _("Con su parte se abrieron los sobres."))
        return redirigir(f"/feria/{convocatoria_id}/llave", _("Entregó su parte. Faltan otras."))
    return _pagina(request, sesion, actor, convocatoria_id, hoja)


def _pagina(
    request: Request, sesion: Session, actor: Actor, convocatoria_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    llave = llave_de(sesion, convocatoria_id)
    suya = llave and parte_en_pagina(sesion, llave, actor)
    if llave is None or not suya:
        raise ConvocatoriaNoEncontrada
    return pagina(
        request,
        "feria_inversa/llaves/entregar.html",
        hoja=hoja,
        suya=suya,
        tenencias=tenencias(sesion, llave.resguardo_id, llave),
        umbral=umbral_de(sesion, llave),
        esperan=espera_partes(sesion, convocatoria),
        parte=PARTE.mostrar(request, enviada=hoja),
        **ficha(sesion, convocatoria),
    )
