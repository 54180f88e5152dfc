"""Pages of an agency's work: its bags and manifests; those of rounds are beside."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from envios.despachos import web_despachos, web_hojas
from envios.despachos.camino import de_paso
from envios.despachos.consultas import (
    contenido,
    despachos_de,
    diferencias_por_explicar,
    saca_visible,
    sacas_de,
)
from envios.despachos.despachos import preparar_despacho
from envios.despachos.esquemas import PasoDeLaSaca
from envios.despachos.estados import EstadoDespacho, EstadoSaca
from envios.despachos.formularios import (
    CIERRE_DE_SACA,
    DESPACHO,
    LECTURA_DE_SACA,
    PASO_DE_SACA,
    RETIRO,
    SACA,
    HojaDeCierreDeSaca,
    HojaDeDespacho,
    HojaDeLecturaDeSaca,
    HojaDePasoDeSaca,
    HojaDeRetiro,
    HojaDeSaca,
)
from envios.despachos.manifiesto import en_kilos
from envios.despachos.modelos import Despacho, Saca
from envios.despachos.pasos import paso_de_saca
from envios.despachos.sacas import abrir_saca, cerrar_saca, meter, sacar
from envios.despachos.web_comun import DESPACHOS, SACAS, destinos, donde, leyendo
from envios.items import lugares_de
from envios.operadores import agencia_por_id, agencias_en_lote
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.paginacion import CursorPedido, paginar
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(include_in_schema=False)
router.include_router(web_despachos.router)
router.include_router(web_hojas.router)
_RECIENTES = CursorPedido(None, 50)
_VIVAS = (EstadoSaca.ABIERTA, EstadoSaca.CERRADA, EstadoSaca.RECIBIDA)


@router.get(DESPACHOS)
def bandeja(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: UUID | None = None,
    agencia: UUID | None = None,
) -> HTMLResponse:
    return _bandeja(request, sesion, actor, unidad, agencia)


def _bandeja(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad: UUID | None,
    agencia: UUID | None,
    hoja: Hoja[Any] | None = None,
) -> HTMLResponse:
    """What is being prepared at an agency, what comes to it, what has just ended, and what to explain."""
    aqui = donde(sesion, actor, unidad, agencia)
    esta = aqui["agencia"]
    despachos: list[Despacho] = []
    sacas: list[Saca] = []
    formularios: dict[str, Any] = {}
    if esta is not None:
        columnas = (Despacho.creado_en, Despacho.id)
        despachos, _mas = paginar(sesion, despachos_de(esta.id), _RECIENTES, columnas=columnas)
        sacas, _mas = paginar(sesion, sacas_de(esta.id), _RECIENTES, columnas=(Saca.creada_en, Saca.id))
        opciones = {"destino_agencia_id": destinos(sesion, esta)}
        de_aqui = {"origen_agencia_id": str(esta.id)}
        formularios = {
            "saca": SACA.mostrar(request, de_aqui, opciones=opciones, enviada=hoja, de="saca"),
            "despacho": DESPACHO.mostrar(request, de_aqui, opciones=opciones, enviada=hoja, de="despacho"),
        }
    return pagina(
        request,
        "envios/despachos/bandeja.html",
        hoja=hoja,
        preparan=[d for d in despachos if d.estado is EstadoDespacho.EN_PREPARACION],
        vienen=[d for d in despachos if _viene(d, esta)],
        otros=[d for d in despachos if d.salio_en and not _viene(d, esta)][:20],
        sacas=[s for s in sacas if s.estado in _VIVAS and _es_de_aqui(s, esta)],
        nombres=nombres_de_agencias(sesion, [*despachos, *sacas]),
        por_explicar=diferencias_por_explicar(sesion, [esta.id]) if esta is not None else {},
        **aqui,
        **formularios,
    )


def _viene(despacho: Despacho, agencia: Any) -> bool:
    return despacho.estado is EstadoDespacho.EN_CAMINO and despacho.destino_agencia_id == agencia.id


def _es_de_aqui(saca: Saca, agencia: Any) -> bool:
    """Being filled here, or waiting to be emptied here."""
    llego = saca.estado is EstadoSaca.RECIBIDA
    return bool((saca.destino_agencia_id if llego else saca.origen_agencia_id) == agencia.id)


def nombres_de_agencias(sesion: Session, cosas: Iterable[Despacho | Saca]) -> dict[UUID, str]:
    ids = {id for c in cosas for id in (c.origen_agencia_id, c.destino_agencia_id)}
    return {a.id: a.nombre for a in agencias_en_lote(sesion, ids).values()}


@router.post(SACAS)
def abrir_una_saca(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeSaca) -> Response:
    with hoja:
        datos = hoja.datos
        saca = abrir_saca(sesion, actor, datos.origen_agencia_id, datos.destino_agencia_id, id=hoja.id)
        return redirigir(f"{SACAS}/{saca.id}", _("Saca %(n)s abierta.") % {"n": saca.numero})
    return _bandeja(request, sesion, actor, None, hoja.uuid_o_nada("origen_agencia_id"), hoja)


@router.post(DESPACHOS)
def preparar_un_despacho(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeDespacho
) -> Response:
    with hoja:
        datos = hoja.datos
        despacho = preparar_despacho(
            sesion,
            actor,
            datos.origen_agencia_id,
            datos.destino_agencia_id,
            vehiculo=datos.vehiculo,
            conductor=datos.conductor,
            id=hoja.id,
        )
        aviso = _("Despacho %(n)s en preparación.") % {"n": despacho.numero}
        return redirigir(f"{DESPACHOS}/{despacho.id}", aviso)
    return _bandeja(request, sesion, actor, None, hoja.uuid_o_nada("origen_agencia_id"), hoja)


# --- One bag ----------------------------------------------------------------------------------------------


@router.get(SACAS + "/{saca_id}")
def ver_saca(request: Request, sesion: Sesion, actor: ActorRequerido, saca_id: UUID) -> HTMLResponse:
    return _saca(request, sesion, actor, saca_id)


def _saca(
    request: Request, sesion: Session, actor: Actor, saca_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    saca = saca_visible(sesion, actor, saca_id)
    cosas = contenido(sesion, [saca.id])
    abierta = saca.estado is EstadoSaca.ABIERTA
    return pagina(
        request,
        "envios/despachos/saca.html",
        hoja=hoja,
        saca=saca,
        cosas=list(reversed(cosas)),
        lugares=lugares_de(sesion, [c.envio for c in cosas]),
        nombres=nombres_de_agencias(sesion, [saca]),
        en_kilos=en_kilos,
        lectura=LECTURA_DE_SACA.mostrar(request, enviada=hoja) if abierta else None,
        cierre=CIERRE_DE_SACA.mostrar(request, enviada=hoja),
        retiros={
            c.envio.id: RETIRO.mostrar(request, {"cosa": str(c.envio.id)}, enviada=hoja, de=str(c.envio.id))
            for c in (cosas if abierta else [])
        },
        pasos={
            p.value: PASO_DE_SACA.mostrar(request, {"paso": p.value}, enviada=hoja, de=p.value)
            for p in PasoDeLaSaca
        },
    )


@router.post(SACAS + "/{saca_id}/lectura")
def leer_en_una_saca(
    request: Request, sesion: Sesion, actor: ActorRequerido, saca_id: UUID, hoja: HojaDeLecturaDeSaca
) -> Response:
    """One scan: the page comes back ready for the next one."""
    saca = saca_visible(sesion, actor, saca_id)
    with hoja, leyendo():
        envio = meter(sesion, actor, saca_id, hoja.datos.codigo, insiste=hoja.datos.insiste)
        destino = lugares_de(sesion, [envio]).get(envio.destino_municipio_ine, "")
        aviso = _("%(n)s dentro. Destino: %(destino)s.") % {"n": envio.numero, "destino": destino}
        ojo = de_paso(sesion, envio, agencia_por_id(sesion, saca.destino_agencia_id))
        if ojo and not hoja.datos.insiste:
            aviso = _("%(n)s dentro.") % {"n": envio.numero} + " " + ojo
        return redirigir(f"{SACAS}/{saca_id}", aviso)
    return _saca(request, sesion, actor, saca_id, hoja)


@router.post(SACAS + "/{saca_id}/retiro")
def sacar_de_una_saca(
    request: Request, sesion: Sesion, actor: ActorRequerido, saca_id: UUID, hoja: HojaDeRetiro
) -> Response:
    saca_visible(sesion, actor, saca_id)
    with hoja:
        sacar(sesion, actor, saca_id, hoja.datos.cosa)
        return redirigir(f"{SACAS}/{saca_id}", _("Envío sacado."))
    return _saca(request, sesion, actor, saca_id, hoja)


@router.post(SACAS + "/{saca_id}/cierre")
def cerrar_una_saca(
    request: Request, sesion: Sesion, actor: ActorRequerido, saca_id: UUID, hoja: HojaDeCierreDeSaca
) -> Response:
    saca_visible(sesion, actor, saca_id)
    with hoja:
        saca = cerrar_saca(sesion, actor, saca_id, hoja.datos.precinto, hoja.datos.peso_g)
        aviso = _("Saca %(n)s cerrada con el precinto %(p)s.") % {"n": saca.numero, "p": saca.precinto}
        return redirigir(f"{SACAS}/{saca_id}", aviso)
    return _saca(request, sesion, actor, saca_id, hoja)


@router.post(SACAS + "/{saca_id}/paso")
def pasar_una_saca(
    request: Request, sesion: Sesion, actor: ActorRequerido, saca_id: UUID, hoja: HojaDePasoDeSaca
) -> Response:
    saca_visible(sesion, actor, saca_id)
    with hoja:
        saca = paso_de_saca(sesion, actor, saca_id, hoja.datos.paso)
        aviso = _("Saca %(n)s: %(estado)s.") % {"n": saca.numero, "estado": saca.estado.texto.lower()}
        return redirigir(f"{SACAS}/{saca_id}", aviso)
    return _saca(request, sesion, actor, saca_id, hoja)
