"""Pages of whoever administers a postal operator, and the one on which anybody finds where to go."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido, nombres_de_personas
from empresa_digital.registro import Unidad, lugar, municipios_por_departamento, unidad_por_id
from envios.operadores.agencias import (
    abrir_agencia,
    cambiar_agencia,
    cerrar_agencia,
    exigir_administracion,
    reabrir_agencia,
)
from envios.operadores.consultas import (
    agencia_por_id,
    agencias_de,
    agencias_publicas,
    cobertura_en,
)
from envios.operadores.formularios import (
    AGENCIA,
    AGENCIA_NUEVA,
    ASIGNACION,
    CIERRE,
    PASO,
    HojaDeAgencia,
    HojaDeAgenciaNueva,
    HojaDeAsignacion,
    HojaDeCierre,
    HojaDePaso,
    valores_de,
)
from envios.operadores.gente import asignables, asignar, retirar, trabajos_en
from envios.operadores.palabras import CLASES, ENTREGAS
from envios.operadores.presentar import fichas, leer_coberturas, leer_trabajos
from envios.tarifas import operadores_que_administra
from nucleo.acceso import publico
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import Prohibido
from nucleo.formularios import Hoja
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(include_in_schema=False)
AGENCIAS = "/envios/operador/agencias"


def _operador(sesion: Session, actor: Actor, unidad: UUID | None) -> tuple[Unidad, list[Unidad]]:
    """The operator whose pages are looked at, and all that the person administers."""
    suyos = operadores_que_administra(sesion, actor)
    elegidos = [u for u in suyos if unidad is None or u.id == unidad]
    if not elegidos:
        raise Prohibido(_("Para esto necesita administrar un operador postal habilitado."))
    return elegidos[0], suyos


# --- Agencies ---------------------------------------------------------------------------------------------


@router.get(AGENCIAS)
def ver_agencias(
    request: Request, sesion: Sesion, actor: ActorRequerido, unidad: UUID | None = None
) -> Response:
    """The operator's places, how each is now, and how many work there."""
    operador, todos = _operador(sesion, actor, unidad)
    suyas = agencias_de(sesion, operador.id)
    trabajan = trabajos_en(sesion, [a.id for a in suyas])
    return pagina(
        request,
        "envios/operadores/agencias.html",
        operador=operador,
        operadores=todos,
        fichas=fichas(sesion, suyas),
        cuantos={a.id: len({t.persona_id for t in trabajan if t.agencia_id == a.id}) for a in suyas},
        clases=CLASES,
    )


@router.get(AGENCIAS + "/nueva")
def pagina_nueva(
    request: Request, sesion: Sesion, actor: ActorRequerido, unidad: UUID | None = None
) -> Response:
    return _pagina_nueva(request, sesion, actor, unidad)


def _pagina_nueva(
    request: Request, sesion: Session, actor: Actor, unidad: UUID | None, hoja: Hoja[Any] | None = None
) -> Response:
    operador, _todos = _operador(sesion, actor, unidad)
    return pagina(
        request,
        "envios/operadores/agencia_nueva.html",
        hoja=hoja,
        operador=operador,
        formulario=AGENCIA_NUEVA.mostrar(
            request, enviada=hoja, opciones={"municipio_ine": municipios_por_departamento(sesion)}
        ),
    )


@router.post(AGENCIAS + "/nueva")
def abrir(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeAgenciaNueva,
    unidad: UUID | None = None,
) -> Response:
    operador, _todos = _operador(sesion, actor, unidad)
    with hoja:
        if hoja.ya_hecha:
            return redirigir(f"{AGENCIAS}?unidad={operador.id}")
        hecha = abrir_agencia(sesion, actor, operador.id, hoja.datos.datos())
        return redirigir(f"{AGENCIAS}/{hecha.id}", _("Agencia abierta. Asigne a quién trabaja en ella."))
    return _pagina_nueva(request, sesion, actor, operador.id, hoja)


@router.get(AGENCIAS + "/{agencia_id}")
def ver_agencia(request: Request, sesion: Sesion, actor: ActorRequerido, agencia_id: UUID) -> Response:
    return _pagina_agencia(request, sesion, actor, agencia_id)


def _pagina_agencia(
    request: Request, sesion: Session, actor: Actor, agencia_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    agencia = agencia_por_id(sesion, agencia_id)
    exigir_administracion(sesion, actor, agencia.operador_unidad_id)
    ficha = fichas(sesion, [agencia])[0]
    trabajan = leer_trabajos(sesion, trabajos_en(sesion, [agencia_id]))
    gente = nombres_de_personas(
        sesion, {a.persona_id for a in asignables(sesion, agencia.operador_unidad_id)}
    )
    return pagina(
        request,
        "envios/operadores/agencia.html",
        hoja=hoja,
        operador=unidad_por_id(sesion, agencia.operador_unidad_id),
        ficha=ficha,
        clases=CLASES,
        hoy=fecha_bolivia(ahora_bd(sesion)),
        trabajan=trabajan,
        formulario=AGENCIA.mostrar(
            request,
            valores_de(agencia, ficha.semana),
            version=agencia.version,
            enviada=hoja,
            opciones={"municipio_ine": municipios_por_departamento(sesion)},
        ),
        cierre=CIERRE.mostrar(request, enviada=hoja),
        reapertura=PASO.mostrar(request, enviada=hoja, de="reapertura"),
        asignacion=ASIGNACION.mostrar(
            request,
            enviada=hoja,
            opciones={
                "persona_id": sorted(((str(id), nombre) for id, nombre in gente.items()), key=lambda p: p[1])
            },
        ),
        retiros={t.persona_id: PASO.mostrar(request, enviada=hoja, de=str(t.persona_id)) for t in trabajan},
    )


@router.post(AGENCIAS + "/{agencia_id}")
def cambiar(
    request: Request, sesion: Sesion, actor: ActorRequerido, agencia_id: UUID, hoja: HojaDeAgencia
) -> Response:
    with hoja:
        if not hoja.ya_hecha:
            cambiar_agencia(sesion, actor, agencia_id, hoja.datos.datos(), hoja.version)
        return redirigir(f"{AGENCIAS}/{agencia_id}", _("Agencia cambiada."))
    return _pagina_agencia(request, sesion, actor, agencia_id, hoja)


@router.post(AGENCIAS + "/{agencia_id}/cierre")
def cerrar(
    request: Request, sesion: Sesion, actor: ActorRequerido, agencia_id: UUID, hoja: HojaDeCierre
) -> Response:
    with hoja:
        if not hoja.ya_hecha:
            cerrar_agencia(sesion, actor, agencia_id, hoja.datos.motivo)
        aviso = _("Agencia cerrada. Quienes trabajaban en ella no actúan hasta que los asigne a otra.")
        return redirigir(f"{AGENCIAS}/{agencia_id}", aviso)
    return _pagina_agencia(request, sesion, actor, agencia_id, hoja)


@router.post(AGENCIAS + "/{agencia_id}/reapertura")
def reabrir(
    request: Request, sesion: Sesion, actor: ActorRequerido, agencia_id: UUID, hoja: HojaDePaso
) -> Response:
    with hoja:
        if not hoja.ya_hecha:
            reabrir_agencia(sesion, actor, agencia_id)
        return redirigir(f"{AGENCIAS}/{agencia_id}", _("Agencia abierta otra vez."))
    return _pagina_agencia(request, sesion, actor, agencia_id, hoja)


@router.post(AGENCIAS + "/{agencia_id}/gente")
def asignar_persona(
    request: Request, sesion: Sesion, actor: ActorRequerido, agencia_id: UUID, hoja: HojaDeAsignacion
) -> Response:
    with hoja:
        datos = hoja.datos
        if not hoja.ya_hecha:
            asignar(sesion, actor, agencia_id, datos.persona_id, desde=datos.desde, hasta=datos.hasta)
        return redirigir(f"{AGENCIAS}/{agencia_id}", _("Asignada. Se le avisó en su buzón."))
    return _pagina_agencia(request, sesion, actor, agencia_id, hoja)


@router.post(AGENCIAS + "/{agencia_id}/gente/{persona_id}/retiro")
def retirar_persona(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    agencia_id: UUID,
    persona_id: UUID,
    hoja: HojaDePaso,
) -> Response:
    with hoja:
        if not hoja.ya_hecha:
            retirar(sesion, actor, agencia_id, persona_id)
        return redirigir(f"{AGENCIAS}/{agencia_id}", _("Ya no trabaja en esta agencia."))
    return _pagina_agencia(request, sesion, actor, agencia_id, hoja)


# --- For anybody ------------------------------------------------------------------------------------------


@router.get("/agencias", dependencies=[Depends(publico)])
def agencias_cerca(
    request: Request,
    sesion: Sesion,
    municipio: Annotated[str, Query(pattern=r"^([0-9]{6})?$")] = "",
) -> Response:
    """Where to leave or collect a parcel in a municipality; without any there, those of its department."""
    halladas = agencias_publicas(sesion, municipio) if municipio else []
    cerca = [] if halladas or not municipio else agencias_publicas(sesion, municipio[:2])
    ahora = ahora_bd(sesion)
    llegan = cobertura_en(sesion, municipio, ahora) if municipio else []
    return pagina(
        request,
        "envios/operadores/cerca.html",
        municipio=municipio,
        municipios=municipios_por_departamento(sesion),
        lugar=lugar(sesion, municipio),
        fichas=fichas(sesion, halladas, ahora),
        cerca=fichas(sesion, cerca, ahora),
        clases=CLASES,
        llegan=leer_coberturas(sesion, llegan),
        entregas=ENTREGAS,
    )
