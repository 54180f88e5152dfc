"""Pages of the round of the day: prepare it, look at it, print it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from moneyed import Money
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido, nombres_de_personas
from envios.despachos import hojas
from envios.despachos.consultas import hoja_visible, hojas_de
from envios.despachos.dinero import dinero_de
from envios.despachos.esquemas import PasoDeLaHoja
from envios.despachos.estados import EstadoHoja
from envios.despachos.formularios import (
    HOJA,
    LECTURA_DE_HOJA,
    PASO_DE_HOJA,
    RETIRO,
    RONDA_DE_HOJA,
    HojaDeLecturaDeRuta,
    HojaDePasoDeRuta,
    HojaDeRetiro,
    HojaDeRondaDeRuta,
    HojaDeRutaNueva,
)
from envios.despachos.manifiesto import hoja_pdf
from envios.despachos.modelos import HojaDeRuta
from envios.despachos.pasos import paso_de_hoja
from envios.despachos.presentar import ver_ronda
from envios.despachos.web_comun import HOJAS, donde, leyendo
from envios.deudas import cerrar_ronda
from envios.operadores import trabajos_en
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import cero, formato_bs
from nucleo.formularios import Hoja
from nucleo.paginacion import Cursor, CursorPedido, paginar
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(include_in_schema=False)
UNA = HOJAS + "/{hoja_id}"


@router.get(HOJAS)
def ver_hojas(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    cursor: Cursor,
    unidad: UUID | None = None,
    agencia: UUID | None = None,
) -> HTMLResponse:
    return _hojas(request, sesion, actor, cursor, unidad, agencia)


def _hojas(
    request: Request,
    sesion: Session,
    actor: Actor,
    cursor: CursorPedido,
    unidad: UUID | None,
    agencia: UUID | None,
    hoja: Hoja[Any] | None = None,
) -> HTMLResponse:
    aqui = donde(sesion, actor, unidad, agencia)
    esta = aqui["agencia"]
    filas: list[HojaDeRuta] = []
    siguiente = None
    formulario = None
    personas: dict[UUID, str] = {}
    if esta is not None:
        columnas = (HojaDeRuta.creada_en, HojaDeRuta.id)
        filas, siguiente = paginar(sesion, hojas_de(esta.id), cursor, columnas=columnas)
        trabajan = {t.persona_id for t in trabajos_en(sesion, [esta.id])} | {actor.persona_id}
        quienes = {p for p in trabajan if p is not None}
        personas = nombres_de_personas(sesion, quienes | {f.repartidor_persona_id for f in filas})
        reparten = sorted(((str(p), personas[p]) for p in quienes), key=lambda par: par[1])
        valores = {"agencia_id": str(esta.id), "dia": fecha_bolivia(ahora_bd(sesion)).isoformat()}
        opciones = {"repartidor_persona_id": reparten}
        formulario = HOJA.mostrar(request, valores, opciones=opciones, enviada=hoja)
    return pagina(
        request,
        "envios/despachos/hojas.html",
        hoja=hoja,
        hojas=filas,
        personas=personas,
        formulario=formulario,
        siguiente_url=f"{HOJAS}?agencia={esta.id}&cursor={siguiente}" if siguiente else None,
        **aqui,
    )


@router.post(HOJAS)
def preparar_una_hoja(
    request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor, hoja: HojaDeRutaNueva
) -> Response:
    with hoja:
        datos = hoja.datos
        nueva = hojas.preparar_hoja(
            sesion, actor, datos.agencia_id, datos.repartidor_persona_id, datos.dia, id=hoja.id
        )
        return redirigir(f"{HOJAS}/{nueva.id}", _("Hoja de ruta %(n)s preparada.") % {"n": nueva.numero})
    return _hojas(request, sesion, actor, cursor, None, hoja.uuid_o_nada("agencia_id"), hoja)


@router.get(UNA)
def ver_hoja(request: Request, sesion: Sesion, actor: ActorRequerido, hoja_id: UUID) -> HTMLResponse:
    return _hoja(request, sesion, actor, hoja_id)


def _hoja(
    request: Request, sesion: Session, actor: Actor, hoja_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    ruta, suya = hoja_visible(sesion, actor, hoja_id)
    ronda = ver_ronda(sesion, ruta, suya)
    dinero = dinero_de(sesion, actor, ruta, ronda.paradas)
    prepara = ruta.estado is EstadoHoja.EN_PREPARACION
    return pagina(
        request,
        "envios/despachos/hoja.html",
        hoja=hoja,
        ruta=ruta,
        ronda=ronda,
        repartidor=nombres_de_personas(sesion, [ruta.repartidor_persona_id])[ruta.repartidor_persona_id],
        por_cobrar=sum((p.cobrar for p in ronda.paradas), cero()),
        cero=cero(),
        dinero=dinero,
        ronda_de_dinero=RONDA_DE_HOJA.mostrar(request, {"total": dinero.por_pagar}, enviada=hoja)
        if dinero and dinero.falta == cero() and dinero.por_pagar
        else None,
        prepara=prepara,
        lectura=LECTURA_DE_HOJA.mostrar(request, enviada=hoja) if prepara else None,
        retiros={
            p.envio_id: RETIRO.mostrar(request, {"cosa": str(p.envio_id)}, enviada=hoja, de=str(p.envio_id))
            for p in ronda.paradas
            if prepara
        },
        pasos={
            p.value: PASO_DE_HOJA.mostrar(request, {"paso": p.value}, enviada=hoja, de=p.value)
            for p in PasoDeLaHoja
        },
    )


@router.get(UNA + "/hoja.pdf")
def imprimir_hoja(sesion: Sesion, actor: ActorRequerido, hoja_id: UUID) -> Response:
    ruta, suya = hoja_visible(sesion, actor, hoja_id)
    cabeceras = {"Content-Disposition": f'inline; filename="{ruta.numero}.pdf"'}
    return Response(hoja_pdf(sesion, ruta, suya), media_type="application/pdf", headers=cabeceras)


@router.post(UNA + "/lectura")
def leer_en_una_hoja(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja_id: UUID, hoja: HojaDeLecturaDeRuta
) -> Response:
    """One scan: the page comes back ready for the next one."""
    hoja_visible(sesion, actor, hoja_id)
    with hoja, leyendo():
        envio = hojas.agregar(sesion, actor, hoja_id, hoja.datos.codigo, insiste=hoja.datos.insiste)
        return redirigir(f"{HOJAS}/{hoja_id}", _("%(n)s en la hoja.") % {"n": envio.numero})
    return _hoja(request, sesion, actor, hoja_id, hoja)


@router.post(UNA + "/retiro")
def quitar_de_una_hoja(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja_id: UUID, hoja: HojaDeRetiro
) -> Response:
    hoja_visible(sesion, actor, hoja_id)
    with hoja:
        hojas.quitar(sesion, actor, hoja_id, hoja.datos.cosa)
        return redirigir(f"{HOJAS}/{hoja_id}", _("Ya no va en esta hoja."))
    return _hoja(request, sesion, actor, hoja_id, hoja)


@router.post(UNA + "/paso")
def pasar_una_hoja(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja_id: UUID, hoja: HojaDePasoDeRuta
) -> Response:
    hoja_visible(sesion, actor, hoja_id)
    with hoja:
        hecha = paso_de_hoja(sesion, actor, hoja_id, hoja.datos.paso)
        aviso = _("Hoja de ruta %(n)s: %(estado)s.") % {
            "n": hecha.numero,
            "estado": hecha.estado.texto.lower(),
        }
        if hecha.estado is EstadoHoja.CERRADA and (por_pagar := _por_pagar(sesion, actor, hoja_id)):
            aviso += " " + _("De lo cobrado falta pagar %(monto)s.") % {"monto": formato_bs(por_pagar)}
            return redirigir(f"{HOJAS}/{hoja_id}#dinero", aviso)
        return redirigir(f"{HOJAS}/{hoja_id}", aviso)
    return _hoja(request, sesion, actor, hoja_id, hoja)


def _por_pagar(sesion: Session, actor: Actor, hoja_id: UUID) -> Money | None:
    ruta, suya = hoja_visible(sesion, actor, hoja_id)
    dinero = dinero_de(sesion, actor, ruta, ver_ronda(sesion, ruta, suya).paradas)
    return dinero.por_pagar if dinero else None


@router.post(UNA + "/ronda")
def pagar_lo_cobrado(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja_id: UUID, hoja: HojaDeRondaDeRuta
) -> Response:
    """What this round collected goes to who sent the parcels; for who pays for the operator."""
    ruta, suya = hoja_visible(sesion, actor, hoja_id)
    with hoja:
        dinero = dinero_de(sesion, actor, ruta, ver_ronda(sesion, ruta, suya).paradas)
        ids = [d.id for d in dinero.por_cerrar] if dinero else []
        pagadas = cerrar_ronda(sesion, actor, ruta.operador_unidad_id, ids, total=hoja.datos.total)
        suma = formato_bs(sum((d.monto for d in pagadas), cero()))
        return redirigir(f"{HOJAS}/{hoja_id}", _("Ronda cerrada: pagó %(suma)s.") % {"suma": suma})
    return _hoja(request, sesion, actor, hoja_id, hoja)
