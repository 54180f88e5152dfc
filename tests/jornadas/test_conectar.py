"""Connecting one's own system, as the README says: its very commands, run against the platform."""

import json
import os
import re
import subprocess

import pytest

from tests.ayudas.viva import RAIZ, PlataformaViva

pytestmark = pytest.mark.lento


def _ordenes() -> list[str]:
    """The lines of the README's block that connects a program."""
    texto = (RAIZ / "README.md").read_text("utf-8")
    bloque = re.search(r"^```\n(eval .*?)^```", texto, re.DOTALL | re.MULTILINE)
    assert bloque is not None
    return bloque[1].splitlines()


def test_las_ordenes_del_leame_conectan_un_programa(plataforma_viva: PlataformaViva) -> None:
    viva = plataforma_viva
    conectar, pedir, llamar = (
        orden.replace("http://127.0.0.1:8000", viva.url)
        .replace(".venv/bin/qhatu", f"'{RAIZ}/.venv/bin/python' -m plataforma.cli")
        .replace("--alcance", f"--datos '{viva.datos}' --alcance")
        .replace("curl ", "curl -sS ")
        for orden in _ordenes()
    )
    guion = f'{conectar}\nrespuesta=$({pedir})\necho "$respuesta"\n'
    guion += 'access_token=$(printf %s "$respuesta" | sed \'s/.*"access_token":"\\([^"]*\\)".*/\\1/\')\n'
    fin = subprocess.run(
        ["bash", "-eu", "-c", guion + llamar],
        cwd=RAIZ,
        env={n: v for n, v in os.environ.items() if not n.startswith("QHATU_")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert fin.returncode == 0, fin.stderr
    dado, notificaciones = (json.loads(linea) for linea in fin.stdout.splitlines())
    assert (dado["token_type"], dado["expires_in"], dado["scope"]) == ("Bearer", 3600, "buzon")
    assert notificaciones["datos"]
