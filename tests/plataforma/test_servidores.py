"""The embedded servers on their own: found, started on odd folders, and started again after any death."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from plataforma.servidores import DUENIO, ErrorDeArranque, Postgres, Valkey, lugares, postgres, valkey
from plataforma.servidores.procesos import usuario_de_servicio
from tests.ayudas.viva import ServidoresDuraderos, descendientes, esperar_que_mueran

RAIZ = Path(__file__).resolve().parents[2]


def test_sin_postgres_dice_que_instalar(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(postgres, "_candidatos", lambda: iter([tmp_path]))
    with pytest.raises(ErrorDeArranque, match=r"apt-get install postgresql.*QHATU_BASE_DATOS_URL"):
        postgres.buscar_binarios()


def test_un_postgres_viejo_no_sirve(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for nombre in ("postgres", "initdb"):
        programa = tmp_path / nombre
        programa.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n")
        programa.chmod(0o755)
    assert postgres.version_de(tmp_path / "postgres") == 14
    monkeypatch.setattr(postgres, "_candidatos", lambda: iter([tmp_path]))
    with pytest.raises(ErrorDeArranque, match="PostgreSQL 15 o posterior"):
        postgres.buscar_binarios()


def test_sin_rueda_se_usa_el_del_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for nombre in ("postgres", "initdb"):
        programa = tmp_path / nombre
        programa.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 16.2 (Debian)'\n")
        programa.chmod(0o755)
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda _nombre: None)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert postgres.buscar_binarios() == tmp_path


@pytest.mark.parametrize(("paginas_mb", "planes_mb"), [(256, 1_024), (2_048, 8_192)])
def test_los_planes_cuentan_con_la_mitad_de_la_memoria(
    monkeypatch: pytest.MonkeyPatch, paginas_mb: int, planes_mb: int
) -> None:
    monkeypatch.setattr(postgres, "memoria_para_paginas_mb", lambda: paginas_mb)
    assert postgres.ajustes_de_memoria() == {
        "shared_buffers": f"{paginas_mb}MB",
        "effective_cache_size": f"{planes_mb}MB",
    }


def test_sin_valkey_dice_que_instalar(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(valkey.importlib.util, "find_spec", lambda _nombre: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ErrorDeArranque, match=r"apt-get install redis-server.*QHATU_REDIS_URL"):
        Valkey(tmp_path, registro=tmp_path / "valkey.log")


def test_la_aplicacion_no_es_superusuario_y_el_texto_es_utf8(servidores: dict[str, Any], bd: object) -> None:
    with psycopg.connect(servidores["url"]) as conexion:
        fila = conexion.execute(
            "SELECT usesuper, current_setting('server_encoding'), lower('ÑÁÜ'), "
            "to_tsvector('spanish', 'Ñandúes') @@ to_tsquery('spanish', 'ñandú'), "
            "current_setting('listen_addresses') FROM pg_user WHERE usename = current_user"
        ).fetchone()
    assert fila == (False, "UTF8", "ñáü", True, "")


@pytest.mark.lento
@pytest.mark.parametrize("nombre", ["con espacios, y coma", "a" * 90 + "-ruta-larga-para-un-socket"])
def test_carpetas_dificiles(carpeta_de_la_corrida: Path, nombre: str) -> None:
    import redis

    datos = carpeta_de_la_corrida / nombre
    datos.mkdir(mode=0o711)
    base = Postgres(datos, registro=datos / "postgres.log", duradero=False)
    memoria = Valkey(base.sockets, registro=datos / "valkey.log")
    try:
        base.preparar()
        base.arrancar()
        memoria.arrancar()
        base.esperar()
        memoria.esperar()
        base.asegurar_base()
        with psycopg.connect(base.url()) as conexion:
            assert conexion.execute("SELECT current_user").fetchone() == ("qhatu",)
        with redis.Redis.from_url(memoria.url(3)) as cliente:
            assert cliente.ping()
    finally:
        memoria.detener()
        base.detener()
    assert not base.sockets.exists()


@pytest.mark.lento
@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the servers as somebody else")
def test_como_root_bajo_un_hogar_cerrado(
    carpeta_de_la_corrida: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a home of mode 0700 the data and a copy of the programs go where the service user can reach."""
    hogar = carpeta_de_la_corrida / "hogar"
    hogar.mkdir(mode=0o700)
    sistema = carpeta_de_la_corrida / "var-lib"
    monkeypatch.setattr(lugares, "raiz_del_sistema", lambda: sistema)
    programas = hogar / "programas"
    programas.mkdir()
    (programas / "servidor").write_text("#!/bin/sh\n")
    (programas / "servidor").chmod(0o700)

    base = Postgres(hogar, registro=hogar / "postgres.log", duradero=False)
    usuario = usuario_de_servicio()
    copia = lugares.programas_para([programas], programas / "servidor", "servidor-1", usuario)
    assert base.carpeta.is_relative_to(sistema)
    assert (hogar / "postgres").is_symlink()
    assert copia == sistema / "programas" / "servidor-1" / "programas" / "servidor"
    try:
        base.preparar()
        base.arrancar()
        base.esperar()
    finally:
        base.detener()
    assert usuario is not None
    assert base.carpeta.stat().st_uid == usuario.pw_uid


@pytest.mark.lento
def test_tras_kill_9_arranca_aunque_el_numero_de_proceso_sea_de_otro(
    servidores_duraderos: Callable[[str], ServidoresDuraderos],
) -> None:
    """Pid files whose number now belongs to a stranger are what a restarted container leaves behind."""
    par = servidores_duraderos("restos")
    base = par.postgres
    with psycopg.connect(base.url(usuario=DUENIO), autocommit=True) as conexion:
        conexion.execute("CREATE TABLE prueba AS SELECT 7 AS n")
    assert base.proceso is not None
    procesos = [base.proceso.pid, *descendientes(base.proceso.pid)]
    for pid in procesos:
        with contextlib.suppress(ProcessLookupError):  # it ended on its own in between
            os.kill(pid, signal.SIGKILL)
    base.proceso.wait()
    esperar_que_mueran(procesos)
    archivos = [base.carpeta / "postmaster.pid", base.sockets / f".s.PGSQL.{postgres.PUERTO}.lock"]
    usuario = usuario_de_servicio()
    ajeno = subprocess.Popen(["sleep", "60"], user=usuario.pw_uid if usuario else None)
    try:
        for archivo in archivos:
            lineas = archivo.read_text().splitlines()
            archivo.write_text("\n".join([str(ajeno.pid), *lineas[1:]]) + "\n")
        base.arrancar()
        base.esperar()
        with psycopg.connect(base.url(usuario=DUENIO)) as conexion:
            assert conexion.execute("SELECT n FROM prueba").fetchone() == (7,)
        assert ajeno.poll() is None
    finally:
        ajeno.kill()
        ajeno.wait()


@pytest.mark.lento
def test_un_servidor_huerfano_se_retira_antes_de_arrancar(
    servidores_duraderos: Callable[[str], ServidoresDuraderos],
) -> None:
    base = servidores_duraderos("huerfano").postgres
    huerfano = base.proceso
    assert huerfano is not None
    base.arrancar()
    base.esperar()
    assert huerfano.wait(10) is not None
    with psycopg.connect(base.url()) as conexion:
        assert conexion.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.lento
def test_lo_confirmado_sobrevive_a_un_corte(
    servidores_duraderos: Callable[[str], ServidoresDuraderos],
) -> None:
    par = servidores_duraderos("corte")
    with psycopg.connect(par.postgres.url(usuario=DUENIO), autocommit=True) as conexion:
        assert conexion.execute("SHOW fsync").fetchone() == ("on",)
        assert conexion.execute("SHOW synchronous_commit").fetchone() == ("on",)
        conexion.execute("CREATE TABLE prueba (n int)")
        conexion.execute("INSERT INTO prueba SELECT generate_series(1, 1000)")
    par.matar_postgres()
    with psycopg.connect(par.postgres.url(usuario=DUENIO)) as conexion:
        assert conexion.execute("SELECT count(*) FROM prueba").fetchone() == (1000,)


def preparar(tmp_path: Path, python: str) -> subprocess.CompletedProcess[str]:
    """Run the set-up script with only this interpreter in sight."""
    programas = tmp_path / "bin"
    programas.mkdir()
    (programas / "python3").write_text(python)
    (programas / "python3").chmod(0o755)
    for nombre in ("cat", "cksum", "date", "rm", "sh"):
        (programas / nombre).symlink_to(f"/usr/bin/{nombre}")
    for nombre in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (tmp_path / nombre).write_text("")
    return subprocess.run(
        ["/bin/sh", str(RAIZ / "deploy" / "preparar.sh"), "requirements.lock"],
        cwd=tmp_path,
        env={"PATH": str(programas)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_make_sin_el_modulo_venv(tmp_path: Path) -> None:
    sin_venv = f'#!/bin/sh\ncase "$2" in *"import venv"*) exit 1;; esac\nexec {sys.executable} "$@"\n'
    fin = preparar(tmp_path, sin_venv)
    assert fin.returncode == 1
    assert fin.stderr == (
        "qhatu: A este Python le falta el módulo venv: "
        "instálelo con «apt-get install python3-venv» y repita.\n"
    )
    assert not (tmp_path / ".venv").exists()


def test_make_con_un_python_viejo(tmp_path: Path) -> None:
    fin = preparar(tmp_path, "#!/bin/sh\nexit 1\n")
    assert fin.returncode == 1
    assert fin.stderr.startswith("qhatu: Hace falta Python 3.11 o posterior")
    assert len(fin.stderr.splitlines()) == 1
