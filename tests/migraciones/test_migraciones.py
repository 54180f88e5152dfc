"""A revision never changes once it has landed, and every road to the head ends in the same database."""

import ast
import gzip
import hashlib
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.script import ScriptDirectory

from plataforma.migraciones import CARPETA, al_dia, migrar
from plataforma.servidores import DUENIO, Postgres
from tests.ayudas.servidores import base_vacia
from tests.migraciones.catalogo import catalogo, diferencias

HUELLAS = CARPETA / "huellas.sha256"
PASADOS = sorted(Path(__file__).parent.glob("*.sql.gz"))
LIBRO = "0004_pagos"  # from here on money can move


@pytest.fixture(scope="module")
def de_hoy(servidores: dict[str, Any]) -> dict[str, str]:
    """The objects of a database that was migrated in one go."""
    with psycopg.connect(servidores["url_admin"].format(base=servidores["base"])) as conexion:
        return catalogo(conexion)


@pytest.fixture
def base(servidores: dict[str, Any]) -> Iterator[str]:
    """The owner's address of an empty database of the test's own."""
    with base_vacia(servidores, "pasado") as nombre:
        yield servidores["url_dueno"].format(base=nombre)


def _cargar(pasado: Path, url: str) -> None:
    with psycopg.connect(url) as conexion:
        volcado = gzip.decompress(pasado.read_bytes()).decode()
        if conexion.info.server_version < 170000:
            volcado = volcado.replace(",MAINTAIN", "")
        conexion.execute("SET check_function_bodies = off")
        conexion.execute(volcado.encode())


def _objetos(url: str) -> dict[str, str]:
    with psycopg.connect(url) as conexion:
        return catalogo(conexion)


def test_lo_que_ya_llego_no_cambia() -> None:
    """A new file lands with its line: `cd migrations; sha256sum versions/0099_x.py >> huellas.sha256`."""
    anotadas = dict(linea.split("  ")[::-1] for linea in HUELLAS.read_text().splitlines())
    archivos = [
        ruta
        for carpeta in ("versions", "sql")
        for ruta in (CARPETA / carpeta).rglob("*")
        if ruta.is_file() and "__pycache__" not in ruta.parts
    ]
    actuales = {
        ruta.relative_to(CARPETA).as_posix(): hashlib.sha256(ruta.read_bytes()).hexdigest()
        for ruta in archivos
    }
    assert actuales == anotadas


@pytest.mark.parametrize("ruta", sorted((CARPETA / "versions").glob("*.py")), ids=lambda ruta: ruta.stem)
def test_una_revision_no_depende_del_codigo_de_hoy(ruta: Path) -> None:
    """It imports nothing of ours and reads no file but those of its own folder."""
    texto = ruta.read_text(encoding="utf-8")
    importados = {
        nombre.split(".")[0]
        for nodo in ast.walk(ast.parse(texto))
        for nombre in (
            [alias.name for alias in nodo.names]
            if isinstance(nodo, ast.Import)
            else [nodo.module or ""]
            if isinstance(nodo, ast.ImportFrom)
            else []
        )
    }
    assert importados <= {"alembic", "sqlalchemy", *sys.stdlib_module_names}
    assert "glob(" not in texto
    if "__file__" in texto:
        assert texto.count("__file__") == 1
        assert 'Path(__file__).resolve().parents[1] / "sql" / revision\n' in texto


@pytest.mark.parametrize("pasado", PASADOS, ids=lambda ruta: ruta.name.removesuffix(".sql.gz"))
def test_una_base_instalada_llega_a_ser_como_una_nueva(
    pasado: Path, base: str, de_hoy: dict[str, str]
) -> None:
    _cargar(pasado, base)
    migrar(base)
    assert diferencias(_objetos(base), de_hoy) == {}


def test_en_produccion_el_reloj_no_se_mueve(base: str) -> None:
    """Also of a database that was a demonstration; and back."""

    def hora() -> timedelta:
        with psycopg.connect(base) as conexion:
            conexion.execute("SET qhatu.desfase = '5 days'")
            fila = conexion.execute("SELECT nucleo_ahora() - clock_timestamp()").fetchone()
        assert fila is not None
        return timedelta(days=round(fila[0] / timedelta(days=1)))

    for movible, dias in ((True, 5), (False, 0), (True, 5)):
        migrar(base, reloj_movible=movible)
        assert hora() == timedelta(days=dias)
        assert al_dia(base, reloj_movible=movible)
        assert not al_dia(base, reloj_movible=not movible)


def test_desde_cada_revision_se_llega_a_lo_mismo(base: str, de_hoy: dict[str, str]) -> None:
    """One revision after another, each in its own transaction; the ledger works at every one that has it."""
    revisiones = [r.revision for r in ScriptDirectory(str(CARPETA)).walk_revisions()][::-1]
    assert len(revisiones) >= 16
    for revision in revisiones:
        migrar(base, revision)
        if revision >= LIBRO:
            assert (revision, _transferir(base)) == (revision, "ok")
    assert diferencias(_objetos(base), de_hoy) == {}


def _transferir(url: str) -> str:
    """The ledger's answer to one plain transfer between two new accounts; nothing stays."""
    with psycopg.connect(url) as conexion:
        cuentas = conexion.execute(
            "INSERT INTO pagos_cuenta (titular_id, titular_tipo, tipo, nivel, debitos_no_exceden_creditos) "
            "VALUES ('00000000-0000-0000-0000-000000000000', 'sistema', 'ajuste', 0, false), "
            "(gen_random_uuid(), 'persona', 'billetera', 1, true) RETURNING id"
        ).fetchall()
        fila = conexion.execute(
            "SELECT codigos[1] FROM pagos_transferir(ARRAY[gen_random_uuid()], %(debito)s, %(credito)s, "
            "ARRAY[100::bigint], ARRAY[1::smallint], ARRAY[1::smallint], ARRAY[false], ARRAY[NULL::uuid], "
            "ARRAY[NULL::integer], ARRAY[NULL::uuid], ARRAY[NULL::uuid], ARRAY[NULL::uuid], "
            "ARRAY[NULL::uuid])",
            {"debito": list(cuentas[0]), "credito": list(cuentas[1])},
        ).fetchone()
        conexion.rollback()
    assert fila is not None
    return str(fila[0])


@pytest.mark.lento
def test_una_carpeta_de_datos_de_antes_se_convierte(
    carpeta_de_la_corrida: Path, de_hoy: dict[str, str]
) -> None:
    """Made by 3c8f349: one role owns everything and the socket asks nobody for a password."""
    datos = carpeta_de_la_corrida / "de-antes"
    datos.mkdir(mode=0o711)
    servidor = Postgres(datos, registro=datos / "postgres.log", duradero=False)
    servidor.preparar()
    servidor.arrancar()
    servidor.esperar()
    try:
        with servidor.administrar() as admin:
            admin.execute("CREATE ROLE qhatu LOGIN")
            admin.execute("CREATE DATABASE qhatu OWNER qhatu")
        (servidor.carpeta / "pg_hba.conf").write_text("local all all trust\n")
        with servidor.administrar() as admin:
            admin.execute("SELECT pg_reload_conf()")
        _cargar(Path(__file__).parent / "3c8f349.sql.gz", servidor.url())
        servidor.detener()

        servidor.arrancar()
        servidor.esperar()
        servidor.asegurar_base()
        migrar(servidor.url(usuario=DUENIO))
        with servidor.administrar("qhatu") as admin:
            assert diferencias(catalogo(admin), de_hoy) == {}
        with psycopg.connect(servidor.url()) as conexion, pytest.raises(psycopg.errors.InsufficientPrivilege):
            conexion.execute("UPDATE pagos_cuenta SET congelada = true")
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(f"postgresql://qhatu@/qhatu?host={servidor.sockets}")
    finally:
        servidor.detener()
