"""Pages of the recovery of a unit: the authority opens and decides it, those of the unit object."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido, leer_cedula, nombres_de_personas
from empresa_digital.registro.mandatos import (
    Facultad,
    SinFacultad,
    actua,
    exigir_regulador,
    mandatos_de,
    nombres_de_apoderados,
    unidad_visible,
)
from empresa_digital.registro.recuperacion.formularios import (
    OBJECION,
    RECUPERACION,
    RESOLUCION,
    HojaDeObjecion,
    HojaDeRecuperacion,
    HojaDeResolucion,
)
from empresa_digital.registro.recuperacion.palabras import CAUSAS
from empresa_digital.registro.recuperacion.recuperar import (
    abrir_recuperacion,
    desistir_recuperacion,
    ejecutar_recuperacion,
    objetar_recuperacion,
    recuperaciones_de,
    viva_de,
)
from empresa_digital.registro.unidades import Unidad, pagina, unidad_por_numero
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import redirigir

router = APIRouter(include_in_schema=False)


@router.get("/regulador/unidades/{numero}/recuperacion")
def ver(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """What is under way, or the form to open it."""
    exigir_regulador(sesion, actor)
    return _pagina(request, sesion, actor, unidad_por_numero(sesion, numero))


@router.post("/regulador/unidades/{numero}/recuperacion")
def abrir(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRecuperacion
) -> Response:
    exigir_regulador(sesion, actor)
    unidad = unidad_por_numero(sesion, numero)
    with hoja:
        datos = hoja.datos
        administran = [
            m.id
            for m in mandatos_de(sesion, unidad.id, solo_vigentes=True)
            if Facultad.ADMINISTRAR in m.facultades
        ]
        abrir_recuperacion(
            sesion,
            actor,
            unidad.id,
            causa=datos.causa,
            motivo=datos.motivo,
            cedula=leer_cedula(datos.ci),
            quita=administran if datos.quita_todos else (),
        )
        aviso = _("Recuperación abierta: se avisó a todos los de la unidad.")
        return redirigir(f"/regulador/unidades/{unidad.numero}/recuperacion", aviso)
    return _pagina(request, sesion, actor, unidad, hoja)


@router.post("/regulador/unidades/{numero}/recuperacion/{recuperacion_id}")
def resolver(
    numero: str,
    recuperacion_id: UUID,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeResolucion,
) -> Response:
    exigir_regulador(sesion, actor)
    unidad = unidad_por_numero(sesion, numero)
    with hoja:
        hacer = desistir_recuperacion if hoja.datos.desistir else ejecutar_recuperacion
        hacer(sesion, actor, recuperacion_id, hoja.datos.resolucion)
        return redirigir(f"/regulador/unidades/{unidad.numero}/recuperacion", _("Resuelta."))
    return _pagina(request, sesion, actor, unidad, hoja)


def _pagina(
    request: Request, sesion: Session, actor: Actor, unidad: Unidad, hoja: Hoja[Any] | None = None
) -> Response:
    viva = viva_de(sesion, unidad.id)
    vigentes = mandatos_de(sesion, unidad.id, solo_vigentes=True)
    administran = [m for m in vigentes if Facultad.ADMINISTRAR in m.facultades]
    return pagina(
        request,
        "recuperacion/regulador_recuperacion.html",
        hoja=hoja,
        **_contexto(sesion, unidad),
        la_abrio=viva is not None and viva.abierta_por == actor.persona_id,
        ya_se_decide=viva is not None and viva.puede_desde <= ahora_bd(sesion),
        administran=list(nombres_de_apoderados(sesion, administran).values()),
        recuperacion=RECUPERACION.mostrar(request, enviada=hoja),
        resolucion=RESOLUCION.mostrar(request, enviada=hoja),
    )


def _contexto(sesion: Session, unidad: Unidad) -> dict[str, Any]:
    filas = recuperaciones_de(sesion, unidad.id)
    gente = {p for r in filas for p in (r.abierta_por, r.objetada_por, r.resuelta_por) if p is not None}
    return {
        "unidad": unidad,
        "viva": viva_de(sesion, unidad.id),
        "anteriores": [r for r in filas if r.resuelta_en is not None],
        "nombres": nombres_de_personas(sesion, gente),
        "causas": CAUSAS,
    }


@router.get("/mis-unidades/{numero}/recuperacion")
def ver_la_mia(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """What the authority is deciding about my unit, and how to object."""
    return _pagina_de_la_casa(request, sesion, actor, numero)


@router.post("/mis-unidades/{numero}/recuperacion/{recuperacion_id}/objecion")
def objetar(
    numero: str,
    recuperacion_id: UUID,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeObjecion,
) -> Response:
    unidad = _de_los_suyos(sesion, actor, numero)
    with hoja:
        objetar_recuperacion(sesion, actor, recuperacion_id, hoja.datos.objecion)
        aviso = _("Su objeción llegó a la autoridad.")
        return redirigir(f"/mis-unidades/{unidad.numero}/recuperacion", aviso)
    return _pagina_de_la_casa(request, sesion, actor, numero, hoja)


def _de_los_suyos(sesion: Session, actor: Actor, numero: str) -> Unidad:
    """Anybody who acts for the unit, for whatever: they were all told."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    if not actua(sesion, actor, unidad.id):
        raise SinFacultad(_("Solo quienes actúan por la unidad ven esta página."))
    return unidad


def _pagina_de_la_casa(
    request: Request, sesion: Session, actor: Actor, numero: str, hoja: Hoja[Any] | None = None
) -> Response:
    unidad = _de_los_suyos(sesion, actor, numero)
    return pagina(
        request,
        "recuperacion/recuperacion.html",
        hoja=hoja,
        **_contexto(sesion, unidad),
        objecion=OBJECION.mostrar(request, enviada=hoja),
    )
