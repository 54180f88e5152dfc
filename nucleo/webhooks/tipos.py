"""The catalogue of what a unit's systems can be told: each type with its schema and an example.

A room declares its own where it sends them; the pages, `/openapi.json` and the check of what is sent read
the same declaration.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field

from nucleo.textos import perezoso as _l

WEBHOOK_DESACTIVADO = "WebhookDesactivado"
"""The event that tells that a subscription was ended because it does not answer."""


@dataclass(frozen=True, slots=True)
class TipoDeWebhook:
    """A type of message: its `data` is of `modelo`, as `ejemplo` is."""

    codigo: str
    descripcion: str
    modelo: type[BaseModel]
    ejemplo: Mapping[str, Any]


_tipos: dict[str, TipoDeWebhook] = {}


def tipo_de_webhook(
    codigo: str, descripcion: str, modelo: type[BaseModel], ejemplo: Mapping[str, Any]
) -> str:
    """Declare a type; its code goes in the messages and never changes. Gives it back."""
    assert codigo not in _tipos, codigo
    modelo.model_validate(ejemplo)
    _tipos[codigo] = TipoDeWebhook(codigo, descripcion, modelo, ejemplo)
    return codigo


def tipos() -> Mapping[str, TipoDeWebhook]:
    return _tipos


class DatosDePrueba(BaseModel):
    mensaje: str = Field(description="Un texto fijo.")


PRUEBA = tipo_de_webhook(
    "PruebaDeWebhook",
    _l("Una prueba que se pide desde la página de la suscripción."),
    DatosDePrueba,
    {"mensaje": "Esta es una prueba de Qhatu."},
)
