"""Pages of the roles: who is who in a process, for everybody; naming people, and answering recusals."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorOpcional, ActorRequerido, nombres_de_personas
from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    exigir_facultad,
    tiene_facultad,
    unidad_por_id,
    unidades_de,
)
from feria_inversa.designaciones.designar import (
    cesar,
    designar_en_entidad,
    designar_en_proceso,
    nombrables,
)
from feria_inversa.designaciones.esquemas import DesignacionSalida
from feria_inversa.designaciones.excusas import excusarse, recusar, resolver_excusa
from feria_inversa.designaciones.formularios import (
    CESE,
    EXCUSA,
    NOMBRAMIENTO,
    RECUSACION,
    RESPUESTA,
    HojaDeCese,
    HojaDeExcusa,
    HojaDeNombramiento,
    HojaDeRecusacion,
    HojaDeRespuesta,
)
from feria_inversa.designaciones.presentar import papeles_de
from feria_inversa.ofertas import oferentes_de
from feria_inversa.papeles import (
    DE_ENTIDAD,
    DE_PROCESO,
    EstadoExcusa,
    Papel,
    nombre_de_excusa,
    nombre_de_papel,
    que_rigen,
)
from feria_inversa.procesos import (
    PUBLICOS,
    ConvocatoriaNoEncontrada,
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
Respuesta = HTMLResponse | RedirectResponse
Opciones = list[tuple[str, str]]


@router.get("/feria/{convocatoria_id}/papeles", dependencies=[Depends(publico)])
def ver(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional) -> HTMLResponse:
    """Who is who in a process; who holds a role asks here to be left out, and who bid recuses them."""
    return _publica(request, sesion, actor, _publico(sesion, actor, convocatoria_id))


def _publico(sesion: Session, actor: Actor | None, convocatoria_id: UUID) -> Convocatoria:
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if convocatoria.estado not in PUBLICOS:
        raise ConvocatoriaNoEncontrada
    return convocatoria


def _publica(
    request: Request,
    sesion: Session,
    actor: Actor | None,
    convocatoria: Convocatoria,
    hoja: Hoja[Any] | None = None,
    de: UUID | None = None,
) -> HTMLResponse:
    papeles = papeles_de(sesion, convocatoria.unidad_id, convocatoria.id)
    rigen = [d for d in papeles.designaciones if d.rige and _se_excusa(d)]
    personas = {d.id: d.persona_id for d in que_rigen(sesion, convocatoria.unidad_id, convocatoria.id)}
    suyas = [d for d in rigen if actor is not None and personas.get(d.id) == actor.persona_id]
    unidades = _que_ofertaron(sesion, actor, convocatoria)
    return pagina(
        request,
        "feria_inversa/designaciones/papeles.html",
        hoja=hoja,
        papeles=papeles,
        nombre_de_excusa=nombre_de_excusa,
        gestiona=puede_gestionar(sesion, actor, convocatoria.unidad_id),
        suyas=[
            (d, EXCUSA.mostrar(request, enviada=hoja if d.id == de else None, de=str(d.id)))
            for d in suyas
            if not any(e.clase == "excusa" for e in d.excusas)
        ],
        recusacion=RECUSACION.mostrar(
            request, enviada=hoja, opciones={"unidad_id": unidades, "designacion": _como_opciones(rigen)}
        )
        if unidades and rigen
        else None,
        **ficha(sesion, convocatoria),
    )


def _se_excusa(d: DesignacionSalida) -> bool:
    return d.convocatoria_id is not None and d.papel != Papel.RESPONSABLE


def _como_opciones(designaciones: list[DesignacionSalida]) -> Opciones:
    return [(str(d.id), f"{d.persona} · {d.papel_texto}") for d in designaciones]


def _que_ofertaron(sesion: Session, actor: Actor | None, convocatoria: Convocatoria) -> Opciones:
    """Of the visitor's units, those that bid; nobody knows before the opening."""
    if actor is None or convocatoria.conocidas_en is None:
        return []
    oferentes = set(oferentes_de(sesion, convocatoria.id))
    suyas = unidades_de(sesion, actor, Facultad.OFERTAR, estados=CON_LO_SUYO)
    return [(str(u.id), u.nombre) for u in suyas if u.id in oferentes]


@router.post("/feria/{convocatoria_id}/papeles/{designacion_id}/excusa", response_model=None)
def pedir_excusa(
    request: Request,
    convocatoria_id: UUID,
    designacion_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeExcusa,
) -> Respuesta:
    convocatoria = _publico(sesion, actor, convocatoria_id)
    with hoja:
        excusarse(sesion, actor, designacion_id, hoja.datos.motivo)
        return redirigir(
            f"/feria/{convocatoria_id}/papeles",
            _("Se excusó. Hasta que le respondan no actúa en el proceso."),
        )
    return _publica(request, sesion, actor, convocatoria, hoja, designacion_id)


@router.post("/feria/{convocatoria_id}/recusaciones", response_model=None)
def pedir_recusacion(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRecusacion
) -> Respuesta:
    convocatoria = _publico(sesion, actor, convocatoria_id)
    with hoja:
        datos = hoja.datos
        recusar(sesion, actor, datos.designacion, datos.unidad_id, datos.motivo)
        return redirigir(f"/feria/{convocatoria_id}/papeles", _("Presentó la recusación."))
    return _publica(request, sesion, actor, convocatoria, hoja)


@router.get("/compras/{convocatoria_id}/papeles")
def gestionar(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    return _del_proceso(request, sesion, actor, _gestionable(sesion, actor, convocatoria_id))


def _gestionable(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    """A public process, for whoever works on it; for others this page does not exist."""
    convocatoria = _publico(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    return convocatoria


def _del_proceso(
    request: Request,
    sesion: Session,
    actor: Actor,
    convocatoria: Convocatoria,
    hoja: Hoja[Any] | None = None,
    de: UUID | None = None,
) -> HTMLResponse:
    papeles = papeles_de(sesion, convocatoria.unidad_id, convocatoria.id)
    resuelve = tiene_facultad(
        sesion, actor, convocatoria.unidad_id, Facultad.ADMINISTRAR, estados=CON_LO_SUYO
    )
    esperan = [
        (d, e) for d in papeles.designaciones for e in d.excusas if resuelve and e.estado == "presentada"
    ]
    cesan = [d for d in papeles.designaciones if d.rige and _se_excusa(d)]
    quienes = _personas(sesion, convocatoria.unidad_id)
    posibles = [p for p in DE_PROCESO if resuelve or p not in DE_ENTIDAD]
    return pagina(
        request,
        "feria_inversa/designaciones/nombrar.html",
        hoja=hoja,
        papeles=papeles,
        nombre_de_excusa=nombre_de_excusa,
        nombramiento=_nombramiento(request, hoja, posibles, quienes),
        cese=CESE.mostrar(request, enviada=hoja, opciones={"designacion": _como_opciones(cesan)})
        if cesan
        else None,
        respuestas=[
            (d, e, RESPUESTA.mostrar(request, enviada=hoja if e.id == de else None, de=str(e.id)))
            for d, e in esperan
        ],
        **ficha(sesion, convocatoria),
    )


def _nombramiento(
    request: Request, hoja: Hoja[Any] | None, posibles: list[Papel] | tuple[Papel, ...], quienes: Opciones
) -> Any:
    return NOMBRAMIENTO.mostrar(
        request,
        enviada=hoja,
        opciones={"papel": [(str(p), nombre_de_papel(p)) for p in posibles], "persona": quienes},
    )


def _personas(sesion: Session, unidad_id: UUID) -> Opciones:
    """Who may be named to something, by name; the act judges to what."""
    ids = nombrables(sesion, unidad_id, Papel.MAE) | nombrables(sesion, unidad_id, Papel.RPA)
    nombres = nombres_de_personas(sesion, ids)
    return sorted(((str(id_), nombre) for id_, nombre in nombres.items()), key=lambda par: par[1])


@router.post("/compras/{convocatoria_id}/papeles", response_model=None)
def nombrar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeNombramiento
) -> Respuesta:
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO)
    with hoja:
        if not hoja.ya_hecha:
            designar_en_proceso(sesion, actor, convocatoria_id, hoja.datos.nombramiento())
        return redirigir(
            f"/compras/{convocatoria_id}/papeles", _("El nombramiento quedó registrado: ya se le avisó.")
        )
    return _del_proceso(request, sesion, actor, convocatoria, hoja)


@router.post("/compras/{convocatoria_id}/ceses", response_model=None)
def cesar_en_proceso(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCese
) -> Respuesta:
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO)
    with hoja:
        cesar(sesion, actor, hoja.datos.designacion, hoja.datos.motivo)
        return redirigir(f"/compras/{convocatoria_id}/papeles", _("Cesó en su papel."))
    return _del_proceso(request, sesion, actor, convocatoria, hoja)


@router.post("/compras/{convocatoria_id}/excusas/{excusa_id}/resolucion", response_model=None)
def resolver(
    request: Request,
    convocatoria_id: UUID,
    excusa_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeRespuesta,
) -> Respuesta:
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.ADMINISTRAR, estados=CON_LO_SUYO)
    with hoja:
        datos = hoja.datos
        resolver_excusa(sesion, actor, excusa_id, EstadoExcusa(datos.decision), datos.fundamento)
        return redirigir(f"/compras/{convocatoria_id}/papeles", _("Quedó resuelta."))
    return _del_proceso(request, sesion, actor, convocatoria, hoja, excusa_id)


@router.get("/entidades/{unidad_id}/papeles")
def ver_de_entidad(request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    return _de_entidad(request, sesion, actor, unidad_id)


def _de_entidad(
    request: Request, sesion: Session, actor: Actor, unidad_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    papeles = papeles_de(sesion, unidad_id)
    cesan = [d for d in papeles.designaciones if d.rige]
    return pagina(
        request,
        "feria_inversa/designaciones/entidad.html",
        hoja=hoja,
        entidad=unidad_por_id(sesion, unidad_id),
        papeles=papeles,
        nombre_de_excusa=nombre_de_excusa,
        nombramiento=_nombramiento(request, hoja, DE_ENTIDAD, _personas(sesion, unidad_id)),
        cese=CESE.mostrar(request, enviada=hoja, opciones={"designacion": _como_opciones(cesan)})
        if cesan
        else None,
    )


@router.post("/entidades/{unidad_id}/papeles", response_model=None)
def nombrar_en_entidad(
    request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeNombramiento
) -> Respuesta:
    exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    with hoja:
        if not hoja.ya_hecha:
            designar_en_entidad(sesion, actor, unidad_id, hoja.datos.nombramiento())
        return redirigir(
            f"/entidades/{unidad_id}/papeles", _("El nombramiento quedó registrado: ya se le avisó.")
        )
    return _de_entidad(request, sesion, actor, unidad_id, hoja)


@router.post("/entidades/{unidad_id}/ceses", response_model=None)
def cesar_en_entidad(
    request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCese
) -> Respuesta:
    exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    with hoja:
        cesar(sesion, actor, hoja.datos.designacion, hoja.datos.motivo)
        return redirigir(f"/entidades/{unidad_id}/papeles", _("Cesó en su papel."))
    return _de_entidad(request, sesion, actor, unidad_id, hoja)
