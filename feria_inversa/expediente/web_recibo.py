"""One's bids, the receipt of each with what became of it, and its withdrawal."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import Facultad, unidad_por_id, unidades_de, unidades_en_lote
from feria_inversa.expediente.ficha import contexto_de
from feria_inversa.expediente.suerte import suertes
from feria_inversa.ofertas import (
    RECONFIRMACION,
    HojaDeReconfirmacion,
    OfertaNoEncontrada,
    declaracion_de,
    declaracion_vigente,
    mis_ofertas,
    oferta_propia,
    recibo_de,
    reconfirmar_oferta,
    retirar_oferta,
    subidos_con,
    vale,
)
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.precios import sumar
from feria_inversa.procesos import PASO, HojaDePaso, impugnable_hasta, tarjetas
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()


def _propia(sesion: Session, actor: Actor, oferta_id: UUID) -> tuple[Oferta, Convocatoria]:
    vista = sesion.get(Oferta, oferta_id)
    if vista is None:
        raise OfertaNoEncontrada
    oferta = oferta_propia(sesion, actor, vista.convocatoria_id, oferta_id)
    return oferta, sesion.get_one(Convocatoria, oferta.convocatoria_id)


@router.get("/ofertas")
def ofertas(request: Request, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    """My units' bids: what is in its envelope, what is missing of it, what was won."""
    filas = mis_ofertas(sesion, actor)
    return pagina(
        request,
        "feria_inversa/expediente/ofertas.html",
        filas=list(
            zip(
                [oferta for oferta, _c in filas],
                tarjetas(sesion, [convocatoria for _o, convocatoria in filas]),
                strict=True,
            )
        ),
        suertes=suertes(sesion, filas),
        unidades=unidades_en_lote(sesion, [oferta.unidad_id for oferta, _c in filas]),
        ofertan=unidades_de(sesion, actor, Facultad.OFERTAR),
    )


@router.get("/ofertas/{oferta_id}")
def recibo(request: Request, oferta_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    """The receipt of a bid; its prices only from the opening on."""
    return _pagina_recibo(request, sesion, actor, oferta_id)


def _pagina_recibo(
    request: Request, sesion: Session, actor: Actor, oferta_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    oferta, convocatoria = _propia(sesion, actor, oferta_id)
    contexto = contexto_de(sesion, convocatoria)
    items = {item.id: item for item in contexto["items"]}
    lineas = [
        (items[linea.item_id], linea, propuesta)
        for comparado in contexto["comparados"]
        for propuesta in comparado.propuestas
        if propuesta.oferta.id == oferta_id
        for linea in propuesta.lineas
    ]
    return pagina(
        request,
        "feria_inversa/expediente/recibo.html",
        hoja=hoja,
        paso=PASO.mostrar(request, enviada=hoja),
        oferta=oferta,
        suerte=suertes(sesion, [(oferta, convocatoria)])[oferta.id],
        impugnable_hasta=impugnable_hasta(sesion, convocatoria),
        recibo=recibo_de(oferta),
        declaracion=declaracion_de(sesion, oferta.id),
        subidos=subidos_con(sesion, oferta.id),
        por_declarar=declaracion_vigente(sesion),
        reconfirmacion=RECONFIRMACION.mostrar(request, enviada=hoja),
        por_reconfirmar=oferta.estado == "vigente" and not vale(sesion, convocatoria, oferta),
        oferente=unidad_por_id(sesion, oferta.unidad_id),
        lineas=lineas,
        total=sumar(linea.total for _item, linea, _propuesta in lineas),
        **contexto,
    )


@router.post("/ofertas/{oferta_id}/retirar", response_model=None)
def retirar(
    request: Request, oferta_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> HTMLResponse | RedirectResponse:
    """Withdraw: pressing twice is harmless."""
    oferta, convocatoria = _propia(sesion, actor, oferta_id)
    destino = f"/feria/{convocatoria.id}"
    if oferta.estado == "retirada":
        return redirigir(destino)
    with hoja:
        retirar_oferta(sesion, actor, oferta_id)
        return redirigir(destino, _("Retiró su oferta. Su sobre no se abrirá."))
    return _pagina_recibo(request, sesion, actor, oferta_id, hoja)


@router.post("/ofertas/{oferta_id}/reconfirmacion", response_model=None)
def reconfirmar(
    request: Request, oferta_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeReconfirmacion
) -> HTMLResponse | RedirectResponse:
    """The bid also holds for the call as it is now: pressing twice is harmless."""
    _propia(sesion, actor, oferta_id)
    with hoja:
        reconfirmar_oferta(sesion, actor, oferta_id, hoja.datos.version, hoja.datos.declaracion)
        return redirigir(f"/ofertas/{oferta_id}", _("Reconfirmó su oferta."))
    return _pagina_recibo(request, sesion, actor, oferta_id, hoja)
