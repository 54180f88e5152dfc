"""The cast: who acts in the story, by their keys, and the ids of what is theirs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from ciudadania import Persona, actor_de_persona, obtener_persona, personas_en_lote
from demostracion.relato import olvidar, sabido
from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import cero
from nucleo.ids import id_demo, nuevo_id
from nucleo.reloj import ahora
from pagos import (
    Codigo,
    ErrorDePago,
    SolicitudTransferencia,
    TipoCuenta,
    cuenta_de_persona,
    cuenta_de_sistema,
    cuenta_de_unidad,
    exigir_transferencia,
    saldo_disponible,
)

ETIQUETA = "(demostración)"


def id_de_persona(clave: str) -> UUID:
    return id_demo(f"persona:{clave}")


def id_de_unidad(clave: str) -> UUID:
    return id_demo(f"unidad:{clave}")


def persona(sesion: Session, clave: str) -> Persona:
    return obtener_persona(sesion, id_de_persona(clave))


def actor(sesion: Session, clave: str) -> Actor:
    """A person of the demonstration, who has just signed in."""
    quien = sabido(("actor", clave), lambda: actor_de_persona(persona(sesion, clave)))
    return replace(quien, autenticado_en=ahora())


def ya_ingreso(sesion: Session, clave: str) -> bool:
    """Whether the platform knows this person already; one of them signs in for the first time later."""
    id = id_de_persona(clave)
    return id in personas_en_lote(sesion, [id])


def billetera(sesion: Session, clave: str) -> int:
    """The account of a person."""
    return sabido(("billetera", clave), lambda: cuenta_de_persona(sesion, id_de_persona(clave)))


def caja(sesion: Session, clave: str, tipo: TipoCuenta = TipoCuenta.COMERCIO) -> int:
    """An account of a unit."""
    return sabido((tipo, clave), lambda: cuenta_de_unidad(sesion, id_de_unidad(clave), tipo))


def abonar(sesion: Session, clave: str, monto: Money) -> None:
    """Fictitious money for a person."""
    abono = SolicitudTransferencia(
        id=nuevo_id(),
        codigo=Codigo.AJUSTE,
        debito=cuenta_de_sistema(sesion, TipoCuenta.AJUSTE),
        credito=billetera(sesion, clave),
        monto=monto,
    )
    exigir_transferencia(sesion, abono, Autorizacion.propia(Actor.sistema("datos de demostración")))


def asegurar(sesion: Session, clave: str, monto: Money) -> None:
    """A person has at least that much: what they must pay for the story to go on."""
    falta = monto - saldo_disponible(sesion, billetera(sesion, clave))
    if falta > cero():
        abonar(sesion, clave, falta)


@contextmanager
def si_se_puede(sesion: Session) -> Iterator[None]:
    """What the ledger refuses (there was no money, a limit) did not happen."""
    try:
        with sesion.begin_nested():
            yield
    except ErrorDePago:
        olvidar()
