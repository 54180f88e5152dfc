"""One's bids, the receipt of each with what became of it, and its withdrawal."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session, col
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import CON_LO_SUYO, Facultad, unidad_por_id, unidades_de, unidades_en_lote
from feria_inversa.evaluacion import comparar_grupos
from feria_inversa.expediente.ficha import contexto_de
from feria_inversa.expediente.suerte import suertes
from feria_inversa.expediente.tramo import Desde, Tramo
from feria_inversa.ofertas import (
    RECONFIRMACION,
    HojaDeReconfirmacion,
    OfertaNoEncontrada,
    declaracion_de,
    declaracion_vigente,
    lineas_abiertas,
    mis_ofertas,
    oferta_propia,
    por_sostener,
    recibo_de,
    reconfirmar_oferta,
    retirar_oferta,
    subidos_con,
    vale,
)
from feria_inversa.ofertas.modelos import Oferta, OfertaLinea
from feria_inversa.precios import sumar
from feria_inversa.procesos import PASO, HojaDePaso, impugnable_hasta, tarjetas
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
POR_PAGINA = 50


def _propia(sesion: Session, actor: Actor, oferta_id: UUID) -> tuple[Oferta, Convocatoria]:
    vista = sesion.get(Oferta, oferta_id)
    if vista is None:
        raise OfertaNoEncontrada
    oferta = oferta_propia(sesion, actor, vista.convocatoria_id, oferta_id)
    return oferta, sesion.get_one(Convocatoria, oferta.convocatoria_id)


@router.get("/ofertas")
def ofertas(request: Request, sesion: Sesion, actor: ActorRequerido, cursor: UnCursor = None) -> HTMLResponse:
    """My units' bids: first what will not be opened as it is, by its term; then what became of each."""
    suyas = [u.id for u in unidades_de(sesion, actor, Facultad.OFERTAR, estados=CON_LO_SUYO)]
    esperan = [] if cursor else por_sostener(sesion, suyas)
    filas, siguiente = mis_ofertas(sesion, actor, CursorPedido(cursor, POR_PAGINA))
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
        esperan=esperan,
        siguiente=f"/ofertas?cursor={siguiente}" if siguiente else None,
        suertes=suertes(sesion, [*esperan, *filas]),
        unidades=unidades_en_lote(sesion, [oferta.unidad_id for oferta, _c in (*esperan, *filas)]),
        ofertan=unidades_de(sesion, actor, Facultad.OFERTAR),
    )


@router.get("/ofertas/{oferta_id}")
def recibo(
    request: Request, oferta_id: UUID, sesion: Sesion, actor: ActorRequerido, desde: Desde = 0
) -> HTMLResponse:
    """The receipt of a bid; its prices only from the opening on."""
    return _pagina_recibo(request, sesion, actor, oferta_id, desde=desde)


def _pagina_recibo(
    request: Request,
    sesion: Session,
    actor: Actor,
    oferta_id: UUID,
    hoja: Hoja[Any] | None = None,
    *,
    desde: int = 0,
) -> HTMLResponse:
    oferta, convocatoria = _propia(sesion, actor, oferta_id)
    contexto = contexto_de(sesion, convocatoria)
    de_esta = col(OfertaLinea.oferta_id) == oferta_id
    dichas = lineas_abiertas(sesion, convocatoria, de_esta) if contexto["acta"] else []
    cotizados = {linea.item_id for linea in dichas}
    tramo = Tramo.de([i for i in contexto["items"] if i.id in cotizados], contexto["grupos"], desde)
    lineas = [
        (item, linea, propuesta)
        for comparado in (comparar_grupos(sesion, convocatoria, grupos=tramo.grupos) if dichas else ())
        for propuesta in comparado.propuestas
        if propuesta.oferta.id == oferta_id
        for item in tramo.items_de(comparado.grupo)
        if (linea := propuesta.linea_de(item.id)) is not None
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
        total=sumar(linea.total for linea in dichas),
        tramo=tramo,
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
