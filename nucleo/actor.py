"""Who acts, for whom, by which mandate: the three facts every state change names."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """The authenticated author of a request: a person, a machine client, or the system's own sweeps.

    `nivel` is the identity level of a person (0 when none); `autenticado_en` the instant of the sign-in;
    `acto` the joint act that this person's signature, the last, is doing now.
    """

    tipo: Literal["persona", "cliente", "sistema"]
    nombre: str
    persona_id: UUID | None = None
    cliente_id: UUID | None = None
    unidad_cliente_id: UUID | None = None
    autenticado_en: datetime | None = None
    nivel: int = 0
    alcances: frozenset[str] = frozenset()
    acto: UUID | None = None

    @classmethod
    def sistema(cls, motivo: str) -> Self:
        return cls(tipo="sistema", nombre=motivo)

    @property
    def id(self) -> UUID | None:
        return self.persona_id or self.cliente_id

    @property
    def clave(self) -> str:
        """A stable key of this actor, e.g. to own idempotency keys or rate limits."""
        return f"{self.tipo}:{self.id or self.nombre}"


@dataclass(frozen=True, slots=True)
class Autorizacion:
    """An actor who has been found entitled to act, and on whose behalf.

    `cadena`: the mandates by which a person acts, the unit's first (it is `mandato_id`); the second, when
    they act through another unit, is theirs in that unit.
    """

    actor: Actor
    unidad_id: UUID | None = None
    mandato_id: UUID | None = None
    cadena: tuple[UUID, ...] = ()

    def __post_init__(self) -> None:
        if self.mandato_id is not None and not self.cadena:
            object.__setattr__(self, "cadena", (self.mandato_id,))
        assert self.cadena[:1] == (() if self.mandato_id is None else (self.mandato_id,))

    @classmethod
    def propia(cls, actor: Actor) -> Self:
        """The actor acts for themselves."""
        return cls(actor=actor)
