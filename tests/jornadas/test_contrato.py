"""Schemathesis on the running platform: no 5xx, no status, type or shape that `/openapi.json` does not tell.

It leaves the demonstration data in a mess: as the regulator it may suspend the regulator's own unit, and
nobody regulates any more. So it runs after every other test of the platform.

In the suite the regulator asks what takes a regulator, and the cooperative all the rest; with
`QHATU_PRUEBAS_CONTRATO` (as `make caos` does) both ask everything.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.autorizacion.test_matriz import FILAS
from tests.ayudas.viva import PlataformaViva

pytestmark = [pytest.mark.lento, pytest.mark.al_final(2)]

COMPROBACIONES = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
)
TODO = "QHATU_PRUEBAS_CONTRATO" in os.environ


def _lo_suyo(persona: str) -> list[str]:
    if TODO:
        return []
    regula = {f"{f.metodo} {f.ruta}" for f in FILAS if f.es_api and f.quien.facultad == "REGULAR"}
    patron = f"^({'|'.join(sorted(re.escape(nombre) for nombre in regula))})$"
    return ["--include-name-regex" if persona == "regulador" else "--exclude-name-regex", patron]


@pytest.mark.parametrize("persona", ["tejidos", "regulador"])
def test_la_api_hace_lo_que_dice(plataforma_viva: PlataformaViva, persona: str, tmp_path: Path) -> None:
    orden = [
        *(sys.executable, "-m", "schemathesis.cli", "run", f"{plataforma_viva.url}/openapi.json"),
        *("-H", f"Authorization: Bearer {plataforma_viva.token(persona)}"),
        *("--phases", "examples,coverage,fuzzing", "--max-examples", "2", "--seed", "20261122"),
        *_lo_suyo(persona),
        *("--checks", COMPROBACIONES, "--continue-on-failure", "--request-timeout", "20", "--no-color"),
    ]
    httpx.get(f"{plataforma_viva.url}/openapi.json", timeout=120).raise_for_status()  # the first one is made
    hecho = subprocess.run(orden, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=480)
    assert hecho.returncode == 0, hecho.stdout[-6000:] + hecho.stderr[-2000:]
    assert " passed" in hecho.stdout
