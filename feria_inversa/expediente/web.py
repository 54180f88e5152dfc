"""Pages of one process, for everybody: the need, and the act of opening."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse

from ciudadania import ActorOpcional
from feria_inversa.apertura import ActaTecnica, acta_de, acta_tecnica_de
from feria_inversa.expediente import (
    web_actos,
    web_calificacion,
    web_cambios,
    web_certificado,
    web_documentos,
    web_impugnacion,
    web_llave,
    web_mesa,
    web_recibo,
    web_sin_convocatoria,
    web_tecnica,
)
from feria_inversa.expediente.ficha import decidida_sin_nombres
from feria_inversa.expediente.tramo import LINEAS_POR_PAGINA, OFERTAS_POR_PAGINA, Desde, Numero
from feria_inversa.expediente.web_impugnacion import pagina_de_necesidad
from feria_inversa.ofertas import SobresCerrados
from feria_inversa.procesos import convocatoria_visible, ficha
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import Sesion
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico

router = APIRouter()
RENGLONES_POR_PAGINA = 500
"""Of what the technical parts of a page say: those of one at least, which are no more."""
publicas = APIRouter(dependencies=[Depends(publico)])


@publicas.get("/feria/{convocatoria_id}")
def necesidad(
    request: Request,
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: ActorOpcional,
    desde: Desde = 0,
    item: Numero = None,
    tecnicas: Desde = 0,
) -> HTMLResponse:
    """Everything public about a need, and what this visitor can do next."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    return pagina_de_necesidad(
        request, sesion, actor, convocatoria, desde=desde, numero=item, tecnicas=tecnicas
    )


@publicas.get("/feria/{convocatoria_id}/acta")
def acta_de_apertura(
    request: Request,
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: ActorOpcional,
    oferta: Annotated[str, Query(max_length=64, description="La huella de una, para verla sola.")] = "",
    desde: Desde = 0,
    parte: Annotated[str, Query(max_length=8, description="«tecnica», la de dos sobres.")] = "",
) -> HTMLResponse:
    """The opening act, ready to print: who opened, when, and what was in each envelope; of many, in parts."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    acta = acta_de(sesion, convocatoria)
    if parte == "tecnica" or acta is None:
        tecnica = acta_tecnica_de(sesion, convocatoria)
        if tecnica is not None:
            return _acta_tecnica(request, sesion, convocatoria, tecnica, desde)
    if acta is None:
        raise SobresCerrados(_("Todavía no se abrieron los sobres."))
    sola = next((o for o in acta.detalle if o.huella == oferta), None)
    cabe = sum(len(o.lineas) for o in acta.detalle) <= LINEAS_POR_PAGINA
    cuantas, paso = (len(sola.lineas), LINEAS_POR_PAGINA) if sola else (len(acta.detalle), OFERTAS_POR_PAGINA)
    direccion = f"/feria/{convocatoria_id}/acta?" + (f"oferta={oferta}&" if sola else "")
    return pagina(
        request,
        "feria_inversa/expediente/acta.html",
        acta=acta,
        sola=sola,
        cabe=cabe,
        desde=desde,
        hasta=desde + paso,
        anterior=f"{direccion}desde={max(desde - paso, 0)}" if desde else None,
        siguiente=f"{direccion}desde={desde + paso}" if desde + paso < cuantas else None,
        **ficha(sesion, convocatoria),
        **decidida_sin_nombres(sesion, convocatoria),
    )


def _acta_tecnica(
    request: Request, sesion: Session, convocatoria: Convocatoria, acta: ActaTecnica, desde: int
) -> HTMLResponse:
    direccion = f"/feria/{convocatoria.id}/acta?parte=tecnica&"
    de_una = max((len(o.lineas) for o in acta.detalle), default=1)
    paso = max(1, min(OFERTAS_POR_PAGINA, RENGLONES_POR_PAGINA // de_una))
    return pagina(
        request,
        "feria_inversa/expediente/acta_tecnica.html",
        acta=acta,
        desde=desde,
        hasta=desde + paso,
        anterior=f"{direccion}desde={max(desde - paso, 0)}" if desde else None,
        siguiente=f"{direccion}desde={desde + paso}" if desde + paso < len(acta.detalle) else None,
        **ficha(sesion, convocatoria),
    )


router.include_router(web_recibo.router)
router.include_router(publicas)
router.include_router(web_cambios.router)
router.include_router(web_documentos.router)
router.include_router(web_sin_convocatoria.router)
router.include_router(web_calificacion.router)
router.include_router(web_tecnica.router)
router.include_router(web_mesa.router)
router.include_router(web_certificado.router)
router.include_router(web_impugnacion.router)
router.include_router(web_llave.router)
router.include_router(web_actos.router)
