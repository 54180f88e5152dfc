"""Pages of one process, for everybody: the need, and the act of opening."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse

from ciudadania import ActorOpcional
from feria_inversa.apertura import acta_de
from feria_inversa.expediente import (
    web_actos,
    web_calificacion,
    web_cambios,
    web_certificado,
    web_documentos,
    web_impugnacion,
    web_llave,
    web_recibo,
    web_sin_convocatoria,
)
from feria_inversa.expediente.ficha import contexto_de
from feria_inversa.expediente.web_impugnacion import pagina_de_necesidad
from feria_inversa.ofertas import SobresCerrados
from feria_inversa.procesos import convocatoria_visible
from nucleo.bd import Sesion
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico

router = APIRouter()
publicas = APIRouter(dependencies=[Depends(publico)])


@publicas.get("/feria/{convocatoria_id}")
def necesidad(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional) -> HTMLResponse:
    """Everything public about a need, and what this visitor can do next."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    return pagina_de_necesidad(request, sesion, actor, convocatoria)


@publicas.get("/feria/{convocatoria_id}/acta")
def acta_de_apertura(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional
) -> HTMLResponse:
    """The opening act, ready to print: who opened, when, and what was in each envelope."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    contexto = contexto_de(sesion, convocatoria)
    acta = acta_de(sesion, convocatoria)
    if acta is None:
        raise SobresCerrados(_("Todavía no se abrieron los sobres."))
    return pagina(request, "feria_inversa/expediente/acta.html", **contexto | {"acta": acta})


router.include_router(web_recibo.router)
router.include_router(publicas)
router.include_router(web_cambios.router)
router.include_router(web_documentos.router)
router.include_router(web_sin_convocatoria.router)
router.include_router(web_calificacion.router)
router.include_router(web_certificado.router)
router.include_router(web_impugnacion.router)
router.include_router(web_llave.router)
router.include_router(web_actos.router)
