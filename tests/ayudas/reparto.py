"""Which worker runs what: whole files, so that what a file sets up is made once, the long ones first.

All tests of the shared live platform are one unit, or each worker would start another; so is the
authorisation matrix, whose scene is long to make. (xdist's own groups come to nothing: pytest 9 does not read
the name that xdist 3 changes.)
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

RAIZ = Path(__file__).resolve().parent.parent.parent
VIVA = "plataforma_viva"
LARGAS = ("tests/autorizacion", VIVA)
"""The longest units, which start first; whatever comes after them is short enough to end about together."""


@cache
def unidad(archivo: str) -> str:
    """The name of what a file's tests run together with."""
    if archivo.startswith("tests/autorizacion/"):
        return "tests/autorizacion"
    return VIVA if VIVA in (RAIZ / archivo).read_text("utf-8") else archivo


def _turno(item: pytest.Item) -> tuple[int, int]:
    suya = unidad(item.nodeid.split("::")[0])
    largas = LARGAS.index(suya) if suya in LARGAS else len(LARGAS)
    marca = item.get_closest_marker("al_final")
    return largas, marca.args[0] if marca else 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long units first; in each, what leaves the shared platform in a mess after all the others,
    whatever their files are called."""
    items.sort(key=_turno)


class Reparto(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return unidad(nodeid.split("::")[0])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Reparto:
    config.option.loadscopereorder = False  # by how many tests each has, which says nothing of their time
    return Reparto(config, log)
