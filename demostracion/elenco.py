"""The cast: who acts in the story, by their keys, and the ids of what is theirs."""

from dataclasses import replace
from uuid import UUID

from sqlmodel import Session

from ciudadania import Persona, actor_de_persona, obtener_persona, personas_en_lote
from nucleo.actor import Actor
from nucleo.ids import id_demo
from nucleo.reloj import ahora
from pagos import TipoCuenta, cuenta_de_persona, cuenta_de_unidad

ETIQUETA = "(demostración)"


def id_de_persona(clave: str) -> UUID:
    return id_demo(f"persona:{clave}")


def id_de_unidad(clave: str) -> UUID:
    return id_demo(f"unidad:{clave}")


def persona(sesion: Session, clave: str) -> Persona:
    return obtener_persona(sesion, id_de_persona(clave))


def actor(sesion: Session, clave: str) -> Actor:
    """A person of the demonstration, who has just signed in."""
    return replace(actor_de_persona(persona(sesion, clave)), autenticado_en=ahora())


def ya_ingreso(sesion: Session, clave: str) -> bool:
    """Whether the platform knows this person already; one of them signs in for the first time later."""
    id = id_de_persona(clave)
    return id in personas_en_lote(sesion, [id])


def billetera(sesion: Session, clave: str) -> int:
    """The account of a person."""
    return cuenta_de_persona(sesion, id_de_persona(clave))


def caja(sesion: Session, clave: str, tipo: TipoCuenta = TipoCuenta.COMERCIO) -> int:
    """An account of a unit."""
    return cuenta_de_unidad(sesion, id_de_unidad(clave), tipo)
