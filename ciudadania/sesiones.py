"""Signed-in browsers: one row each, resolved by the hash of the cookie's secret."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select
from starlette.responses import Response

from ciudadania import bloqueos
from ciudadania.modelos import Ciudadano, SesionWeb
from ciudadania.personas import actor_de_persona
from ciudadania.secretos import huella, nuevo_secreto
from ciudadania.valores import Persona
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.bd import retener
from nucleo.configuracion import ajustes
from nucleo.errores import NoEncontrado
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

DURACION_MAX = timedelta(hours=12)
OCIO_MAX = timedelta(hours=2)
TOQUE_CADA = timedelta(minutes=1)
_AGENTE_MAX = 300
_SECRETO_MAX = 100


def nombre_de_galleta() -> str:
    """`__Host-` needs Secure. Over plain http (demonstration) only some browsers would keep such a cookie:
    Chromium does on 127.0.0.1, Safari does not, and none does on the address of a neighbour's machine.
    """
    return "__Host-qhatu" if ajustes().es_https else "qhatu"


def poner_galleta(respuesta: Response, secreto: str) -> None:
    respuesta.set_cookie(
        nombre_de_galleta(),
        secreto,
        max_age=int(DURACION_MAX.total_seconds()),
        path="/",
        secure=ajustes().es_https,
        httponly=True,
        samesite="lax",
    )


def quitar_galleta(respuesta: Response) -> None:
    respuesta.delete_cookie(
        nombre_de_galleta(), path="/", secure=ajustes().es_https, httponly=True, samesite="lax"
    )


def abrir_sesion(
    sesion: Session,
    persona: Persona,
    *,
    autenticado_en: datetime | None = None,
    agente: str = "",
    id_token: str | None = None,
    secreto_anterior: str | None = None,
) -> str:
    """Open a session and return its secret, always a new one; the browser's former session is closed."""
    if secreto_anterior:
        cerrar_sesion(sesion, secreto_anterior, "rotada")
    secreto, instante = nuevo_secreto(), ahora_bd(sesion)
    fila = SesionWeb(
        huella=huella(secreto),
        persona_id=persona.id,
        autenticado_en=min(autenticado_en or instante, instante),
        agente=agente[:_AGENTE_MAX].replace("\0", ""),
        id_token=id_token,
        creado_en=instante,
        visto_en=instante,
        vence_en=instante + DURACION_MAX,
    )
    sesion.add(fila)
    sesion.flush()
    auditar(sesion, actor_de_persona(persona), "sesion.abrir", "ciudadania_sesion", fila.id, {})
    return secreto


def resolver_sesion(sesion: Session, secreto: str) -> tuple[Actor, UUID] | None:
    """The actor behind a cookie and the id of the session; None when unknown, closed, idle or expired."""
    if not 0 < len(secreto) <= _SECRETO_MAX:
        return None
    ahora_sql = func.nucleo_ahora()
    consulta = (
        select(
            SesionWeb.id,
            SesionWeb.autenticado_en,
            col(SesionWeb.visto_en) < ahora_sql - TOQUE_CADA,
            Ciudadano,
        )
        .join(Ciudadano, col(Ciudadano.id) == col(SesionWeb.persona_id))
        .where(
            col(SesionWeb.huella) == huella(secreto),
            col(SesionWeb.cerrado_en).is_(None),
            col(SesionWeb.vence_en) > ahora_sql,
            col(SesionWeb.visto_en) > ahora_sql - OCIO_MAX,
        )
    )
    fila = sesion.exec(consulta).one_or_none()
    if fila is None:
        return None
    sesion_id, autenticado_en, tocar, persona = fila
    retener(sesion, persona)
    if tocar:
        bloqueos.tocar_sesion(sesion, sesion_id)
    return replace(actor_de_persona(persona.valor()), autenticado_en=autenticado_en), sesion_id


def duenio_de_la_sesion(sesion: Session, secreto: str) -> UUID | None:
    """Whose session it is or was, ended or not: it opens nothing."""
    if not 0 < len(secreto) <= _SECRETO_MAX:
        return None
    return sesion.exec(select(SesionWeb.persona_id).where(SesionWeb.huella == huella(secreto))).one_or_none()


def cerrar_sesion(sesion: Session, secreto: str, motivo: str = "salida") -> SesionWeb | None:
    """Close the session of this cookie; returns it (for its `id_token`), None if it was not open."""
    fila = bloqueos.sesion_web(
        sesion, col(SesionWeb.huella) == huella(secreto), col(SesionWeb.cerrado_en).is_(None)
    )
    if fila is not None:
        _cerrar(sesion, fila, motivo)
    return fila


def sesiones_abiertas(sesion: Session, persona_id: UUID) -> Sequence[SesionWeb]:
    """Sessions of a person that still open something, the latest used first."""
    ahora_sql = func.nucleo_ahora()
    return sesion.exec(
        select(SesionWeb)
        .where(
            col(SesionWeb.persona_id) == persona_id,
            col(SesionWeb.cerrado_en).is_(None),
            col(SesionWeb.vence_en) > ahora_sql,
            col(SesionWeb.visto_en) > ahora_sql - OCIO_MAX,
        )
        .order_by(col(SesionWeb.visto_en).desc())
        .limit(100)
    ).all()


def revocar_sesion(sesion: Session, actor: Actor, sesion_id: UUID) -> None:
    """Close one of the actor's own sessions from another browser; somebody else's does not exist for them."""
    fila = bloqueos.sesion_web(
        sesion, col(SesionWeb.id) == sesion_id, col(SesionWeb.persona_id) == actor.persona_id
    )
    if fila is None:
        raise NoEncontrado(_("Esa sesión no existe."))
    if fila.cerrado_en is None:
        _cerrar(sesion, fila, "revocada")


def revocar_otras(sesion: Session, actor: Actor, conservar: UUID | None) -> int:
    """Close every session of the actor but one; returns how many."""
    filas = bloqueos.sesiones_web(
        sesion,
        col(SesionWeb.persona_id) == actor.persona_id,
        col(SesionWeb.cerrado_en).is_(None),
        col(SesionWeb.id).is_distinct_from(conservar),
    )
    for fila in filas:
        _cerrar(sesion, fila, "revocada")
    return len(filas)


def _cerrar(sesion: Session, fila: SesionWeb, motivo: str) -> None:
    fila.cerrado_en, fila.motivo_cierre = ahora_bd(sesion), motivo
    sesion.flush()
    quien = Actor(tipo="persona", nombre="", persona_id=fila.persona_id)
    auditar(sesion, quien, "sesion.cerrar", "ciudadania_sesion", fila.id, {"motivo": motivo})
