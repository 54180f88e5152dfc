"""`qhatu run`: starts everything, stops everything, keeps the data, and says plainly what is wrong."""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.ayudas.viva import (
    PlataformaViva,
    abiertos_a_otros,
    descendientes,
    esperar_que_mueran,
    vivos,
)
from tests.nucleo.test_configuracion import BUENOS

Nueva = Callable[..., PlataformaViva]
ROLES = ("web", "proveedor", "trabajador", "agenda", "postgres", "valkey")


def completa(plataforma: PlataformaViva) -> bool:
    """Every role has a process and the start was announced."""
    return "está en marcha" in plataforma.salida() and all(plataforma.procesos().values())


def falla(plataforma: PlataformaViva, *opciones: str) -> str:
    """Start what must not start; the one line it says."""
    plataforma.arrancar(*opciones, esperar=False)
    assert plataforma.proceso is not None
    assert plataforma.proceso.wait(60) == 1
    lineas = [linea for linea in plataforma.salida().splitlines() if linea.startswith("qhatu: ")]
    assert len(lineas) == 1, plataforma.salida()
    assert "Traceback" not in plataforma.salida()
    return lineas[0].removeprefix("qhatu: ")


@pytest.fixture
def viva(nueva_plataforma: Nueva) -> Iterator[PlataformaViva]:
    """A platform of the test's own, without demonstration data; stopped at the end."""
    plataforma = nueva_plataforma("arranque")
    yield plataforma
    plataforma.detener()


@pytest.fixture(scope="module")
def en_marcha(nueva_plataforma: Nueva) -> Iterator[PlataformaViva]:
    """One running platform that several tests hurt in turn; each leaves it whole."""
    plataforma = nueva_plataforma("herida").arrancar("--sin-demo")
    plataforma.esperar(lambda: completa(plataforma))
    yield plataforma
    plataforma.detener()


@pytest.mark.lento
def test_arranca_se_detiene_y_vuelve_con_los_mismos_datos(viva: PlataformaViva) -> None:
    for carpeta in ("archivos", "registros"):  # as an older version left them
        (viva.datos / carpeta).mkdir(parents=True, mode=0o755)
    viva.arrancar("--sin-demo")
    viva.esperar(lambda: completa(viva))
    assert viva.proceso is not None
    procesos = descendientes(viva.proceso.pid)
    assert len(procesos) >= len(ROLES)
    assert abiertos_a_otros(viva.datos) == []
    secretos = (viva.datos / "secretos.json").read_bytes()
    viva.en_la_base("CREATE TABLE prueba_sobrevive AS SELECT 7 AS n", duenio=True)

    assert viva.detener(signal.SIGINT) == 0
    assert vivos(procesos) == []
    assert not (viva.datos / "estado.json").exists()
    assert "Los datos quedan en" in viva.salida()

    viva.arrancar("--sin-demo")
    print(f"segundo arranque hasta /salud/listo: {viva.tardo_s:.1f} s")  # 5 s is the promise; load decides
    assert "Migraciones" not in viva.salida()
    assert viva.en_la_base("SELECT n FROM prueba_sobrevive", duenio=True) == [(7,)]
    assert (viva.datos / "secretos.json").read_bytes() == secretos

    viva.esperar(lambda: completa(viva))
    assert viva.proceso is not None
    procesos = descendientes(viva.proceso.pid)
    viva.proceso.kill()  # not even the supervisor's end may leave a process behind
    viva.proceso.wait()
    esperar_que_mueran(procesos)

    viva.arrancar("--sin-demo")
    assert viva.en_la_base("SELECT n FROM prueba_sobrevive", duenio=True) == [(7,)]
    assert viva.detener(signal.SIGTERM) == 0


@pytest.mark.lento
@pytest.mark.parametrize("rol", ["web", "trabajador", "valkey", "postgres"])
def test_lo_que_muere_vuelve(en_marcha: PlataformaViva, rol: str) -> None:
    victimas = en_marcha.matar(rol)
    assert victimas
    en_marcha.esperar(
        lambda: (
            en_marcha.lista() and completa(en_marcha) and not set(victimas) & set(en_marcha.procesos()[rol])
        )
    )
    # The beat ticks, a worker hears it through the broker, and the relay writes to the database.
    en_marcha.en_la_base(
        "INSERT INTO nucleo_evento (id, tipo, objeto_id, datos, actor) "
        "VALUES (gen_random_uuid(), 'NadieEscucha', gen_random_uuid(), '{}', 'sistema:prueba')",
    )
    pendientes = "SELECT count(*) FROM nucleo_evento WHERE repartido_en IS NULL"
    en_marcha.esperar(lambda: en_marcha.en_la_base(pendientes) == [(0,)])
    assert en_marcha.proceso is not None
    assert en_marcha.proceso.poll() is None


@pytest.mark.lento
def test_dos_a_la_vez_sobre_los_mismos_datos(en_marcha: PlataformaViva, nueva_plataforma: Nueva) -> None:
    segunda = nueva_plataforma("segunda")
    segunda.datos = en_marcha.datos
    linea = falla(segunda, "--sin-demo")
    assert linea.startswith(f"Ya hay una plataforma en marcha con los datos de {en_marcha.datos}")
    assert f"({en_marcha.url})" in linea
    assert en_marcha.lista()


def test_puerto_ocupado(viva: PlataformaViva) -> None:
    with socket.socket() as ajeno:
        ajeno.bind(("127.0.0.1", viva.puerto))
        ajeno.listen()
        linea = falla(viva)
    assert linea.startswith(f"El puerto {viva.puerto} está ocupado")
    assert "--puerto" in linea


def test_puerto_del_proveedor_ocupado(viva: PlataformaViva) -> None:
    with socket.socket() as ajeno:
        ajeno.bind(("127.0.0.1", viva.puerto + 1))
        ajeno.listen()
        linea = falla(viva)
    assert linea.startswith(f"El puerto {viva.puerto + 1} está ocupado")


@pytest.mark.parametrize(
    ("variable", "valor", "dice"),
    [
        ("QHATU_PUERTO", "abc", "QHATU_PUERTO debe ser un número entero (dice 'abc')"),
        ("QHATU_MODO", "prod", "QHATU_MODO debe ser 'demostracion' o 'produccion' (dice 'prod')"),
        ("QHATU_MODO", "produccion", "en modo produccion defina QHATU_SECRETO"),
        ("QHATU_BASE_DATOS_URL", "postgresql://u@127.0.0.1:1/x", "la base de datos de QHATU_BASE_DATOS_URL"),
        ("QHATU_BASE_DATOS_URL", "mysql://u@127.0.0.1/x", "la base de datos de QHATU_BASE_DATOS_URL"),
        ("QHATU_REDIS_URL", "redis://127.0.0.1:1/0", "el servidor de QHATU_REDIS_URL"),
        ("QHATU_REDIS_URL", "nada", "el servidor de QHATU_REDIS_URL"),
    ],
)
def test_ajuste_roto(nueva_plataforma: Nueva, variable: str, valor: str, dice: str) -> None:
    plataforma = nueva_plataforma("roto", **{variable: valor})
    # `run` in these tests always gets --puerto, which would hide a broken QHATU_PUERTO.
    linea = plataforma.orden("web").stderr if variable == "QHATU_PUERTO" else falla(plataforma)
    assert dice in linea


def test_carpeta_donde_no_se_puede_escribir(viva: PlataformaViva) -> None:
    viva.datos.write_text("un archivo, no una carpeta")
    try:
        linea = falla(viva)
    finally:
        viva.datos.unlink()
    assert linea.startswith(f"No se puede escribir en {viva.datos}")
    assert "--datos" in linea


@pytest.mark.parametrize("orden", [["token", "ana"], ["verify"], ["migrate"], ["worker"], ["beat"], ["web"]])
def test_otras_ordenes_sin_plataforma_en_marcha(nueva_plataforma: Nueva, orden: list[str]) -> None:
    fin = nueva_plataforma("ninguna").orden(*orden)
    assert fin.returncode == 1
    assert fin.stdout == ""
    assert fin.stderr.startswith("qhatu: No hay una plataforma en marcha con los datos de ")
    assert len(fin.stderr.splitlines()) == 1


def test_token_no_existe_en_produccion(nueva_plataforma: Nueva, servidores: dict[str, Any]) -> None:
    variables = {f"QHATU_{nombre.upper()}": valor for nombre, valor in BUENOS.items()}
    variables |= {"QHATU_BASE_DATOS_URL": servidores["url"], "QHATU_REDIS_URL": servidores["redis_url"]}
    plataforma = nueva_plataforma("produccion", QHATU_MODO="produccion", **variables)
    fin = plataforma.orden("token", "ana")
    assert (fin.returncode, fin.stdout) == (1, "")
    assert fin.stderr == "qhatu: «qhatu token» solo existe en modo demostracion.\n"


@pytest.mark.lento
def test_servidores_dados_por_direccion(
    nueva_plataforma: Nueva, servidores: dict[str, Any], bd: object
) -> None:
    """With both addresses given, nothing embedded is started and the given database is migrated."""
    base = f"{servidores['base']}_externa"
    with psycopg.connect(servidores["url_admin"].format(base="postgres"), autocommit=True) as conexion:
        conexion.execute(f"CREATE DATABASE {base} OWNER qhatu_dueno")
    dadas = {
        "QHATU_BASE_DATOS_URL": servidores["url"].replace(f"/{servidores['base']}?", f"/{base}?"),
        "QHATU_REDIS_URL": servidores["redis_url"],
    }
    dueno = {"QHATU_BASE_DATOS_DUENO_URL": servidores["url_dueno"].format(base=base)}
    sin_dueno = nueva_plataforma("sin-dueno", **dadas).orden("migrate")
    assert (sin_dueno.returncode, sin_dueno.stdout) == (1, "")
    assert "Falta QHATU_BASE_DATOS_DUENO_URL" in sin_dueno.stderr
    for orden in ("web", "worker", "beat"):
        rechazada = nueva_plataforma("con-dueno", **dadas, **dueno).orden(orden)
        assert rechazada.stderr.startswith("qhatu: Quite QHATU_BASE_DATOS_DUENO_URL"), rechazada
    plataforma = nueva_plataforma("externa", **dadas, **dueno)
    plataforma.arrancar("--sin-demo")
    for pid in [p for pids in plataforma.procesos().values() for p in pids]:
        assert b"DUENO" not in Path(f"/proc/{pid}/environ").read_bytes()
    assert plataforma.procesos()["postgres"] == []
    assert plataforma.procesos()["valkey"] == []
    assert not (plataforma.datos / "postgres").exists()
    assert plataforma.en_la_base("SELECT count(*) FROM alembic_version") == [(1,)]
    assert plataforma.detener() == 0
    with psycopg.connect(servidores["url_admin"].format(base="postgres"), autocommit=True) as conexion:
        conexion.execute(f"DROP DATABASE {base} WITH (FORCE)")


def test_ayuda_es_rapida_y_no_carga_la_aplicacion(nueva_plataforma: Nueva) -> None:
    import subprocess
    import sys

    codigo = (
        "import sys; from plataforma import cli; "
        "print([m for m in ('fastapi', 'sqlalchemy', 'celery', 'pydantic') if m in sys.modules])"
    )
    fin = subprocess.run([sys.executable, "-c", codigo], capture_output=True, text=True, check=True)
    assert fin.stdout.strip() == "[]"


def test_el_proceso_de_pruebas_no_es_root_por_descuido(tmp_path: Path) -> None:
    """As root the database runs as somebody else; as anybody else, as oneself."""
    from plataforma.servidores.procesos import usuario_de_servicio

    usuario = usuario_de_servicio()
    assert (usuario is None) == (os.geteuid() != 0)
    assert usuario is None or usuario.pw_uid != 0
