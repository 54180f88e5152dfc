"""Page on which who sends pays the postage from an account: at the counter, on their own telephone."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from envios import s10
from envios.admision.formularios import PAGO_DE_FRANQUEO, HojaDePagoDeFranqueo
from envios.admision.pagar import direccion_de_pago, envio_por_pagar, falta_pagar, pagar_franqueo
from envios.items import lugares_de, nombre_unidad
from envios.portes import EstadoPorte, porte_de
from envios.tarifas import peso_en_palabras
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos import cuentas_de

router = APIRouter(include_in_schema=False)


@router.get("/envios/{envio_id}/pagar")
def ver_pago(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, ventanilla: bool = False
) -> Response:
    """`ventanilla`: the parcel is on the scale of a counter, which waits for the payment."""
    return _pagina(request, sesion, actor, envio_id, ventanilla)


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor,
    envio_id: UUID,
    ventanilla: bool,
    hoja: Hoja[Any] | None = None,
) -> Response:
    envio = envio_por_pagar(sesion, actor, envio_id)
    total, porte = falta_pagar(sesion, envio), porte_de(sesion, envio_id)
    suyas = [
        (str(c.id), f"{c.nombre} · {formato_bs(c.cuenta.disponible)}")
        for c in cuentas_de(sesion, actor, con_otros=False)
    ]
    de_antes = {"cuenta": suyas[0][0]} if len(suyas) == 1 else {}
    return pagina(
        request,
        "envios/admision/pagar.html",
        hoja=hoja,
        envio=envio,
        numero=s10.leer_numero(envio.numero),
        operador=nombre_unidad(sesion, envio.operador_unidad_id),
        destino=lugares_de(sesion, [envio])[envio.destino_municipio_ine],
        peso=peso_en_palabras(envio.peso_g),
        total=total,
        ventanilla=ventanilla,
        pagado=porte is not None and porte.estado is EstadoPorte.RETENIDO,
        pago=PAGO_DE_FRANQUEO.mostrar(
            request, {"visto": total} | de_antes, enviada=hoja, opciones={"cuenta": suyas}
        )
        if total is not None
        else None,
    )


@router.post("/envios/{envio_id}/pagar")
def pagar(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    envio_id: UUID,
    hoja: HojaDePagoDeFranqueo,
    ventanilla: bool = False,
) -> Response:
    envio = envio_por_pagar(sesion, actor, envio_id)
    with hoja:
        datos = hoja.datos
        porte = pagar_franqueo(sesion, actor, envio_id, datos.cuenta, visto=datos.visto)
        monto = {"monto": formato_bs(porte.cotizado)}
        if ventanilla:
            return redirigir(direccion_de_pago(envio_id), _("Pagó %(monto)s.") % monto)
        aviso = _("Pagó %(monto)s: el operador lo cobra cuando recibe el paquete.")
        return redirigir(f"/seguimiento/{envio.numero}", aviso % monto)
    return _pagina(request, sesion, actor, envio_id, ventanilla, hoja)
