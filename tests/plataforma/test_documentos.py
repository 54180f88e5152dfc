"""What the documents say is so: each setting is in the table, each command they name exists and parses."""

import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
from alembic.config import CommandLine
from sqlalchemy import Engine

from nucleo.configuracion import EXIGENCIAS, Ajustes
from plataforma import entorno
from plataforma.cli import comandos
from tests.ayudas.viva import RAIZ

DOCUMENTOS = [
    *(RAIZ / nombre for nombre in ("README.md", "CONTRIBUTING.md", "deploy/README.md")),
    *sorted((RAIZ / "docs").glob("*.md")),
]
DE_PRUEBAS = ("QHATU_PRUEBAS_", "QHATU_BENCH_", "QHATU_DATOS_EXTERNOS")
VARIABLES = {f"QHATU_{n.upper()}" for n in Ajustes.model_fields} | {
    # Not a setting: only who migrates holds it.
    valor
    for nombre, valor in vars(entorno).items()
    if nombre.startswith("VARIABLE_")
}


def _leer(ruta: Path) -> str:
    return ruta.read_text("utf-8")


def _ordenes() -> list[tuple[str, str]]:
    """(document, command) of every line of a code block and every span of code that begins like a command."""
    halladas = []
    for documento in DOCUMENTOS:
        texto = _leer(documento)
        bloques = re.findall(r"^```(?:sh|bash)?\n(.*?)^```", texto, re.DOTALL | re.MULTILINE)
        lineas = [parte for bloque in bloques for parte in re.split(r"\n|&&|·|\$\(|\)", bloque)]
        fuera = re.sub(r"^```.*?^```", "", texto, flags=re.DOTALL | re.MULTILINE)
        lineas += re.findall(r"`([^`\n]+)`", fuera)
        for linea in lineas:
            limpia = linea.split("#")[0].strip().removeprefix(".venv/bin/")
            if re.match(r"(qhatu|make|alembic|python -m bench)( |$)", limpia):
                halladas.append((documento.name, limpia))
    return halladas


ORDENES = _ordenes()


def test_la_tabla_de_ajustes_es_la_de_la_clase() -> None:
    tabla = re.findall(r"^\| `(QHATU_\w+)` \|", _leer(RAIZ / "deploy" / "README.md"), re.MULTILINE)
    assert sorted(tabla) == sorted(VARIABLES)


def test_el_archivo_de_ejemplo_trae_lo_que_produccion_exige() -> None:
    ejemplo = re.findall(r"^(QHATU_\w+)=", _leer(RAIZ / "deploy" / "qhatu.env.example"), re.MULTILINE)
    exigidas = {f"QHATU_{n.upper()}" for n, (_exige, sirve) in EXIGENCIAS.items() if not sirve("")}
    assert set(ejemplo) == exigidas | {"QHATU_MODO"}
    assert len(ejemplo) == len(set(ejemplo))


def test_ningun_documento_nombra_una_variable_que_no_existe() -> None:
    dichas = {
        variable
        for documento in [*DOCUMENTOS, *(RAIZ / "deploy").iterdir()]
        for variable in re.findall(r"QHATU_[A-Z_]*[A-Z]", _leer(documento))
        if not variable.startswith(DE_PRUEBAS)
    }
    assert dichas <= VARIABLES


def test_se_encuentran_las_ordenes_de_los_documentos() -> None:
    dichas = {orden for _documento, orden in ORDENES}
    assert {"make run", "qhatu migrate", "qhatu token ana", "qhatu beat"} <= dichas
    assert len(dichas) > 20


@pytest.mark.parametrize(("documento", "orden"), ORDENES)
def test_las_ordenes_de_los_documentos_se_entienden(documento: str, orden: str) -> None:
    programa, *partes = shlex.split(orden)
    if programa == "make":
        texto = _leer(RAIZ / "Makefile")
        for parte in partes:
            nombre, es_variable, _valor = parte.partition("=")
            patron = rf"^{nombre} \?=" if es_variable else rf"^{nombre}:"
            assert re.search(patron, texto, re.MULTILINE), parte
    elif programa == "alembic":
        CommandLine().parser.parse_args(partes)
    elif programa == "qhatu" and partes:
        grupo: Any = typer.main.get_command(comandos)
        grupo.commands[partes[0]].make_context(partes[0], partes[1:])


def test_alembic_como_lo_dice_contributing(bd: Engine, servidores: dict[str, Any]) -> None:
    """The line that drafts a migration, up to the draft: its options, with the owner's address."""
    (linea,) = {orden for _documento, orden in ORDENES if orden.startswith("alembic ")}
    opciones = linea.split(" revision ")[0].split()[1:]
    fin = subprocess.run(
        [RAIZ / ".venv" / "bin" / "alembic", *opciones, "check"],
        cwd=RAIZ,
        env=os.environ
        | {entorno.VARIABLE_DEL_DUENO: servidores["url_dueno"].format(base=servidores["base"])},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert fin.returncode == 0, fin.stderr[-2000:]
