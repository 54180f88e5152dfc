"""Who is behind a number: one quota for all that asks, and a name only for who knew it already.

Pages, API, payrolls and requests for money draw on the same bucket of a person, or of the unit they act for.
What costs most is paid first and what is too much comes back once it is known what was found, so asking many
things at once gives no more than asking them in turn.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from uuid import UUID

from nucleo.actor import Actor
from nucleo.lectores import sin_acentos
from nucleo.limites import Cubeta

DE_PERSONA = Cubeta("pagos.averiguar", capacidad=120, por_hora=60)
DE_UNIDAD = Cubeta("pagos.averiguar", capacidad=2_400, por_hora=600)  # its longest payroll, and some mistakes
_PARECIDO = 0.75


class Coincidencia(StrEnum):
    """How the written name compares with the registered one, as in a confirmation of payee."""

    COINCIDE = "coincide"
    CASI = "casi"
    NO_COINCIDE = "no_coincide"
    SIN_NOMBRE = "sin_nombre"


DESCONOCIDO = 10
COSTO = {
    Coincidencia.COINCIDE: 1,  # it says nothing that was not known
    Coincidencia.CASI: 5,
    Coincidencia.NO_COINCIDE: 5,
    Coincidencia.SIN_NOMBRE: 5,
}


@dataclass(frozen=True, slots=True)
class Cuota:
    """Whose look-ups are counted: the person's, or those of the unit for which they look."""

    cubeta: Cubeta
    clave: str

    @classmethod
    def de(cls, actor: Actor, unidad_id: UUID | None = None) -> "Cuota":
        if unidad_id is None:
            return cls(DE_PERSONA, actor.clave)
        return cls(DE_UNIDAD, f"unidad:{unidad_id}")

    def empezar(self) -> None:
        """Pay what the dearest answer costs, before looking. Raises `LimiteExcedido`."""
        self.cubeta.tomar(self.clave, DESCONOCIDO)

    def hallado(self, como: Coincidencia) -> None:
        """Somebody was found: the difference comes back."""
        self.cubeta.devolver(self.clave, DESCONOCIDO - COSTO[como])


def comparar(escrito: str, registrado: str) -> Coincidencia:
    """Names match in any order, without accents, and second names may be missing: at least two words of the
    registered one (or all, if it is one), and none that is foreign. Almost: the words look like others of it.
    """
    palabras, propias = _palabras(escrito), _palabras(registrado)
    if not palabras:
        return Coincidencia.SIN_NOMBRE
    hacen_falta = min(2, len(propias))
    if palabras <= propias and len(palabras) >= hacen_falta:
        return Coincidencia.COINCIDE
    parecidas = {
        max(propias, key=lambda p: _parecido(palabra, p), default="")
        for palabra in palabras
        if any(_parecido(palabra, p) >= _PARECIDO for p in propias)
    }
    if len(parecidas) >= hacen_falta and len(parecidas) >= len(palabras) - 1:
        return Coincidencia.CASI
    return Coincidencia.NO_COINCIDE


def _palabras(nombre: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", sin_acentos(nombre)[:200]))


def _parecido(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b).ratio()
