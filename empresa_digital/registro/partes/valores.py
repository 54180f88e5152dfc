"""What the other rooms know of a party."""

from dataclasses import dataclass
from uuid import UUID

from empresa_digital.registro.partes.tipos import ClaseDeParte


@dataclass(frozen=True, slots=True)
class Parte:
    """A party as of today: a citizen's or a unit's name and telephone are theirs, never a copy of them.

    `nombre` is how a page calls it, `telefono` is E.164, `documento` an identity card or a passport (None for
    a unit, whose identifiers are public in the registry).
    """

    id: UUID
    clase: ClaseDeParte
    persona_id: UUID | None
    unidad_id: UUID | None
    nombre: str
    telefono: str | None
    documento: str | None
