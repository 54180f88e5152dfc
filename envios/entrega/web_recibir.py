"""Pages of who receives an item, and the proof that those concerned see afterwards."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from envios import s10
from envios.entrega.constancia_pdf import hacer_constancia
from envios.entrega.consultas import eleccion_vigente
from envios.entrega.elegir import SE_ELIGE, agencias_para, elegir, ubicar
from envios.entrega.errores import PruebaNoEncontrada
from envios.entrega.espera import prorrogar
from envios.entrega.formularios import (
    ELECCION,
    EN_LA_PUERTA,
    UBICACION,
    HojaDeEleccion,
    HojaDeProrroga,
    HojaDeUbicacion,
    opciones_de_quien,
)
from envios.entrega.presentar import archivo_visible, pruebas_visibles
from envios.entrega.tipos import ClaseDeArchivo, QuienPuede
from envios.items import (
    EnvioNoEncontrado,
    envio_por_id,
    envio_visible,
    lugares_de,
    nombre_unidad,
    plus_de,
    recibe,
)
from envios.items.modelos import Envio
from envios.operadores import fichas
from envios.tarifas import entrega_cotizada
from nucleo.actor import Actor
from nucleo.archivos.servir import respuesta_de
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/envios", include_in_schema=False)


# --- How to receive it ------------------------------------------------------------------------------------


@router.get("/{envio_id}/recibir")
def pagina_recibir(request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> HTMLResponse:
    return _pagina_recibir(request, sesion, actor, envio_id)


def _pagina_recibir(
    request: Request, sesion: Session, actor: Actor, envio_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    envio = el_que_recibe(sesion, actor, envio_id)
    lugares = fichas(sesion, agencias_para(sesion, envio))
    vigente = eleccion_vigente(sesion, envio.id)
    valores: dict[str, Any] = {"agencia": EN_LA_PUERTA, "recibe": "destinatario"}
    if vigente is not None:
        valores = {
            "agencia": str(vigente.agencia_id or EN_LA_PUERTA),
            "dia": vigente.dia,
            "recibe": vigente.recibe,
            "nombre": vigente.nombre,
            "donde": vigente.donde,
        }
    puerta = (EN_LA_PUERTA, _("En mi puerta"), envio.destino_referencia)
    se_retira = entrega_cotizada(sesion, envio.cotizacion_id) == "agencia"
    quienes = [q for q in opciones_de_quien() if not (se_retira and q[0] == QuienPuede.VECINO)]
    if se_retira:
        puerta = (EN_LA_PUERTA, _("En la agencia que diga el operador"), _("Se pagó para retirarlo."))
    opciones = [
        puerta,
        *((str(f.agencia.id), f.agencia.nombre, f"{f.agencia.direccion}. {f.ahora.texto}") for f in lugares),
    ]
    return pagina(
        request,
        "envios/entrega/recibir.html",
        hoja=hoja,
        envio=envio,
        numero=s10.leer_numero(envio.numero),
        se_elige=envio.estado in SE_ELIGE,
        se_retira=se_retira,
        fichas=lugares,
        plus=plus_de(envio),
        eleccion=ELECCION.mostrar(
            request, valores, enviada=hoja, opciones={"agencia": opciones, "recibe": quienes}
        ),
        ubicacion=UBICACION.mostrar(
            request, {"latitud": envio.latitud, "longitud": envio.longitud}, enviada=hoja
        ),
    )


@router.post("/{envio_id}/recibir")
def elegir_como(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeEleccion
) -> Response:
    envio = el_que_recibe(sesion, actor, envio_id)
    with hoja:
        elegir(sesion, actor, envio_id, hoja.datos.eleccion())
        return redirigir(f"/seguimiento/{envio.numero}", _("Quedó anotado: el operador ya lo ve."))
    return _pagina_recibir(request, sesion, actor, envio_id, hoja)


@router.post("/{envio_id}/ubicacion")
def decir_donde(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeUbicacion
) -> Response:
    el_que_recibe(sesion, actor, envio_id)
    with hoja:
        ubicar(sesion, actor, envio_id, hoja.datos.latitud, hoja.datos.longitud)
        return redirigir(f"/envios/{envio_id}/recibir", _("El lugar quedó guardado."))
    return _pagina_recibir(request, sesion, actor, envio_id, hoja)


@router.post("/{envio_id}/prorroga")
def pedir_prorroga(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeProrroga
) -> Response:
    with hoja:
        envio = prorrogar(sesion, actor, envio_id)
        return redirigir(f"/seguimiento/{envio.numero}", _("Ahora tiene más días para retirarlo."))
    return _pagina_recibir(request, sesion, actor, envio_id, hoja)


def el_que_recibe(sesion: Session, actor: Actor, envio_id: UUID) -> Envio:
    """The item, for whom its delivery code is for. Raises `EnvioNoEncontrado`."""
    envio = envio_por_id(sesion, envio_id)
    if not recibe(sesion, actor, envio):
        raise EnvioNoEncontrado()
    return envio


# --- Who received it --------------------------------------------------------------------------------------


@router.get("/{envio_id}/prueba")
def pagina_prueba(request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> HTMLResponse:
    envio, vista = envio_visible(sesion, actor, envio_id)
    return pagina(
        request,
        "envios/entrega/prueba.html",
        envio=envio,
        numero=s10.leer_numero(envio.numero),
        pruebas=pruebas_visibles(sesion, envio, vista),
        destino=lugares_de(sesion, [envio])[envio.destino_municipio_ine],
        operador=nombre_unidad(sesion, envio.custodio_unidad_id),
    )


@router.get("/{envio_id}/prueba.pdf")
def prueba_en_pdf(sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> Response:
    """The proof that counts, on paper: the last one that there is."""
    envio, vista = envio_visible(sesion, actor, envio_id)
    pruebas = [p for p in pruebas_visibles(sesion, envio, vista) if p.evento is not None]
    if not pruebas:
        raise PruebaNoEncontrada()
    destino = lugares_de(sesion, [envio])[envio.destino_municipio_ine]
    operador = nombre_unidad(sesion, pruebas[-1].fila.operador_unidad_id)
    return Response(
        hacer_constancia(sesion, envio, pruebas[-1], operador, destino),
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="entrega-{envio.numero}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )


@router.get("/pruebas/{prueba_id}/{clase}")
def imagen_de_prueba(
    request: Request, sesion: Sesion, actor: ActorRequerido, prueba_id: UUID, clase: ClaseDeArchivo
) -> Response:
    imagen = archivo_visible(sesion, actor, prueba_id, clase)
    return respuesta_de(sesion, imagen.archivo_id, request)
