"""Reading of page forms: what people type, cleaned, and the errors they see by field."""

from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Form

from envios.emsevt import CODIGOS, CODIGOS_DE_ESCANEO, Codigo
from envios.motivos import MOTIVOS_DE_INTENTO, AccionIntento, Motivo
from nucleo.ids import nuevo_id

Texto = Annotated[str, Form(max_length=600)]
E = TypeVar("E", Motivo, AccionIntento, Codigo)


def limpio(texto: str, largo: int = 120) -> str:
    """Without control characters or outer spaces, at most `largo` characters."""
    return "".join(c for c in texto if c.isprintable()).strip()[:largo]


def opcion(tipo: type[E], texto: str) -> E | None:
    """The member with this value; None when the form sent none or one that does not exist."""
    try:
        return tipo(texto)
    except ValueError:
        return None


def id_de_formulario(texto: str) -> str:
    """The id made when the form was shown, which makes a second press harmless; a new one if spoiled."""
    try:
        return f"f:{UUID(texto)}"
    except ValueError:
        return f"f:{nuevo_id()}"


def opciones_de_motivo() -> list[tuple[str, str]]:
    return [(m.value, m.ficha.texto) for m in MOTIVOS_DE_INTENTO]


def opciones_de_accion() -> list[tuple[str, str]]:
    return [(a.value, a.texto) for a in AccionIntento]


def opciones_de_escaneo() -> list[tuple[str, str]]:
    return [(c.value, f"{CODIGOS[c].texto} ({c.value})") for c in CODIGOS_DE_ESCANEO]
