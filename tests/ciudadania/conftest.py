"""Fixtures of this room."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.ciudadania.proveedor import ProveedorEnMarcha, proveedor_en_marcha

ORIGEN = "http://127.0.0.1"


@pytest.fixture(scope="session")
def formas() -> dict[str, Any]:
    """The shapes of Ciudadanía Digital's answers, as read in public integrations."""
    carpeta = os.environ.get("QHATU_DATOS_EXTERNOS")
    if not carpeta:
        pytest.skip("QHATU_DATOS_EXTERNOS no está definida")
    ruta = Path(carpeta) / "ciudadania" / "ciudadania_digital_shapes.json"
    return dict(json.loads(ruta.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def proveedor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProveedorEnMarcha]:
    with proveedor_en_marcha(tmp_path_factory.mktemp("proveedor"), ORIGEN) as en_marcha:
        yield en_marcha


@pytest.fixture
def navegador() -> Iterator[httpx.Client]:
    """A browser that does not follow redirects by itself."""
    with httpx.Client(follow_redirects=False) as cliente:
        yield cliente
