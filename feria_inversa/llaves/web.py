"""Pages of who holds the keys: an entity names them; each brings a key, and rehearses."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorOpcional, ActorRequerido
from empresa_digital.registro import Facultad, exigir_facultad, tiene_facultad, unidad_por_id
from feria_inversa.llaves import secreto
from feria_inversa.llaves.consultas import (
    llave_de_ensayo,
    mio,
    resguardo_visible,
    resguardos_de,
    tenencias,
    ya_ensayo,
)
from feria_inversa.llaves.estados import EN_PREPARACION, EstadoResguardo
from feria_inversa.llaves.fines import declarar_perdida, declinar, terminar_resguardo
from feria_inversa.llaves.formularios import (
    CLAVE,
    FIN,
    NEGATIVA,
    PARTE,
    PERDIDA,
    RESGUARDO,
    HojaDeClave,
    HojaDeFin,
    HojaDeNegativa,
    HojaDeParte,
    HojaDePerdida,
    HojaDeResguardo,
)
from feria_inversa.llaves.personas import personas_con
from feria_inversa.llaves.presentar import parte_suya
from feria_inversa.llaves.resguardos import ensayar, inscribir, nombrar
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter()
DE_UNA = "/entidades/{unidad_id}/resguardos"
UNO = "/resguardos/{resguardo_id}"


@router.get(DE_UNA)
def ver_los_de_una(request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    """The groups of an entity, and the form to name another one."""
    return _pagina_de_una(request, sesion, actor, unidad_id)


@router.post(DE_UNA, response_model=None)
def nombrar_otro(
    request: Request, unidad_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeResguardo
) -> HTMLResponse | RedirectResponse:
    exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    with hoja:
        escritas = [linea.strip() for linea in hoja.datos.cedulas.splitlines() if linea.strip()]
        personas = personas_con(sesion, actor, [(cedula, None) for cedula in escritas])
        fila = nombrar(sesion, actor, unidad_id, hoja.datos.umbral, personas, hoja.id)
        return redirigir(f"/resguardos/{fila.id}", _("Los nombró. Cada uno tiene que traer su clave."))
    return _pagina_de_una(request, sesion, actor, unidad_id, hoja)


def _pagina_de_una(
    request: Request, sesion: Session, actor: Actor, unidad_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    return pagina(
        request,
        "feria_inversa/llaves/resguardos.html",
        hoja=hoja,
        entidad=unidad_por_id(sesion, unidad_id),
        resguardos=[(fila, tenencias(sesion, fila.id, None)) for fila in resguardos_de(sesion, unidad_id)],
        resguardo=RESGUARDO.mostrar(request, {"umbral": 2}, enviada=hoja),
    )


@router.get(UNO, dependencies=[Depends(publico)])
def ver(request: Request, resguardo_id: UUID, sesion: Sesion, actor: ActorOpcional) -> HTMLResponse:
    """A group: what each of its people did, and what is left to whoever looks. Public once it holds keys."""
    return _pagina(request, sesion, actor, resguardo_id)


@router.post(UNO + "/clave", response_model=None)
def traer_clave(
    request: Request, resguardo_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeClave
) -> HTMLResponse | RedirectResponse:
    """Bring a public key. Without JavaScript it is made here, and its secret is shown in this answer only."""
    with hoja:
        if hoja.datos.publica is not None:
            inscribir(sesion, actor, resguardo_id, bytes.fromhex(hoja.datos.publica))
            return redirigir(f"/resguardos/{resguardo_id}", _("Su clave quedó anotada."))
        nueva = secreto.nuevo()
        inscribir(sesion, actor, resguardo_id, secreto.publica_del(nueva))
        return _pagina(request, sesion, actor, resguardo_id, nueva=nueva)
    return _pagina(request, sesion, actor, resguardo_id, hoja)


@router.post(UNO + "/ensayo", response_model=None)
def ensayar_la_suya(
    request: Request, resguardo_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeParte
) -> HTMLResponse | RedirectResponse:
    with hoja:
        ensayar(sesion, actor, resguardo_id, palabras=hoja.datos.palabras, clave=hoja.datos.clave)
        return redirigir(f"/resguardos/{resguardo_id}", _("Su clave abre: el ensayo salió bien."))
    return _pagina(request, sesion, actor, resguardo_id, hoja)


@router.post(UNO + "/fin", response_model=None)
def terminar_este(
    request: Request, resguardo_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeFin
) -> HTMLResponse | RedirectResponse:
    """Its entity ends it, with a public reason."""
    with hoja:
        terminar_resguardo(sesion, actor, resguardo_id, hoja.datos.motivo)
        return redirigir(f"/resguardos/{resguardo_id}", _("Terminó este grupo de depositarios."))
    return _pagina(request, sesion, actor, resguardo_id, hoja)


@router.post(UNO + "/perdida", response_model=None)
def perder_la_suya(
    request: Request, resguardo_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePerdida
) -> HTMLResponse | RedirectResponse:
    """A holder lost their secret."""
    with hoja:
        declarar_perdida(sesion, actor, resguardo_id)
        return redirigir(f"/resguardos/{resguardo_id}", _("Quedó dicho. Se avisó a la entidad."))
    return _pagina(request, sesion, actor, resguardo_id, hoja)


@router.post(UNO + "/negativa", response_model=None)
def no_aceptar(
    request: Request, resguardo_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeNegativa
) -> HTMLResponse | RedirectResponse:
    """Who was named does not accept."""
    with hoja:
        declinar(sesion, actor, resguardo_id)
        return redirigir(f"/resguardos/{resguardo_id}", _("No aceptó. Se avisó a la entidad."))
    return _pagina(request, sesion, actor, resguardo_id, hoja)


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor | None,
    resguardo_id: UUID,
    hoja: Hoja[Any] | None = None,
    nueva: str = "",
) -> HTMLResponse:
    fila = resguardo_visible(sesion, actor, resguardo_id)
    ensayo = llave_de_ensayo(sesion, fila.id)
    mia = mio(sesion, actor, fila.id)
    se_prepara = fila.estado in EN_PREPARACION
    ensayada = mia is not None and mia.publica is not None and ya_ensayo(sesion, mia)
    administra = actor is not None and tiene_facultad(sesion, actor, fila.unidad_id, Facultad.ADMINISTRAR)
    return pagina(
        request,
        "feria_inversa/llaves/resguardo.html",
        hoja=hoja,
        resguardo=fila,
        entidad=unidad_por_id(sesion, fila.unidad_id),
        tenencias=tenencias(sesion, fila.id, ensayo),
        mia=mia,
        puede_traer=mia is not None and se_prepara and (mia.perdida_en is not None or not ensayada),
        puede_perder=mia is not None
        and mia.perdida_en is None
        and (fila.vigente_desde is not None or (se_prepara and ensayada)),
        se_prepara=se_prepara,
        fin=FIN.mostrar(request, enviada=hoja)
        if administra and fila.estado != EstadoResguardo.TERMINADO
        else None,
        perdida=PERDIDA.mostrar(request, enviada=hoja),
        negativa=NEGATIVA.mostrar(request, enviada=hoja),
        suya=parte_suya(sesion, ensayo, actor),
        nueva=nueva,
        clave=CLAVE.mostrar(request, enviada=hoja),
        parte=PARTE.mostrar(request, enviada=hoja),
    )
