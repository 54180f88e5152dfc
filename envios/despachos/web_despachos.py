"""Pages of one manifest: loading it, receiving it, what arrived otherwise; also of a hand-over."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from empresa_digital.registro import unidades_en_lote
from envios.despachos.consultas import (
    contenido,
    despacho_visible,
    diferencia_visible,
    diferencias_de,
    sacas_de_despacho,
    trabaja_en,
)
from envios.despachos.despachos import cargar, descargar
from envios.despachos.diferencias import explicar, responder
from envios.despachos.esquemas import PasoDelDespacho
from envios.despachos.estados import EstadoDespacho, EstadoDiferencia, EstadoSaca
from envios.despachos.formularios import (
    EXPLICACION,
    LECTURA_DE_DESPACHO,
    LLEGADA,
    PASO_DE_DESPACHO,
    PASO_DE_SACA,
    RESPUESTA,
    RETIRO,
    HojaDeExplicacion,
    HojaDeLecturaDeDespacho,
    HojaDeLlegada,
    HojaDePasoDeDespacho,
    HojaDeRespuesta,
    HojaDeRetiro,
)
from envios.despachos.manifiesto import en_kilos, manifiesto_pdf
from envios.despachos.modelos import Despacho, Diferencia
from envios.despachos.pasos import paso_de_despacho
from envios.despachos.presentar import leer_cargado_a, leer_diferencias, leer_llegada
from envios.despachos.recibir import recibir
from envios.despachos.web_comun import DESPACHOS, leyendo
from envios.items import lugares_de
from envios.operadores import agencias_en_lote
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(include_in_schema=False)
UNO = DESPACHOS + "/{despacho_id}"


@router.get(UNO)
def ver_despacho(request: Request, sesion: Sesion, actor: ActorRequerido, despacho_id: UUID) -> HTMLResponse:
    return _despacho(request, sesion, actor, despacho_id)


def _despacho(
    request: Request, sesion: Session, actor: Actor, despacho_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    """To load it, at its origin; to receive it, at its destination; to look at it, at both."""
    despacho = despacho_visible(sesion, actor, despacho_id)
    sacas = sacas_de_despacho(sesion, despacho.id)
    cosas = contenido(sesion, [s.id for s in sacas], despacho.id)
    sueltos = [c for c in cosas if c.carga.saca_id is None]
    agencias = agencias_en_lote(sesion, [despacho.origen_agencia_id, despacho.destino_agencia_id])
    en_origen = bool(trabaja_en(sesion, actor, despacho.operador_unidad_id, despacho.origen_agencia_id))
    en_destino = bool(trabaja_en(sesion, actor, despacho.destino_unidad_id, despacho.destino_agencia_id))
    prepara = en_origen and despacho.estado is EstadoDespacho.EN_PREPARACION
    recibe = en_destino and despacho.salio_en is not None
    return pagina(
        request,
        "envios/despachos/despacho.html",
        hoja=hoja,
        despacho=despacho,
        origen=agencias[despacho.origen_agencia_id],
        destino=agencias[despacho.destino_agencia_id],
        operadores=unidades_en_lote(sesion, {a.operador_unidad_id for a in agencias.values()}),
        sacas=sacas,
        sueltos=sueltos,
        lugares=lugares_de(sesion, [c.envio for c in sueltos]),
        cuantos={s.id: [c for c in cosas if c.carga.saca_id == s.id] for s in sacas},
        llegaron=sum(c.carga.estado == "llegada" for c in cosas),
        en_kilos=en_kilos,
        prepara=prepara,
        recibe=recibe,
        lectura=LECTURA_DE_DESPACHO.mostrar(request, enviada=hoja) if prepara else None,
        llegada=LLEGADA.mostrar(request, {"precinto": "intacto"}, enviada=hoja) if recibe else None,
        retiros={
            id: RETIRO.mostrar(request, {"cosa": str(id)}, enviada=hoja, de=str(id))
            for id in [s.id for s in sacas] + [c.envio.id for c in sueltos]
            if prepara
        },
        pasos={
            p.value: PASO_DE_DESPACHO.mostrar(request, {"paso": p.value}, enviada=hoja, de=p.value)
            for p in PasoDelDespacho
        },
        vaciados={
            s.id: PASO_DE_SACA.mostrar(request, {"paso": "vaciar"}, de=str(s.id))
            for s in sacas
            if recibe and s.estado is EstadoSaca.RECIBIDA
        },
        diferencias=_diferencias(request, sesion, despacho, en_origen, en_destino, hoja),
    )


def _diferencias(
    request: Request,
    sesion: Session,
    despacho: Despacho,
    en_origen: bool,
    en_destino: bool,
    hoja: Hoja[Any] | None,
) -> list[dict[str, Any]]:
    """Each with what the worker may do about it now."""
    filas = diferencias_de(sesion, despacho.id)
    return [
        {
            "fila": fila,
            "leida": leida,
            "explicacion": EXPLICACION.mostrar(request, enviada=hoja, de=str(fila.id))
            if fila.estado in (EstadoDiferencia.ABIERTA, EstadoDiferencia.VENCIDA)
            else None,
            "respuestas": {
                r: RESPUESTA.mostrar(request, {"acepta": r}, enviada=hoja, de=f"{r}-{fila.id}")
                for r in ("si", "no")
            }
            if _le_toca(fila, despacho, en_origen, en_destino)
            else None,
        }
        for fila, leida in zip(filas, leer_diferencias(sesion, filas), strict=True)
    ]


def _le_toca(fila: Diferencia, despacho: Despacho, en_origen: bool, en_destino: bool) -> bool:
    """Whether the worker is of the side that has to answer."""
    if fila.estado is not EstadoDiferencia.EXPLICADA:
        return False
    return en_destino if fila.explicada_agencia_id == despacho.origen_agencia_id else en_origen


@router.get(UNO + "/manifiesto.pdf")
def imprimir_manifiesto(sesion: Sesion, actor: ActorRequerido, despacho_id: UUID) -> Response:
    despacho = despacho_visible(sesion, actor, despacho_id)
    cabeceras = {"Content-Disposition": f'inline; filename="{despacho.numero}.pdf"'}
    return Response(manifiesto_pdf(sesion, despacho), media_type="application/pdf", headers=cabeceras)


@router.post(UNO + "/carga")
def cargar_un_despacho(
    request: Request, sesion: Sesion, actor: ActorRequerido, despacho_id: UUID, hoja: HojaDeLecturaDeDespacho
) -> Response:
    """One scan: the page comes back ready for the next one."""
    despacho = despacho_visible(sesion, actor, despacho_id)
    with hoja, leyendo():
        hecho = cargar(sesion, actor, despacho_id, hoja.datos.codigo, insiste=hoja.datos.insiste)
        cosa = leer_cargado_a(sesion, hecho, despacho.destino_agencia_id)
        aviso = _("%(n)s cargado.") % {"n": cosa.numero}
        if cosa.aviso and not hoja.datos.insiste:
            aviso = f"{aviso} {cosa.aviso}"
        return redirigir(f"{DESPACHOS}/{despacho_id}", aviso)
    return _despacho(request, sesion, actor, despacho_id, hoja)


@router.post(UNO + "/descarga")
def descargar_de_un_despacho(
    request: Request, sesion: Sesion, actor: ActorRequerido, despacho_id: UUID, hoja: HojaDeRetiro
) -> Response:
    despacho_visible(sesion, actor, despacho_id)
    with hoja:
        descargar(sesion, actor, despacho_id, hoja.datos.cosa)
        return redirigir(f"{DESPACHOS}/{despacho_id}", _("Ya no va en este despacho."))
    return _despacho(request, sesion, actor, despacho_id, hoja)


@router.post(UNO + "/paso")
def pasar_un_despacho(
    request: Request, sesion: Sesion, actor: ActorRequerido, despacho_id: UUID, hoja: HojaDePasoDeDespacho
) -> Response:
    despacho_visible(sesion, actor, despacho_id)
    with hoja:
        hecho = paso_de_despacho(sesion, actor, despacho_id, hoja.datos.paso)
        aviso = _("Despacho %(n)s: %(estado)s.") % {"n": hecho.numero, "estado": hecho.estado.texto.lower()}
        return redirigir(f"{DESPACHOS}/{despacho_id}", aviso)
    return _despacho(request, sesion, actor, despacho_id, hoja)


@router.post(UNO + "/llegada")
def recibir_de_un_despacho(
    request: Request, sesion: Sesion, actor: ActorRequerido, despacho_id: UUID, hoja: HojaDeLlegada
) -> Response:
    """One scan of a reception: the page comes back ready for the next one."""
    despacho_visible(sesion, actor, despacho_id)
    with hoja, leyendo():
        datos = hoja.datos
        hecha = leer_llegada(
            recibir(
                sesion,
                actor,
                despacho_id,
                datos.codigo,
                precinto_intacto=datos.precinto != "roto",
                peso_g=datos.peso_g,
            )
        )
        texto = _("%(n)s: recibido.")
        if hecha.repetida:
            texto = _("%(n)s: ya estaba leído.")
        elif hecha.sobra:
            texto = _("%(n)s: recibido, y no está en este manifiesto.")
        return redirigir(f"{DESPACHOS}/{despacho_id}", texto % {"n": hecha.numero})
    return _despacho(request, sesion, actor, despacho_id, hoja)


@router.post("/envios/operador/diferencias/{diferencia_id}/explicacion")
def explicar_una_diferencia(
    request: Request, sesion: Sesion, actor: ActorRequerido, diferencia_id: UUID, hoja: HojaDeExplicacion
) -> Response:
    despacho_id = diferencia_visible(sesion, actor, diferencia_id).despacho_id
    with hoja:
        explicar(sesion, actor, diferencia_id, hoja.datos.explicacion)
        return redirigir(f"{DESPACHOS}/{despacho_id}", _("Explicación anotada: la verá la otra agencia."))
    return _despacho(request, sesion, actor, despacho_id, hoja)


@router.post("/envios/operador/diferencias/{diferencia_id}/respuesta")
def responder_una_diferencia(
    request: Request, sesion: Sesion, actor: ActorRequerido, diferencia_id: UUID, hoja: HojaDeRespuesta
) -> Response:
    despacho_id = diferencia_visible(sesion, actor, diferencia_id).despacho_id
    with hoja:
        acepta = hoja.datos.acepta == "si"
        responder(sesion, actor, diferencia_id, acepta)
        aviso = _("Diferencia aclarada.") if acepta else _("Se pidió otra explicación.")
        return redirigir(f"{DESPACHOS}/{despacho_id}", aviso)
    return _despacho(request, sesion, actor, despacho_id, hoja)
