"""Pages of the documents of a process: for its entity to put them, and each file for whoever may see it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ciudadania import ActorOpcional, ActorRequerido
from empresa_digital.registro import Facultad, tiene_facultad
from feria_inversa.documentos import PEDIDOS_MAXIMOS, pedidos_de, usuales, version_publica
from feria_inversa.expediente.api_documentos import NumeroDeDocumento
from feria_inversa.procesos import (
    DOCUMENTO,
    ENMENDAR_DOCUMENTO,
    FUERA,
    PEDIDOS,
    QUITAR_DOCUMENTO,
    SUBSANABLE,
    ConvocatoriaNoEncontrada,
    Estado,
    EstadoNoPermite,
    HojaDeDocumento,
    HojaDeEnmiendaDeDocumento,
    HojaDePedidos,
    HojaDeQuitarDocumento,
    PedidoEntrada,
    convocatoria_visible,
    ficha,
    pedir_documentos,
    puede_gestionar,
    quitar_documento,
    subir_documento,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.archivos.servir import respuesta_de
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.lectores import NumeroDeRuta
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter()
DOCUMENTOS = "/compras/{convocatoria_id}/documentos"
LO_PEDIDO = "/compras/{convocatoria_id}/documentos-pedidos"
DE_MAS = 4
"""Rows that the page has empty, for more documents."""


@router.get("/feria/{convocatoria_id}/documentos/{numero}/{version}", dependencies=[Depends(publico)])
def bajar(
    request: Request,
    convocatoria_id: UUID,
    numero: NumeroDeDocumento,
    version: NumeroDeRuta,
    sesion: Sesion,
    actor: ActorOpcional,
) -> Response:
    """A version of a document, as it was published."""
    convocatoria_visible(sesion, actor, convocatoria_id)
    cual = version_publica(sesion, convocatoria_id, numero, version)
    return respuesta_de(sesion, cual.archivo_id, request)


def _gestionable(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    return convocatoria


@router.get(DOCUMENTOS)
def documentos(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido
) -> HTMLResponse:
    """The documents of a process, and the form that puts another one."""
    return _pagina(request, sesion, actor, convocatoria_id)


def _pagina(
    request: Request, sesion: Session, actor: Actor, convocatoria_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    puede = tiene_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    borrador = convocatoria.estado == Estado.BORRADOR
    contexto = ficha(sesion, convocatoria)
    formulario = DOCUMENTO if borrador else ENMENDAR_DOCUMENTO
    return pagina(
        request,
        "feria_inversa/expediente/documentos.html",
        hoja=hoja,
        borrador=borrador,
        sube=puede and (borrador or contexto["abierta"]),
        quita=puede and borrador,
        documento=formulario.mostrar(
            request,
            enviada=hoja,
            opciones={"numero": [(str(d.vigente.numero), d.vigente.titulo) for d in contexto["documentos"]]},
        ),
        quitar=QUITAR_DOCUMENTO.mostrar(request, enviada=hoja),
        **contexto,
    )


@router.post(DOCUMENTOS, response_model=None)
def subir(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeDocumento
) -> HTMLResponse | RedirectResponse:
    _gestionable(sesion, actor, convocatoria_id)
    with hoja:
        return _subido(sesion, actor, convocatoria_id, hoja, _("Subió el documento."))
    return _pagina(request, sesion, actor, convocatoria_id, hoja)


@router.post("/compras/{convocatoria_id}/enmiendas/documentos", response_model=None)
def enmendar(
    request: Request,
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeEnmiendaDeDocumento,
) -> HTMLResponse | RedirectResponse:
    """A document that a published call did not have, or had otherwise."""
    _gestionable(sesion, actor, convocatoria_id)
    with hoja:
        dicho = {"motivo": hoja.datos.motivo, "vence_en": hoja.datos.vence_en}
        return _subido(sesion, actor, convocatoria_id, hoja, _("La enmienda quedó publicada."), **dicho)
    return _pagina(request, sesion, actor, convocatoria_id, hoja)


def _subido(
    sesion: Session, actor: Actor, convocatoria_id: UUID, hoja: Hoja[Any], aviso: str, **dicho: Any
) -> RedirectResponse:
    datos = hoja.datos
    if not hoja.ya_hecha:
        subir_documento(
            sesion,
            actor,
            convocatoria_id,
            datos.clase,
            datos.titulo,
            hoja.archivo("archivo"),
            numero=datos.numero,
            **dicho,
        )
    return redirigir(f"/compras/{convocatoria_id}/documentos", aviso)


@router.post(DOCUMENTOS + "/quitar", response_model=None)
def sacar(
    request: Request,
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeQuitarDocumento,
) -> HTMLResponse | RedirectResponse:
    _gestionable(sesion, actor, convocatoria_id)
    with hoja:
        if not hoja.ya_hecha:
            quitar_documento(sesion, actor, convocatoria_id, hoja.datos.quitar)
        return redirigir(f"/compras/{convocatoria_id}/documentos", _("Quitó el documento."))
    return _pagina(request, sesion, actor, convocatoria_id, hoja)


@router.get(LO_PEDIDO)
def lo_pedido(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    """What who bids presents besides their bid; where nothing is asked yet, what usually is."""
    return _pagina_de_pedidos(request, sesion, actor, convocatoria_id)


def _borrador(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    if convocatoria.estado != Estado.BORRADOR:
        raise EstadoNoPermite(_("Lo que se pide presentar ya no cambia: está publicado."))
    return convocatoria


def _pagina_de_pedidos(
    request: Request, sesion: Session, actor: Actor, convocatoria_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    convocatoria = _borrador(sesion, actor, convocatoria_id)
    pide = pedidos_de(sesion, convocatoria_id)
    propuestos = pide or usuales(convocatoria.categoria)
    valores = {
        f"pedidos.{p.numero}.{campo}": valor
        for p in propuestos
        for campo, valor in (("nombre", p.nombre), ("falta", SUBSANABLE if p.subsanable else FUERA))
    }
    return pagina(
        request,
        "feria_inversa/expediente/documentos_pedidos.html",
        hoja=hoja,
        convocatoria=convocatoria,
        pide=pide,
        filas=range(1, min(len(propuestos) + DE_MAS, PEDIDOS_MAXIMOS) + 1),
        formulario=PEDIDOS.mostrar(request, valores, enviada=hoja),
    )


@router.post(LO_PEDIDO, response_model=None)
def pedir(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePedidos
) -> HTMLResponse | RedirectResponse:
    _gestionable(sesion, actor, convocatoria_id)
    with hoja:
        pedidos = [
            PedidoEntrada.model_construct(nombre=p.nombre, subsanable=p.falta == SUBSANABLE)
            for p in hoja.datos.pedidos
        ]
        pedir_documentos(sesion, actor, convocatoria_id, pedidos)
        return redirigir(f"/compras/{convocatoria_id}/publicar", _("Guardó lo que se pide presentar."))
    return _pagina_de_pedidos(request, sesion, actor, convocatoria_id, hoja)
