"""What the other rooms know of a citizen and of a machine client: frozen values, never the rows."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from nucleo.lectores import como_se_escribe


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
        return " ".join(como_se_escribe(parte) for parte in partes if parte)

    @property
    def documento(self) -> str:
        """The card as people write it: `1000001` or `1000001-1A`."""
        return f"{self.ci}-{self.complemento}" if self.complemento else self.ci


@dataclass(frozen=True, slots=True)
class Cliente:
    """A program of a unit. `pista`: the last letters of its secret; `usado_en`, to the hour.

    While a rotation overlaps, the former secret works until `anterior_vence_en`.
    """

    id: UUID
    unidad_id: UUID
    nombre: str
    alcances: tuple[str, ...]
    pista: str
    secreto_desde: datetime
    secreto_vence_en: datetime
    anterior_vence_en: datetime | None
    creado_en: datetime
    usado_en: datetime | None
    revocado_en: datetime | None
    revocado_motivo: str | None
