"""What a code of an operator means here. One that nobody told us is kept as it came: we do not guess."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from envios.eventos import AccionIntento, Codigo, EventoNuevo, Motivo, QuienRecibe


@dataclass(frozen=True, slots=True)
class Significado:
    codigo: str
    entregado_a: QuienRecibe | None = None


@dataclass(frozen=True, slots=True)
class Razon:
    """Why a door stayed shut, and what follows."""

    motivo: Motivo
    accion: AccionIntento


@dataclass(frozen=True, slots=True)
class Traduccion:
    """The tables of an operator; `prefijo`, two letters, keeps its unknown codes apart from everybody's."""

    prefijo: str
    codigos: Mapping[str, Significado]
    razones: Mapping[str, Razon]

    def significado(self, suyo: str) -> Significado:
        return self.codigos.get(suyo) or Significado(self.prefijo + re.sub("[^A-Z0-9]", "", suyo.upper())[:8])

    def razon(self, codigo: str, suya: str) -> Razon | None:
        """A failed attempt always has one; an unknown reason says that it is."""
        if codigo != Codigo.EMH:
            return None
        desconocida = Razon(Motivo.DESCONOCIDO, AccionIntento.ESPERAR_INSTRUCCIONES)
        return self.razones.get(suya, desconocida)


@dataclass(frozen=True, slots=True)
class Leido:
    """A line or message as it was read: an event, or what to mend in it."""

    numero: int
    evento: EventoNuevo | None = None
    error: str = ""
