"""Pages of shipments for everybody: public tracking, my shipments."""

from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session, col
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorOpcional, ActorRequerido
from empresa_digital.registro import CON_LO_SUYO, Facultad, unidades_de
from envios import s10
from envios.admision import enlaces_de
from envios.entrega import PRORROGA, panel_de, renovar_codigo
from envios.eventos import anulacion_pedida, autorizar_remitente, es_provisional, pedir_anulacion
from envios.items import (
    FALLOS_MAXIMOS,
    EstadoEnvio,
    NumeroAmbiguo,
    Papeles,
    Vista,
    candidatos_de,
    envio_visible,
    error_de_escritura,
    lugares_de,
    operadores_de,
    partes_de,
    pasos_de,
    recibe,
    remitente_de,
    tono,
    vista_de,
)
from envios.items.modelos import Envio
from envios.seguimiento import web_operador, web_rastreadores
from envios.seguimiento.detalles import detalles_de
from envios.seguimiento.formularios import PASO, HojaDePaso
from envios.seguimiento.rastros import Hallazgo, Rastro, buscar_rastros, leer_numeros, rastro_de, rastros_de
from envios.seguimiento.seguimiento import hitos_de, ruta_de, siguiente_paso, titulo_de
from envios.tarifas import peso_en_palabras
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.limites import limitar_direccion
from nucleo.paginacion import Cursor, paginar
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter(include_in_schema=False)
# Before the routes below: «operador» must not be read as the id of a shipment.
router.include_router(web_operador.router)
router.include_router(web_rastreadores.router)

SEGUIMIENTOS_POR_MINUTO = 120


def _caja(request: Request, numero: str, error: str, estado: int) -> HTMLResponse:
    """The number box again, with what is wrong."""
    return pagina(
        request,
        "envios/seguimiento/buscar.html",
        estado,
        numero=numero,
        errores={"numero": error} if error else {},
    )


@router.get("/seguimiento", dependencies=[Depends(publico)])
def buscar(
    request: Request,
    sesion: Sesion,
    numero: Annotated[str, Query(max_length=2000)] = "",
    emisor: UUID | None = None,
) -> Response:
    """The box; one number leads to its page, several are shown together."""
    try:
        numeros = leer_numeros(numero)
    except DatosInvalidos as error:
        return _caja(request, numero, error.detalle, 422)
    if not numeros:
        return _caja(request, "", "", 200)
    limpio = s10.normalizar(numeros[0])
    if len(numeros) == 1 and "/" not in limpio and emisor is None:
        error_de_uno = error_de_escritura(limpio)
        if error_de_uno is not None and not candidatos_de(sesion, [limpio]).get(limpio):
            return _caja(request, numero, error_de_uno.detalle, 422)
        return redirigir(f"/seguimiento/{quote(limpio, safe='')}")
    _limitar(request, 1 + len(numeros) // 10)
    return _varios(request, sesion, numero, buscar_rastros(sesion, numeros, emisor))


def _limitar(request: Request, usos: int) -> None:
    limitar_direccion(request, "seguimiento-web", cupo=SEGUIMIENTOS_POR_MINUTO, ventana_s=60, usos=usos)


def _varios(
    request: Request, sesion: Session, numero: str, hallados: list[Hallazgo], estado: int = 200
) -> HTMLResponse:
    """Each number with where it is, or why it was not found; nobody's data."""
    rastros = [h.rastro for h in hallados if h.rastro is not None]
    return pagina(
        request,
        "envios/seguimiento/varios.html",
        estado,
        numero=numero,
        hallados=hallados,
        lugares=lugares_de(sesion, [r.envio for r in rastros]),
        siguientes={r.envio.id: siguiente_paso(r) for r in rastros},
        tono=tono,
        errores={},
        con_error=False,
    )


@router.get("/seguimiento/{numero}", dependencies=[Depends(publico)])
def seguir(
    request: Request, sesion: Sesion, actor: ActorOpcional, numero: str, emisor: UUID | None = None
) -> Response:
    """The timeline: for anybody without personal data, with it for those concerned."""
    _limitar(request, 1)
    numero = numero[:200]
    (hallado,) = buscar_rastros(sesion, [numero], emisor)
    if isinstance(hallado.error, NumeroAmbiguo):
        return _varios(request, sesion, numero, [hallado], 409)
    if hallado.error is not None:
        return _caja(request, numero, hallado.error.detalle, hallado.error.estado)
    assert hallado.rastro is not None
    if numero != hallado.rastro.envio.numero:
        return redirigir(f"/seguimiento/{hallado.rastro.envio.numero}")
    return _pagina_de_seguimiento(request, sesion, actor, hallado.rastro)


def _pagina_de_seguimiento(
    request: Request, sesion: Session, actor: Actor | None, rastro: Rastro, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    envio = rastro.envio
    vista = vista_de(sesion, actor, envio)
    publica = vista is Vista.PUBLICO
    anulacion = None if publica else anulacion_pedida(sesion, envio.id)
    return pagina(
        request,
        "envios/seguimiento/seguimiento.html",
        hoja=hoja,
        paso=PASO.mostrar(request, enviada=hoja),
        envio=envio,
        numero=s10.leer_numero(envio.numero),
        vista=vista.value,
        hitos=list(reversed(hitos_de(sesion, rastro.historia.cuentan, vista))),
        siguiente=siguiente_paso(rastro, vista),
        titulo=titulo_de(rastro),
        prometido=rastro.entrega_el,
        demorado=rastro.demorado,
        detalles=None if publica else detalles_de(sesion, envio, vista),
        en_palabras=peso_en_palabras,
        paradas=ruta_de(sesion, rastro),
        pasos=pasos_de(envio),
        tono=tono(envio.estado),
        operador=rastro.operador,
        remitente="" if publica else remitente_de(sesion, envio).nombre,
        destino=lugares_de(sesion, [envio])[envio.destino_municipio_ine],
        muestra_codigo=actor is not None and recibe(sesion, actor, envio) and not envio.estado.es_terminal,
        por_confirmar=vista is Vista.DESTINATARIO and es_provisional(rastro.historia.decisivo),
        bloqueado=envio.codigo_fallos >= FALLOS_MAXIMOS,
        enlaces=enlaces_de(sesion, envio, vista),
        entrega=panel_de(sesion, actor, envio, vista),
        prorroga=PRORROGA.mostrar(request, enviada=hoja),
        anulacion=anulacion,
        puede_anular=vista is Vista.REMITENTE and envio.estado is EstadoEnvio.ANUNCIADO and anulacion is None,
    )


class Lista(StrEnum):
    """What somebody looks at of their items."""

    POR_LLEGAR = "por_llegar"
    ENVIADOS = "enviados"
    TERMINADOS = "terminados"


_VISTAS = {
    Lista.POR_LLEGAR: (Vista.DESTINATARIO,),
    Lista.ENVIADOS: (Vista.REMITENTE,),
    Lista.TERMINADOS: (Vista.DESTINATARIO, Vista.REMITENTE),
}


@router.get("/envios")
def mis_envios(
    request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor, ver: Lista = Lista.POR_LLEGAR
) -> HTMLResponse:
    """What comes to me, what I and my units sent, and what ended; each with what follows."""
    papeles = Papeles.de(sesion, actor)
    fines = [e for e in EstadoEnvio if e.es_terminal]
    en_fines = col(Envio.estado).in_(fines)
    suyos = papeles.envios(*_VISTAS[ver]).where(en_fines if ver is Lista.TERMINADOS else ~en_fines)
    filas, siguiente = paginar(sesion, suyos, cursor, columnas=(Envio.creado_en, Envio.id))
    rastros = rastros_de(sesion, [e.id for e in filas])
    vistas = {e.id: papeles.vista(e) for e in filas}
    return pagina(
        request,
        "envios/seguimiento/mis_envios.html",
        envios=filas,
        ver=ver.value,
        vistas={id: vista.value for id, vista in vistas.items()},
        lugares=lugares_de(sesion, filas),
        partes=partes_de(sesion, filas),
        siguientes={id: siguiente_paso(r, vistas[id]) for id, r in rastros.items()},
        rastros=rastros,
        tono=tono,
        tiene_unidades=papeles.tiene_unidades,
        vende=bool(unidades_de(sesion, actor, Facultad.VENDER, estados=CON_LO_SUYO)),
        es_operador=bool(operadores_de(sesion, actor)),
        siguiente_url=f"/envios?ver={ver.value}&cursor={siguiente}" if siguiente else None,
    )


@router.get("/envios/{envio_id}")
def ver(sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> Response:
    """The address of a shipment by id leads to its tracking page."""
    envio, _vista = envio_visible(sesion, actor, envio_id)
    return redirigir(f"/seguimiento/{envio.numero}")


@router.post("/envios/{envio_id}/codigo")
def otro_codigo(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDePaso
) -> Response:
    with hoja:
        envio = renovar_codigo(sesion, actor, envio_id)
        aviso = _("Su código de entrega es nuevo: el anterior ya no sirve.")
        return redirigir(f"/seguimiento/{envio.numero}", aviso)
    return _rechazado(request, sesion, actor, envio_id, hoja)


@router.post("/envios/{envio_id}/anular")
def anular(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDePaso
) -> Response:
    envio, _vista = envio_visible(sesion, actor, envio_id)
    autorizacion = autorizar_remitente(sesion, actor, envio)
    with hoja:
        pedir_anulacion(sesion, autorizacion, envio_id)
        return redirigir(
            f"/seguimiento/{envio.numero}", _("Pidió anular el envío: falta que el operador lo confirme.")
        )
    return _rechazado(request, sesion, actor, envio_id, hoja)


def _rechazado(
    request: Request, sesion: Session, actor: Actor, envio_id: UUID, hoja: Hoja[Any]
) -> HTMLResponse:
    envio, _vista = envio_visible(sesion, actor, envio_id)
    return _pagina_de_seguimiento(request, sesion, actor, rastro_de(sesion, envio.id), hoja)
