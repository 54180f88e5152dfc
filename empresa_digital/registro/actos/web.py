"""Pages of joint acts: what waits for one's signature, and one act, to read and sign."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro.actos import consultas, firmas
from empresa_digital.registro.actos.estados import EstadoActo
from empresa_digital.registro.actos.formularios import (
    FIRMA,
    RECHAZO,
    RETIRO,
    HojaDeFirma,
    HojaDeRechazo,
    HojaDeRetiro,
)
from empresa_digital.registro.actos.modelos import ActoPendiente
from empresa_digital.registro.actos.palabras import ESTADOS
from empresa_digital.registro.actos.presentar import actos_salida
from empresa_digital.registro.actos.vistas import quienes_faltan
from empresa_digital.registro.actos.web_grupos import router as grupos
from empresa_digital.registro.unidades import pagina, url_siguiente
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.paginacion import Cursor
from nucleo.textos import gettext as _
from nucleo.web import redirigir

router = APIRouter(include_in_schema=False)
router.include_router(grupos)


@router.get("/por-firmar")
def ver_bandeja(request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor) -> Response:
    """What waits for this person's signature; then what they proposed or signed."""
    propios, siguiente = consultas.actos_de(sesion, actor, cursor)
    return pagina(
        request,
        "actos/por_firmar.html",
        esperan=actos_salida(sesion, consultas.por_firmar(sesion, actor)),
        propios=actos_salida(sesion, propios),
        estados=ESTADOS,
        siguiente_url=url_siguiente(request, siguiente),
    )


@router.get("/por-firmar/{acto_id}")
def ver_acto(request: Request, acto_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_acto(request, sesion, actor, acto_id)


def _pagina_acto(
    request: Request, sesion: Session, actor: Actor, acto_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    acto = firmas.ver_acto(sesion, actor, acto_id)
    salida = actos_salida(sesion, [acto])[0]
    pendiente = acto.estado == EstadoActo.PENDIENTE
    firmada = any(f.persona_id == actor.persona_id for f in salida.firmas)
    posibles = consultas.firmantes_de(sesion, acto.id) if pendiente else []
    suyas = [f for f in posibles if f.persona_id == actor.persona_id]
    return pagina(
        request,
        "actos/acto.html",
        hoja=hoja,
        acto=salida,
        nombre_de_estado=ESTADOS[acto.estado],
        faltan=quienes_faltan(sesion, posibles, salida.firmas),
        firmada=firmada,
        firmable=pendiente and not firmada and any(f.alcanza for f in suyas),
        limite=suyas[0].limite if suyas and not suyas[0].alcanza else None,
        rechazable=pendiente and bool(suyas) and acto.propuesto_por != actor.persona_id,
        retirable=pendiente and acto.propuesto_por == actor.persona_id,
        firma=FIRMA.mostrar(request, {"huella": salida.huella}, enviada=hoja),
        rechazo=RECHAZO.mostrar(request, enviada=hoja),
        retiro=RETIRO.mostrar(request, enviada=hoja),
    )


@router.post("/por-firmar/{acto_id}/firmar")
def firmar(
    request: Request, acto_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeFirma
) -> Response:
    """Sign what the page showed: the form carries its hash."""
    with hoja:
        acto = firmas.firmar(sesion, actor, acto_id, hoja.datos.huella, declara=hoja.datos.declara)
        return redirigir(f"/por-firmar/{acto_id}", _firmado(acto))
    return _pagina_acto(request, sesion, actor, acto_id, hoja)


def _firmado(acto: ActoPendiente) -> str:
    if acto.estado == EstadoActo.EJECUTADO:
        return _("Firmado: era la última firma y se hizo.")
    return _("Firmado. Se hará cuando firmen los demás.")


@router.post("/por-firmar/{acto_id}/rechazar")
def rechazar(
    request: Request, acto_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRechazo
) -> Response:
    with hoja:
        firmas.rechazar(sesion, actor, acto_id, hoja.datos.motivo)
        return redirigir("/por-firmar", _("Lo rechazó. No se hizo nada."))
    return _pagina_acto(request, sesion, actor, acto_id, hoja)


@router.post("/por-firmar/{acto_id}/retirar")
def retirar(
    request: Request, acto_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRetiro
) -> Response:
    with hoja:
        firmas.retirar(sesion, actor, acto_id)
        return redirigir("/por-firmar", _("Lo retiró. No se hizo nada."))
    return _pagina_acto(request, sesion, actor, acto_id, hoja)
