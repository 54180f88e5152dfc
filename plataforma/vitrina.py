"""The home page and the search over the whole place: the sections that the rooms registered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from nucleo.vitrina import Cifra, Seccion, escaparates


@dataclass(frozen=True, slots=True)
class Vista:
    """The cards of each section by its name (`productos`, `convocatorias`, `unidades`), and the figures of
    all, none when there is nothing. `entendido`: the words searched when they are not those typed."""

    tarjetas: Mapping[str, Sequence[Any]]
    cifras: Sequence[Cifra] = ()
    entendido: str | None = None

    def __bool__(self) -> bool:
        return any(self.tarjetas.values())


def portada(sesion: Session) -> Vista:
    return _reunir({nombre: e.portada(sesion) for nombre, e in escaparates().items()})


def buscar(sesion: Session, consulta: str) -> Vista:
    """The best few of each room for the same words; nothing for no words."""
    if not consulta:
        return Vista({})
    return _reunir({nombre: e.buscar(sesion, consulta) for nombre, e in escaparates().items()})


def _reunir(secciones: Mapping[str, Seccion]) -> Vista:
    cifras = [cifra for seccion in secciones.values() for cifra in seccion.cifras]
    return Vista(
        {nombre: seccion.tarjetas for nombre, seccion in secciones.items()},
        cifras if any(valor for _etiqueta, valor, _url in cifras) else [],
        next((s.entendido for s in secciones.values() if s.entendido), None),
    )
