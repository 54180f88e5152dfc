"""Pages of the documents of a process: for its entity to put them, and each file for whoever may see it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ciudadania import ActorOpcional, ActorRequerido
from empresa_digital.registro import Facultad, tiene_facultad
from feria_inversa.documentos import version_publica
from feria_inversa.procesos import (
    DOCUMENTO,
    ENMENDAR_DOCUMENTO,
    QUITAR_DOCUMENTO,
    ConvocatoriaNoEncontrada,
    Estado,
    HojaDeDocumento,
    HojaDeEnmiendaDeDocumento,
    HojaDeQuitarDocumento,
    convocatoria_visible,
    ficha,
    puede_gestionar,
    quitar_documento,
    subir_documento,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.archivos.servir import respuesta_de
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter()
DOCUMENTOS = "/compras/{convocatoria_id}/documentos"


@router.get("/feria/{convocatoria_id}/documentos/{numero}/{version}", dependencies=[Depends(publico)])
def bajar(
    request: Request, convocatoria_id: UUID, numero: int, version: int, sesion: Sesion, actor: ActorOpcional
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
        return _subido(sesion, actor, convocatoria_id, hoja, "", _("Subió el documento."))
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
        aviso = _("La enmienda quedó publicada.")
        return _subido(sesion, actor, convocatoria_id, hoja, hoja.datos.motivo, aviso)
    return _pagina(request, sesion, actor, convocatoria_id, hoja)


def _subido(
    sesion: Session, actor: Actor, convocatoria_id: UUID, hoja: Hoja[Any], motivo: str, aviso: str
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
            motivo=motivo,
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
        quitar_documento(sesion, actor, convocatoria_id, hoja.datos.quitar)
        return redirigir(f"/compras/{convocatoria_id}/documentos", _("Quitó el documento."))
    return _pagina(request, sesion, actor, convocatoria_id, hoja)
