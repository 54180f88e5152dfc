"""What the other rooms know of a citizen: a frozen value, never the row."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ciudadania.identidad import presentar


@dataclass(frozen=True, slots=True)
class Persona:
    """A citizen, by identity card (number and complement). `nivel` is a `NivelIdentidad`."""

    id: UUID
    ci: str
    complemento: str | None
    nombres: str
    primer_apellido: str | None
    segundo_apellido: str | None
    nacimiento: date | None
    celular: str | None
    correo: str | None
    nivel: int

    @property
    def nombre_completo(self) -> str:
        partes = (self.nombres, self.primer_apellido, self.segundo_apellido)
        return " ".join(presentar(parte) for parte in partes if parte)

    @property
    def documento(self) -> str:
        """The card as people write it: `1000001` or `1000001-1A`."""
        return f"{self.ci}-{self.complemento}" if self.complemento else self.ci
