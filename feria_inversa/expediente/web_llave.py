"""The page where who holds a part of a process's key gives it, after the deadline."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import unidades_en_lote
from feria_inversa.apertura import entregar_parte, espera_partes, llave_que_abre, mesa_de
from feria_inversa.llaves import PARTE, HojaDeParte, parte_suya, tenencias, umbral_de
from feria_inversa.procesos import ConvocatoriaNoEncontrada, convocatoria_visible, ficha, tarjetas
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
LLAVE = "/feria/{convocatoria_id}/llave"


@router.get("/llaves-que-guardo")
def mesa(request: Request, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    """The desk of who holds keys: what is asked of them, and their groups."""
    suya = mesa_de(sesion, actor)
    return pagina(
        request,
        "feria_inversa/llaves/mesa.html",
        por_dar=tarjetas(sesion, suya.por_dar),
        grupos=suya.grupos,
        entidades=unidades_en_lote(sesion, [g.unidad_id for g in suya.grupos]),
    )


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
    llave = llave_que_abre(sesion, convocatoria)
    suya = parte_suya(sesion, llave, actor)
    if llave is None or suya is None:
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
