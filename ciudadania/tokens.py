"""Opaque bearer tokens of people and of machine clients (OAuth 2 client credentials)."""

import hmac
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from ciudadania.errores import SoloDemostracion
from ciudadania.modelos import Ciudadano, ClienteMaquina, Token
from ciudadania.personas import actor_de_persona
from ciudadania.secretos import huella, nuevo_secreto
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.configuracion import ajustes
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

PREFIJO_TOKEN = "qht_"  # noqa: S105 (lets a leaked token be recognised by scanners)
PREFIJO_SECRETO = "qhs_"
DURACION_CLIENTE = timedelta(hours=1)
DURACION_DEMO = timedelta(hours=12)
_LARGO_MAX = 200
_HUELLA_DE_NADIE = huella(nuevo_secreto())

ALCANCES: dict[str, str] = {
    "productos": "Publicar y editar productos de la unidad",
    "pedidos": "Leer y atender los pedidos de la unidad",
    "envios": "Admitir, mover y entregar envíos",
    "pagos": "Leer cuentas y mover dinero de la unidad",
    "cobros": "Emitir y seguir las órdenes de cobro de la unidad",
    "convocatorias": "Publicar convocatorias y ofertar por la unidad",
    "buzon": "Leer las notificaciones de la unidad",
}


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
    cliente: ClienteMaquina | None = None,
    alcances: Collection[str] = (),
    duracion: timedelta = DURACION_CLIENTE,
) -> Emitido:
    """Make a token for exactly one holder."""
    assert (persona_id is None) != (cliente is None)
    secreto, instante = nuevo_secreto(PREFIJO_TOKEN), ahora_bd(sesion)
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


def actor_de_cliente(cliente: ClienteMaquina, alcances: Iterable[str] = ()) -> Actor:
    return Actor(
        tipo="cliente",
        nombre=cliente.nombre,
        cliente_id=cliente.id,
        unidad_cliente_id=cliente.unidad_id,
        alcances=frozenset(alcances),
    )


def resolver_token(sesion: Session, token: str) -> Actor | None:
    """The actor behind a bearer token; None when unknown, expired, revoked, or its client is revoked."""
    if not 0 < len(token) <= _LARGO_MAX:
        return None
    fila = sesion.exec(
        select(Token, Ciudadano, ClienteMaquina)
        .join(Ciudadano, col(Ciudadano.id) == col(Token.persona_id), isouter=True)
        .join(ClienteMaquina, col(ClienteMaquina.id) == col(Token.cliente_id), isouter=True)
        .where(
            col(Token.huella) == huella(token),
            col(Token.revocado_en).is_(None),
            col(Token.vence_en) > func.nucleo_ahora(),
            col(ClienteMaquina.revocado_en).is_(None),
        )
    ).one_or_none()
    if fila is None:
        return None
    emitido, persona, cliente = fila
    actor = actor_de_persona(persona.valor()) if persona else actor_de_cliente(cliente, emitido.alcances)
    return replace(actor, autenticado_en=emitido.creado_en)


def crear_cliente(
    sesion: Session,
    autorizacion: Actor | Autorizacion,
    nombre: str,
    *,
    unidad_id: UUID | None,
    alcances: Collection[str],
    cliente_id: UUID | None = None,
) -> tuple[ClienteMaquina, str]:
    """Register a machine client; returns it and its secret, which is shown this once."""
    desconocidos = sorted(set(alcances) - ALCANCES.keys())
    if desconocidos:
        raise DatosInvalidos(_("Hay alcances que no existen."), campos={"alcances": ", ".join(desconocidos)})
    secreto = nuevo_secreto(PREFIJO_SECRETO)
    cliente = ClienteMaquina(
        nombre=nombre,
        huella_secreto=huella(secreto),
        unidad_id=unidad_id,
        alcances=sorted(alcances),
        creado_en=ahora_bd(sesion),
    )
    if cliente_id is not None:
        cliente.id = cliente_id
    sesion.add(cliente)
    sesion.flush()
    auditar(
        sesion,
        autorizacion,
        "cliente.crear",
        "ciudadania_cliente",
        cliente.id,
        {"nombre": nombre, "unidad_id": str(unidad_id), "alcances": cliente.alcances},
    )
    return cliente, secreto


def revocar_cliente(sesion: Session, autorizacion: Actor | Autorizacion, cliente: ClienteMaquina) -> None:
    """Stop a machine client; its tokens are dead at once."""
    if cliente.revocado_en is None:
        cliente.revocado_en = ahora_bd(sesion)
        sesion.flush()
        auditar(sesion, autorizacion, "cliente.revocar", "ciudadania_cliente", cliente.id, {})


def autenticar_cliente(sesion: Session, cliente_id: str, secreto: str) -> ClienteMaquina | None:
    """The client with this id and secret; None otherwise. The comparison takes the same time either way."""
    try:
        fila = sesion.get(ClienteMaquina, UUID(cliente_id))
    except ValueError:
        fila = None
    esperada = fila.huella_secreto if fila else _HUELLA_DE_NADIE
    igual = hmac.compare_digest(esperada, huella(secreto))
    return fila if fila and igual and fila.revocado_en is None else None


def revocar_token(sesion: Session, cliente: ClienteMaquina, token: str) -> None:
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
