"""Answer a cardholder's claim from the page of the payment."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from ciudadania import ActorRequerido
from nucleo.bd import Sesion
from nucleo.textos import gettext as _
from nucleo.web import redirigir
from pagos.tarjetas.consultas import disputa_por_id
from pagos.tarjetas.errores import DisputaInexistente
from pagos.tarjetas.estados import EstadoRespuesta
from pagos.tarjetas.formularios import HojaDeRespuesta
from pagos.tarjetas.ida import preguntar
from pagos.tarjetas.modelos import RespuestaDisputa
from pagos.tarjetas.respuestas.responder import avanzar_respuesta, responder
from pagos.tarjetas.web import pagina_de_pago, visible

router = APIRouter(tags=["pagos con tarjeta"])


@router.post("/pagos-con-tarjeta/{intento_id}/disputas/{disputa_id}/responder")
def responder_al_banco(
    request: Request,
    intento_id: UUID,
    disputa_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeRespuesta,
) -> Response:
    if disputa_por_id(sesion, disputa_id).intento_id != intento_id:
        raise DisputaInexistente()
    with hoja:
        datos = hoja.datos
        respuesta = responder(
            sesion,
            actor,
            id=hoja.id,
            disputa_id=disputa_id,
            explicacion=datos.explicacion,
            producto=datos.producto,
            fecha=datos.fecha,
            guia=datos.guia,
        )
        nueva = respuesta.envios == 0
    if hoja.rechazada:
        return pagina_de_pago(request, sesion, actor, visible(sesion, actor, intento_id), hoja)
    sesion.commit()
    if nueva:
        preguntar(avanzar_respuesta, hoja.id)
    enviada = sesion.get_one(RespuestaDisputa, hoja.id, populate_existing=True)
    aviso = (
        _("El banco tiene su respuesta. Decide él; le avisaremos.")
        if enviada.estado == EstadoRespuesta.ENVIADA
        else _("Guardamos su respuesta y la estamos enviando al banco.")
    )
    return redirigir(f"/pagos-con-tarjeta/{intento_id}", aviso)
