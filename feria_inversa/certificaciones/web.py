"""Pages of the budget certificates of an entity."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import CON_LO_SUYO, en_espera, tiene_facultad, unidad_por_id
from feria_inversa.certificaciones.actos import (
    ACTO_DE_ANULACION,
    ACTO_DE_REGISTRO,
    anular_o_proponer,
    registrar_o_proponer,
)
from feria_inversa.certificaciones.cierre import CIERRE_CONFIRMADO, NORMA_DE_CIERRE
from feria_inversa.certificaciones.consultas import (
    certificacion_visible,
    certificaciones_de,
    en_el_libro,
)
from feria_inversa.certificaciones.estados import EstadoCertificacion
from feria_inversa.certificaciones.formularios import (
    ANULACION,
    CERTIFICACION,
    HojaDeAnulacion,
    HojaDeCertificacion,
)
from feria_inversa.certificaciones.quien import MANEJA
from feria_inversa.entidades import ejecutoras_de
from nucleo.actor import Actor
from nucleo.actos import Propuesto
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
DE_UNA = "/entidades/{unidad_id}/certificaciones"
UNA = "/certificaciones/{certificacion_id}"
POR_PAGINA = 25


@router.get(DE_UNA)
def listar(
    request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: UnCursor = None
) -> HTMLResponse:
    return _lista(request, sesion, actor, unidad_id, cursor)


@router.post(DE_UNA, response_model=None)
def registrar_una(
    request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCertificacion
) -> HTMLResponse | RedirectResponse:
    with hoja:
        hecho = registrar_o_proponer(sesion, actor, unidad_id, hoja.datos, hoja.id)
        if isinstance(hecho, Propuesto):
            return redirigir(hecho.url, _("Usted firmó. Se registrará cuando firmen los demás."))
        return redirigir(f"/certificaciones/{hecho.id}", _("Registró la certificación."))
    return _lista(request, sesion, actor, unidad_id, None, hoja)


def _lista(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    cursor: str | None,
    hoja: Hoja[Any] | None = None,
) -> HTMLResponse:
    filas, siguiente = certificaciones_de(sesion, actor, unidad_id, CursorPedido(cursor, POR_PAGINA))
    ejecutoras = [(e.ejecutora, f"{e.ejecutora} · {e.nombre}") for e in ejecutoras_de(sesion, unidad_id)]
    if not ejecutoras:  # its codes are given with the first act in which they are needed
        ejecutoras = [("00", f"00 · {_('Unidad principal')}")]
    maneja = tiene_facultad(sesion, actor, unidad_id, MANEJA, con_otros=True)
    valores = {"fecha": fecha_bolivia(ahora_bd(sesion)), "ejecutora": ejecutoras[0][0]}
    return pagina(
        request,
        "feria_inversa/certificaciones/lista.html",
        hoja=hoja,
        entidad=unidad_por_id(sesion, unidad_id),
        filas=filas,
        libro=en_el_libro(sesion, filas),
        certificacion=CERTIFICACION.mostrar(
            request, valores, enviada=hoja, opciones={"ejecutora": ejecutoras}
        )
        if maneja
        else None,
        conjunta=maneja and not tiene_facultad(sesion, actor, unidad_id, MANEJA),
        esperan=en_espera(sesion, unidad_id, ACTO_DE_REGISTRO, "unidad_id", unidad_id) if maneja else [],
        siguiente=f"/entidades/{unidad_id}/certificaciones?cursor={siguiente}" if siguiente else None,
    )


@router.get(UNA)
def ver(request: Request, certificacion_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    return _una(request, sesion, actor, certificacion_id)


@router.post(UNA + "/anulacion", response_model=None)
def anular_una(
    request: Request, certificacion_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeAnulacion
) -> HTMLResponse | RedirectResponse:
    with hoja:
        hecho = anular_o_proponer(sesion, actor, certificacion_id, hoja.datos.motivo)
        if isinstance(hecho, Propuesto):
            return redirigir(hecho.url, _("Usted firmó. Se anulará cuando firmen los demás."))
        return redirigir(f"/certificaciones/{certificacion_id}", _("Anuló la certificación."))
    return _una(request, sesion, actor, certificacion_id, hoja)


def _una(
    request: Request, sesion: Session, actor: Actor, certificacion_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    fila = certificacion_visible(sesion, actor, certificacion_id)
    anulable = fila.estado == EstadoCertificacion.VIGENTE and tiene_facultad(
        sesion, actor, fila.unidad_id, MANEJA, estados=CON_LO_SUYO, con_otros=True
    )
    return pagina(
        request,
        "feria_inversa/certificaciones/certificacion.html",
        hoja=hoja,
        c=fila,
        libro=en_el_libro(sesion, [fila])[fila.id],
        entidad=unidad_por_id(sesion, fila.unidad_id),
        norma=NORMA_DE_CIERRE,
        norma_confirmada=CIERRE_CONFIRMADO,
        anulacion=ANULACION.mostrar(request, enviada=hoja) if anulable else None,
        conjunta=anulable and not tiene_facultad(sesion, actor, fila.unidad_id, MANEJA, estados=CON_LO_SUYO),
        esperan=en_espera(sesion, fila.unidad_id, ACTO_DE_ANULACION, "certificacion_id", fila.id)
        if anulable
        else [],
    )
