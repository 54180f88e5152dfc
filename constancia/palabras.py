"""What each kind of leaf is called, and what its proof shows and does not, said by the room that notes it."""

from collections.abc import Mapping
from dataclasses import dataclass

from nucleo.textos import perezoso as _l


@dataclass(frozen=True, slots=True)
class Tipo:
    titulo: str
    enlace: str


_tipos: dict[str, Tipo] = {}


def registrar_tipo(tipo: str, titulo: str, enlace: str) -> None:
    """`titulo`: its name for people (lazy). `enlace`: the page about it, with `{objeto}` in its place."""
    _tipos[tipo] = Tipo(titulo, enlace)


def titulo_de_tipo(tipo: str) -> str:
    """Its name for people; the bare type where no room said one."""
    return _tipos[tipo].titulo if tipo in _tipos else tipo


def enlace_de(tipo: str, objeto: str) -> str | None:
    return _tipos[tipo].enlace.format(objeto=objeto) if tipo in _tipos else None


@dataclass(frozen=True, slots=True)
class Frases:
    """What a good proof shows, and what it does not: a whole sentence each (lazy)."""

    prueba: str
    no_prueba: str


DE_UNA_HOJA = ""
_frases: dict[str, Frases] = {
    DE_UNA_HOJA: Frases(
        _l(
            "Prueba que esa línea de texto está en el registro público que firmó esa clave, y que nadie la "
            "quitó "
            "ni le cambió una letra desde esa firma."
        ),
        _l("No prueba que lo que dice la línea sea cierto, ni que siga valiendo hoy."),
    )
}


def registrar_frases(que: str, prueba: str, no_prueba: str) -> None:
    """`que`: a kind of leaf, or of file."""
    _frases[que] = Frases(prueba, no_prueba)


def frases_de(que: str) -> Frases:
    """Those of that kind, or those of any leaf."""
    return _frases.get(que, _frases[DE_UNA_HOJA])


def todas_las_frases() -> Mapping[str, Frases]:
    return _frases
