"""Pages of the schedule of a process: for everybody, and where its entity gives the days."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorOpcional, ActorRequerido
from empresa_digital.registro import Facultad, exigir_facultad, lugar
from feria_inversa.cronograma.api import etapas_de
from feria_inversa.cronograma.consultas import cronogramas_de
from feria_inversa.cronograma.etapas import Etapa, nombre_de_etapa
from feria_inversa.cronograma.formularios import CRONOGRAMA, HojaDeCronograma
from feria_inversa.cronograma.plazos import avisos, cuentas, lugar_de, propuesto
from feria_inversa.cronograma.presentar import hecha_en
from feria_inversa.cronograma.programar import dias_de, programar, se_programa
from feria_inversa.procesos import (
    ConvocatoriaNoEncontrada,
    EstadoNoPermite,
    convocatoria_visible,
    ficha,
    puede_gestionar,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter()


@router.get("/feria/{convocatoria_id}/cronograma", dependencies=[Depends(publico)])
def ver(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional) -> HTMLResponse:
    """The days of a process, and each term between them counted day by day."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if convocatoria.vence_en is None:
        raise ConvocatoriaNoEncontrada
    filas = cronogramas_de(sesion, convocatoria.id)
    dias = dias_de(filas[0] if filas else None)
    contadas = cuentas(sesion, convocatoria, dias)
    sitio = lugar_de(sesion, convocatoria)
    return pagina(
        request,
        "feria_inversa/cronograma/cronograma.html",
        filas=filas,
        etapas=[(nombre_de_etapa(e), e, dia, hecha_en(convocatoria, e)) for e, dia in dias.items()],
        antes=[e for e in (Etapa.CONSULTAS, Etapa.ACLARACION) if e in dias],
        cuentas=[(nombre_de_etapa(c.etapa) if c.etapa else _("Cierre de ofertas"), c) for c in contadas],
        avisos=avisos(convocatoria, contadas, dias),
        nombres={sitio: lugar(sesion, sitio)},
        **ficha(sesion, convocatoria),
    )


@router.get("/compras/{convocatoria_id}/cronograma")
def preparar(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    return _pagina(request, sesion, _gestionable(sesion, actor, convocatoria_id))


@router.post("/compras/{convocatoria_id}/cronograma", response_model=None)
def fijar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCronograma
) -> HTMLResponse | RedirectResponse:
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    with hoja:
        if not hoja.ya_hecha:
            programar(sesion, actor, convocatoria_id, etapas_de(hoja.datos), hoja.datos.motivo)
        return redirigir(f"/feria/{convocatoria_id}/cronograma", _("Fijó los días del proceso."))
    return _pagina(request, sesion, convocatoria, hoja)


def _gestionable(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    """A process under way, for whoever works on it; for others this page does not exist."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    if not se_programa(convocatoria):
        raise EstadoNoPermite(_("Solo se programa un proceso publicado que no terminó."))
    return convocatoria


def _pagina(
    request: Request, sesion: Session, convocatoria: Convocatoria, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    filas = cronogramas_de(sesion, convocatoria.id)
    dias = dias_de(filas[0]) if filas else propuesto(sesion, convocatoria)
    contadas = cuentas(sesion, convocatoria, dias)
    sitio = lugar_de(sesion, convocatoria)
    return pagina(
        request,
        "feria_inversa/cronograma/fijar.html",
        hoja=hoja,
        cronograma=CRONOGRAMA.mostrar(request, {str(e): dia for e, dia in dias.items()}, enviada=hoja),
        cambia=bool(filas),
        cuentas=[c for c in contadas if c.etapa is not None],
        nombres={sitio: lugar(sesion, sitio)},
        **ficha(sesion, convocatoria),
    )
