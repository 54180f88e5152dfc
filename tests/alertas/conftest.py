"""A kind of alert of the tests' own: things with words and a price."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel
from sqlmodel import Session

from alertas import Busqueda, Emparejador, Hallazgo, Objeto, emparejar, registrar_emparejador
from alertas.guardar import crear_alerta
from alertas.modelos import Alerta
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id

COSAS: dict[UUID, str] = {}
"""What may be seen, by id."""
PROPUESTAS: dict[UUID, "Cosa"] = {}
"""What is proposed, by unit."""


class Cosa(BaseModel):
    palabras: list[str] = []
    desde: int | None = None
    hasta: int | None = None


def _mostrar(_sesion: Session, ids: Sequence[UUID]) -> Mapping[UUID, Hallazgo]:
    return {id: Hallazgo(COSAS[id], "Detalle", f"/cosas/{id}") for id in ids if id in COSAS}


registrar_emparejador(
    Emparejador(
        "prueba.cosas",
        "Cosas",
        Cosa,
        lambda _sesion, c: Busqueda(c.palabras, c.desde, c.hasta),
        lambda _sesion, c: " ".join(c.palabras) or "Todo",
        lambda c: "/cosas",
        _mostrar,
        lambda _sesion, unidades: {u: PROPUESTAS[u] for u in unidades if u in PROPUESTAS},
    )
)


class Cosas:
    """Short ways: save a search, and let a thing appear."""

    def alerta(self, actor: Actor, *palabras: str, **opciones: Any) -> Alerta:
        rango = {n: opciones.pop(n) for n in ("desde", "hasta") if n in opciones}
        with transaccion() as sesion:
            return crear_alerta(
                sesion, actor, "prueba.cosas", Cosa(palabras=list(palabras), **rango), **opciones
            )

    def aparece(self, *palabras: str, valor: int | None = None, id: UUID | None = None) -> UUID:
        cosa = id or nuevo_id()
        COSAS[cosa] = " ".join(palabras)
        with transaccion() as sesion:
            emparejar(sesion, "prueba.cosas", cosa, Objeto(palabras, valor))
        return cosa


@pytest.fixture
def cosas() -> Cosas:
    COSAS.clear()
    PROPUESTAS.clear()
    return Cosas()
