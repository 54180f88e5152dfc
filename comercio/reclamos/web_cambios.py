"""What who sells does with an exchange, on the page of its claim."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.reclamos import cambiar
from comercio.reclamos.formularios import HojaDeCambio, HojaDeMandarCambio, HojaDeRenuncia
from comercio.reclamos.vistas import pagina_de_reclamo
from nucleo.bd import Sesion
from nucleo.textos import gettext as _
from nucleo.web import redirigir

router = APIRouter(include_in_schema=False)


@router.post("/reclamos-de-compra/{reclamo_id}/cambio")
def ofrecer(
    request: Request, reclamo_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCambio
) -> Response:
    with hoja:
        cambiar.ofrecer_cambio(sesion, actor, reclamo_id, hoja.datos.variante_id, hoja.datos.texto)
        aviso = _("Ofreció el cambio: queda apartado hasta que quien compró responda.")
        return redirigir(f"/reclamos-de-compra/{reclamo_id}", aviso)
    return pagina_de_reclamo(request, sesion, actor, reclamo_id, hoja)


@router.post("/reclamos-de-compra/{reclamo_id}/cambio/envio")
def mandar(
    request: Request, reclamo_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeMandarCambio
) -> Response:
    with hoja:
        cambio = cambiar.mandar_cambio(sesion, actor, reclamo_id, hoja.datos.operador_id)
        aviso = _("No lo mande: lo que se reclamaba ya se había devuelto.")
        if cambio.envio_id is not None:
            aviso = _("Anunciado: imprima su etiqueta y llévelo antes de la fecha.")
        return redirigir(f"/reclamos-de-compra/{reclamo_id}", aviso)
    return pagina_de_reclamo(request, sesion, actor, reclamo_id, hoja)


@router.post("/reclamos-de-compra/{reclamo_id}/cambio/renuncia")
def renunciar(
    request: Request, reclamo_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRenuncia
) -> Response:
    with hoja:
        cambiar.renunciar_al_cambio(sesion, actor, reclamo_id, hoja.datos.texto)
        aviso = _("Anotado: el dinero volvió a quien compró.")
        return redirigir(f"/reclamos-de-compra/{reclamo_id}", aviso)
    return pagina_de_reclamo(request, sesion, actor, reclamo_id, hoja)
