"""Aliases: the short name a person is paid under, so that they need not tell their card or telephone."""

import re
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import Prohibido
from nucleo.limites import limitar
from nucleo.textos import gettext as _
from pagos.billetera.bloqueos import alias_en_uso, bloquear_alias
from pagos.libro import AliasInvalido, AliasTomado
from pagos.libro.modelos import Alias

CAMBIOS_POR_DIA = 5
_FORMA = re.compile(r"[a-z][a-z0-9]*(\.[a-z0-9]+)*", re.ASCII)
_RESERVADOS = ("qhatu", "admin", "soporte", "ayuda", "regulador", "banco")  # they sound like an authority


def normalizar(texto: str) -> str:
    """`@Ana.Quispe` and `ana.quispe` are one alias."""
    return texto.strip().removeprefix("@").lower()


def alias_de(sesion: Session, persona_id: UUID) -> str | None:
    """The one in use."""
    consulta = select(Alias.alias).where(Alias.persona_id == persona_id, col(Alias.en_uso))
    return sesion.exec(consulta).one_or_none()


def persona_del_alias(sesion: Session, texto: str) -> UUID | None:
    """Who is paid under it now; nobody under what cannot be one."""
    alias = normalizar(texto)
    if not _FORMA.fullmatch(alias):
        return None
    consulta = select(Alias.persona_id).where(Alias.alias == alias, col(Alias.en_uso))
    return sesion.exec(consulta).one_or_none()


def elegir_alias(sesion: Session, actor: Actor, texto: str) -> str:
    """Take an alias, instead of the one in use. Five changes a day.

    Raises `AliasInvalido`, `AliasTomado`, `LimiteExcedido`, `Prohibido`.
    """
    persona_id = _persona(actor)
    nuevo = normalizar(texto)
    if not 4 <= len(nuevo) <= 20 or not _FORMA.fullmatch(nuevo):
        raise _invalido(_("Use de 4 a 20 letras sin tilde, números y puntos; empiece con una letra."))
    if nuevo.startswith(_RESERVADOS):
        raise _invalido(_("Ese alias parece de una institución: elija otro."))
    actual = alias_de(sesion, persona_id)
    if actual == nuevo:
        return nuevo
    limitar("pagos.billetera.alias", actor.clave, cupo=CAMBIOS_POR_DIA, ventana_s=86_400)
    fila = bloquear_alias(sesion, nuevo)
    if fila is not None and fila.persona_id != persona_id:
        raise _tomado()
    _soltar(sesion, persona_id)
    try:
        with sesion.begin_nested():
            if fila is None:
                sesion.add(Alias(alias=nuevo, persona_id=persona_id, en_uso=True))
            else:
                fila.en_uso = True
            sesion.flush()
    except IntegrityError:  # somebody took it meanwhile
        raise _tomado() from None
    auditar(
        sesion,
        Autorizacion.propia(actor),
        "alias.elegir",
        "pagos_alias",
        persona_id,
        {"alias": nuevo, "antes": actual},
    )
    return nuevo


def quitar_alias(sesion: Session, actor: Actor) -> None:
    """Nobody is paid under it any more; it stays reserved for the same person."""
    persona_id = _persona(actor)
    actual = alias_de(sesion, persona_id)
    if actual is None:
        return
    _soltar(sesion, persona_id)
    auditar(sesion, Autorizacion.propia(actor), "alias.quitar", "pagos_alias", persona_id, {"alias": actual})


def _soltar(sesion: Session, persona_id: UUID) -> None:
    for usado in alias_en_uso(sesion, persona_id):
        usado.en_uso = False
    sesion.flush()


def _persona(actor: Actor) -> UUID:
    if actor.persona_id is None:
        raise Prohibido(_("Solo una persona tiene alias."))
    return actor.persona_id


def _invalido(texto: str) -> AliasInvalido:
    return AliasInvalido(texto, campos={"alias": texto})


def _tomado() -> AliasTomado:
    texto = _("Otra persona tiene o tuvo ese alias: elija otro.")
    return AliasTomado(texto, campos={"alias": texto})
