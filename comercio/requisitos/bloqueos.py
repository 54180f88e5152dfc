"""The lock of the rules of a kind of seller: who changes one waits for who is changing it."""

from sqlmodel import Session

from nucleo.bloqueos import cerrojo


def bloquear_reglas(sesion: Session, clase: str, que: str) -> None:
    cerrojo(sesion, f"comercio.regla_de_vendedor:{clase}:{que}")
