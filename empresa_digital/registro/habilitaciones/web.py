"""Pages of the qualities: the unit asks, the regulator sees who waits."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro.habilitaciones import habilitar
from empresa_digital.registro.habilitaciones import palabras as calidades
from empresa_digital.registro.habilitaciones.consultas import habilitaciones_de, solicitudes
from empresa_digital.registro.habilitaciones.formularios import SOLICITUD, HojaDeSolicitud
from empresa_digital.registro.habilitaciones.tipos import EstadoHabilitacion
from empresa_digital.registro.mandatos import Facultad, administra, exigir_regulador, unidad_propia
from empresa_digital.registro.unidades import pagina, unidades_en_lote
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import redirigir

router = APIRouter(include_in_schema=False)


@router.get("/mis-unidades/{numero}/habilitaciones")
def ver_habilitaciones(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_habilitaciones(request, sesion, actor, numero)


@router.post("/mis-unidades/{numero}/habilitaciones")
def solicitar_habilitacion(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeSolicitud
) -> Response:
    unidad = unidad_propia(sesion, actor, numero, Facultad.ADMINISTRAR)
    with hoja:
        habilitar.solicitar_habilitacion(sesion, actor, unidad.id, hoja.datos.habilitacion)
        return redirigir(f"/mis-unidades/{unidad.numero}/habilitaciones", _("Solicitud enviada al registro."))
    return _pagina_habilitaciones(request, sesion, actor, numero, hoja)


def _pagina_habilitaciones(
    request: Request, sesion: Session, actor: Actor, numero: str, hoja: Hoja[Any] | None = None
) -> Response:
    unidad = unidad_propia(sesion, actor, numero, Facultad.CONSULTAR)
    filas = habilitaciones_de(sesion, unidad.id)
    tomadas = {f.habilitacion for f in filas if f.estado != EstadoHabilitacion.RECHAZADA}
    libres = [h for h in habilitar.solicitables(unidad.tipo) if h not in tomadas]
    opciones = [(h.value, str(calidades.HABILITACIONES[h])) for h in libres]
    return pagina(
        request,
        "habilitaciones/habilitaciones.html",
        hoja=hoja,
        unidad=unidad,
        filas=filas,
        calidades=calidades,
        libres=libres,
        solicitud=SOLICITUD.mostrar(request, enviada=hoja, opciones={"habilitacion": opciones}),
        administra=administra(sesion, actor, unidad),
    )


@router.get("/regulador/habilitaciones")
def ver_solicitudes(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Requests for qualities, oldest first."""
    exigir_regulador(sesion, actor)
    filas = solicitudes(sesion)
    unidades = unidades_en_lote(sesion, (fila.unidad_id for fila in filas))
    return pagina(
        request,
        "habilitaciones/regulador_habilitaciones.html",
        calidades=calidades,
        filas=[(fila, unidades[fila.unidad_id]) for fila in filas],
    )
