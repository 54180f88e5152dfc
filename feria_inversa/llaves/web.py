"""Pages of who holds the keys: an entity names them; each brings a key, and rehearses."""

import base64
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido, buscar_persona_por_ci
from empresa_digital.registro import Facultad, exigir_facultad, unidad_por_id
from feria_inversa.llaves import hpke, secreto
from feria_inversa.llaves.consultas import (
    llave_de_ensayo,
    mio,
    parte_de,
    resguardo_visible,
    resguardos_de,
    tenencias,
)
from feria_inversa.llaves.formularios import (
    CLAVE,
    PARTE,
    RESGUARDO,
    HojaDeClave,
    HojaDeParte,
    HojaDeResguardo,
)
from feria_inversa.llaves.modelos import Llave
from feria_inversa.llaves.resguardos import ensayar, info_de_parte, inscribir, nombrar
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

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
        personas = _personas(sesion, hoja.datos.cedulas)
        fila = nombrar(sesion, actor, unidad_id, hoja.datos.umbral, personas, hoja.id)
        return redirigir(f"/resguardos/{fila.id}", _("Los nombró. Cada uno tiene que traer su clave."))
    return _pagina_de_una(request, sesion, actor, unidad_id, hoja)


def _personas(sesion: Session, cedulas: str) -> list[UUID]:
    """Who has each card. Raises `DatosInvalidos` with those that nobody here has."""
    escritas = [linea.strip() for linea in cedulas.splitlines() if linea.strip()]
    personas = [buscar_persona_por_ci(sesion, cedula) for cedula in escritas]
    faltan = [cedula for cedula, persona in zip(escritas, personas, strict=True) if persona is None]
    if faltan:
        detalle = _("No conocemos a quien tiene esta cédula, o nunca ingresó aquí: {}.").format(
            ", ".join(faltan)
        )
        raise DatosInvalidos(detalle, campos={"cedulas": detalle})
    return [persona.id for persona in personas if persona is not None]


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


@router.get(UNO)
def ver(request: Request, resguardo_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    """A group: what each of its people did, and what is left to whoever looks."""
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
        letras = secreto.leer(nueva)
        assert letras is not None
        inscribir(sesion, actor, resguardo_id, hpke.publica_de(secreto.privada_del(letras)))
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


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor,
    resguardo_id: UUID,
    hoja: Hoja[Any] | None = None,
    nueva: str = "",
) -> HTMLResponse:
    fila = resguardo_visible(sesion, actor, resguardo_id)
    ensayo = llave_de_ensayo(sesion, fila.id)
    return pagina(
        request,
        "feria_inversa/llaves/resguardo.html",
        hoja=hoja,
        resguardo=fila,
        entidad=unidad_por_id(sesion, fila.unidad_id),
        tenencias=tenencias(sesion, fila.id, ensayo),
        mia=mio(sesion, actor, fila.id),
        suya=parte_en_pagina(sesion, ensayo, actor) if ensayo else None,
        nueva=nueva,
        clave=CLAVE.mostrar(request, enviada=hoja),
        parte=PARTE.mostrar(request, enviada=hoja),
    )


def parte_en_pagina(sesion: Session, llave: Llave, actor: Actor) -> dict[str, str] | None:
    """What a holder's browser needs to open their part: the sealed bytes, and what they are for."""
    parte = parte_de(sesion, llave, actor)
    if parte is None:
        return None
    return {
        "cifrada": base64.b64encode(parte.cifrada).decode(),
        "info": info_de_parte(llave.id, parte.numero),
        "huella": parte.huella,
        "entregada": "si" if parte.entregada_en else "",
    }
