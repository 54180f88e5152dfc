"""Page of who sells: the numbers that their unit's systems follow, and how they are told."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro import CON_LO_SUYO, Facultad, Unidad, tiene_facultad, unidades_de
from envios.items import numeros_de
from envios.seguimiento.formularios import PASO, RASTREADOR, HojaDePaso, HojaDeRastreador
from envios.seguimiento.modelos import Rastreador
from envios.seguimiento.rastreadores import (
    dejar_de_rastrear,
    rastreador_visible,
    rastreadores_de,
    rastrear,
    repetir,
    ultimas_entregas,
)
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import Prohibido
from nucleo.formularios import Hoja
from nucleo.paginacion import PRIMERA_PAGINA, Cursor, CursorPedido, paginar
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

RASTREADORES = "/envios/rastreadores"
router = APIRouter(prefix=RASTREADORES, include_in_schema=False)


@router.get("")
def ver_rastreadores(
    request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor, unidad: UUID | None = None
) -> Response:
    """What a unit follows, the newest first, and what was sent to its webhooks last."""
    return _pagina(request, sesion, actor, unidad, cursor)


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad_id: UUID | None,
    cursor: CursorPedido = PRIMERA_PAGINA,
    hoja: Hoja[Any] | None = None,
) -> Response:
    unidad, todas = _unidad(sesion, actor, unidad_id)
    columnas = (Rastreador.creado_en, Rastreador.id)
    filas, siguiente = paginar(sesion, rastreadores_de(sesion, actor, unidad.id), cursor, columnas=columnas)
    escuchan, entregas = ultimas_entregas(sesion, actor, unidad.id)
    return pagina(
        request,
        "envios/seguimiento/rastreadores.html",
        hoja=hoja,
        unidad=unidad,
        unidades=todas,
        filas=filas,
        numeros=numeros_de(sesion, [f.envio_id for f in filas if f.envio_id]),
        escuchan=escuchan,
        administra=tiene_facultad(sesion, actor, unidad.id, Facultad.ADMINISTRAR, estados=CON_LO_SUYO),
        entregas=entregas,
        rastreador=RASTREADOR.mostrar(request, {"unidad": str(unidad.id)}, enviada=hoja),
        pasos={f.id: PASO.mostrar(request, enviada=hoja, de=str(f.id)) for f in filas},
        siguiente_url=f"{RASTREADORES}?unidad={unidad.id}&cursor={siguiente}" if siguiente else None,
    )


def _unidad(sesion: Session, actor: Actor, unidad_id: UUID | None) -> tuple[Unidad, list[Unidad]]:
    """The unit asked for, or the first, and all for which the actor sells. Raises `Prohibido`."""
    todas = list(unidades_de(sesion, actor, Facultad.VENDER, estados=CON_LO_SUYO))
    elegida = next((u for u in todas if unidad_id in (None, u.id)), None)
    if elegida is None:
        raise Prohibido(_("Para esto necesita un mandato de venta de la unidad."))
    return elegida, todas


@router.post("")
def seguir_uno(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRastreador) -> Response:
    with hoja:
        fila, nuevo = rastrear(sesion, actor, hoja.datos.unidad, hoja.datos.numero)
        aviso = _("Ya se sigue %(n)s.") if nuevo else _("%(n)s ya se seguía.")
        if fila.envio_id is None:
            aviso += " " + _("Todavía no hay un envío con ese número: se lo espera.")
        return redirigir(f"{RASTREADORES}?unidad={fila.unidad_id}", aviso % {"n": fila.escrito})
    return _pagina(request, sesion, actor, hoja.uuid_o_nada("unidad"), hoja=hoja)


@router.post("/{rastreador_id}/fin")
def dejar_uno(
    request: Request, sesion: Sesion, actor: ActorRequerido, rastreador_id: UUID, hoja: HojaDePaso
) -> Response:
    fila = rastreador_visible(sesion, actor, rastreador_id)
    with hoja:
        dejar_de_rastrear(sesion, actor, rastreador_id)
        aviso = _("Ya no se sigue %(n)s.") % {"n": fila.escrito}
        return redirigir(f"{RASTREADORES}?unidad={fila.unidad_id}", aviso)
    return _pagina(request, sesion, actor, fila.unidad_id, hoja=hoja)


@router.post("/{rastreador_id}/prueba")
def probar_uno(
    request: Request, sesion: Sesion, actor: ActorRequerido, rastreador_id: UUID, hoja: HojaDePaso
) -> Response:
    """What is known of it is told once more: the unit's systems can be tried without waiting for news."""
    unidad_id = rastreador_visible(sesion, actor, rastreador_id).unidad_id
    with hoja:
        repetir(sesion, actor, rastreador_id)
        aviso = _("La prueba sale en unos segundos. Vuelva a cargar para ver cómo le fue.")
        return redirigir(f"{RASTREADORES}?unidad={unidad_id}", aviso)
    return _pagina(request, sesion, actor, unidad_id, hoja=hoja)
