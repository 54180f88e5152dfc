"""The levels that limits are kept by: those of identity, and one for each class of unit."""

from empresa_digital.registro import TIPOS_DE_UNIDAD, TipoUnidad
from nucleo.textos import perezoso as _l

# As `pagos_nivel_de_clase` numbers them: what is above 10 is a class.
NIVEL_DE_CLASE: dict[TipoUnidad, int] = {clase: 11 + i for i, clase in enumerate(TipoUnidad)}

NIVELES: dict[int, str] = {
    1: _l("Identidad declarada (nivel 1)"),
    2: _l("Identidad verificada (nivel 2)"),
    3: _l("Identidad con firma digital (nivel 3)"),
} | {nivel: TIPOS_DE_UNIDAD[clase][0] for clase, nivel in NIVEL_DE_CLASE.items()}


def nivel_minimo(nivel: int) -> int:
    """The lowest level whose rows may rule this one: a lower one's rule people, never a class."""
    return nivel if nivel > 10 else 1
