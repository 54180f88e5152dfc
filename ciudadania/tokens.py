"""Opaque bearer tokens of people and of machine clients (OAuth 2 client credentials)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, update
from sqlmodel import Session, col, select

from ciudadania.clientes import actor_de_cliente, sirve
from ciudadania.errores import SoloDemostracion
from ciudadania.modelos import Ciudadano, ClienteMaquina, Token
from ciudadania.personas import actor_de_persona
from ciudadania.secretos import huella, nuevo_secreto_reconocible
from ciudadania.valores import Cliente
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.bd import retener
from nucleo.configuracion import ajustes
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

PREFIJO_TOKEN = "qht_"  # noqa: S105 (lets a leaked token be recognised by scanners)
DURACION_CLIENTE = timedelta(hours=1)
DURACION_DEMO = timedelta(hours=12)
_LARGO_MAX = 200


@dataclass(frozen=True, slots=True)
class Emitido:
    """A token as its holder receives it, once: the platform keeps only its hash."""

    token: str
    vence_en_s: int
    alcances: tuple[str, ...]


def emitir_token(
    sesion: Session,
    *,
    persona_id: UUID | None = None,
    cliente: Cliente | None = None,
    alcances: Collection[str] = (),
    duracion: timedelta = DURACION_CLIENTE,
) -> Emitido:
    """Make a token for exactly one holder."""
    assert (persona_id is None) != (cliente is None)
    secreto, instante = nuevo_secreto_reconocible(PREFIJO_TOKEN), ahora_bd(sesion)
    fila = Token(
        huella=huella(secreto),
        persona_id=persona_id,
        cliente_id=cliente.id if cliente else None,
        alcances=sorted(alcances),
        creado_en=instante,
        vence_en=instante + duracion,
    )
    sesion.add(fila)
    sesion.flush()
    actor = actor_de_cliente(cliente) if cliente else Actor(tipo="persona", nombre="", persona_id=persona_id)
    auditar(sesion, actor, "token.emitir", "ciudadania_token", fila.id, {"alcances": fila.alcances})
    return Emitido(secreto, int(duracion.total_seconds()), tuple(fila.alcances))


def emitir_token_demo(sesion: Session, persona_id: UUID) -> str:
    """A bearer token of a demonstration person; refused outside that mode."""
    if not ajustes().es_demostracion:
        raise SoloDemostracion(_("Los tokens de demostración no existen en producción."))
    return emitir_token(sesion, persona_id=persona_id, duracion=DURACION_DEMO).token


@lru_cache
def _vale() -> Any:
    """Who has the token with :huella, if it is good. Made once, when the registry has said which units may
    act: every request of a program asks it."""
    return (
        select(Token, Ciudadano, ClienteMaquina)
        .join(Ciudadano, col(Ciudadano.id) == col(Token.persona_id), isouter=True)
        .join(ClienteMaquina, col(ClienteMaquina.id) == col(Token.cliente_id), isouter=True)
        .where(
            col(Token.huella) == bindparam("huella"),
            col(Token.revocado_en).is_(None),
            col(Token.vence_en) > func.nucleo_ahora(),
            or_(col(Token.cliente_id).is_(None), sirve()),
        )
    )


def resolver_token(sesion: Session, token: str) -> Actor | None:
    """The actor behind a bearer token; None when unknown, expired, revoked, or of a client that is
    disconnected or whose unit may not act: judged at each request, nothing outlives the decision."""
    if not 0 < len(token) <= _LARGO_MAX:
        return None
    fila = sesion.execute(_vale(), {"huella": huella(token)}).one_or_none()
    if fila is None:
        return None
    emitido, persona, cliente = fila
    if persona is not None:
        retener(sesion, persona)  # whoever acts is asked about by most of what they may do
    actor = actor_de_persona(persona.valor()) if persona else actor_de_cliente(cliente, emitido.alcances)
    return replace(actor, autenticado_en=emitido.creado_en)


def revocar_token(sesion: Session, cliente: Cliente, token: str) -> None:
    """RFC 7009: revoke one of the client's own tokens; an unknown or foreign one changes nothing."""
    revocado = sesion.exec(
        update(Token)
        .where(
            col(Token.huella) == huella(token),
            col(Token.cliente_id) == cliente.id,
            col(Token.revocado_en).is_(None),
        )
        .values(revocado_en=func.nucleo_ahora())
        .returning(col(Token.id))
    ).scalar_one_or_none()
    if revocado is not None:
        auditar(sesion, actor_de_cliente(cliente), "token.revocar", "ciudadania_token", revocado, {})
