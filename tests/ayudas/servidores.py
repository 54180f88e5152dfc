"""One PostgreSQL and one Valkey for a whole test run, started by the process that stops them."""

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plataforma.servidores import DUENIO, Postgres, Valkey
from plataforma.servidores.postgres import SIN_OBJETOS_GRANDES

PREFIJO = "qhatu-pruebas-"
PLANTILLA = "qhatu_plantilla"


class Servidores:
    """Servers of a run in a folder under the temporary directory; `duradero` for crash tests."""

    def __init__(self, duradero: bool = False) -> None:
        _borrar_abandonados()
        self.carpeta = Path(tempfile.mkdtemp(prefix=f"{PREFIJO}{os.getpid()}-"))
        self.carpeta.chmod(0o711)
        binarios = os.environ.get("QHATU_PRUEBAS_PG_BIN")
        self.postgres = Postgres(
            self.carpeta,
            registro=self.carpeta / "postgres.log",
            duradero=duradero,
            binarios=Path(binarios) if binarios else None,
        )
        self.valkey = Valkey(self.postgres.sockets, registro=self.carpeta / "valkey.log")
        self.iniciado = False

    def iniciar(self) -> None:
        """Start both; call it from the main thread."""
        if self.iniciado:
            return
        self.iniciado = True
        self.valkey.arrancar()
        self.postgres.preparar()
        self.postgres.arrancar()
        self.postgres.esperar()
        self.postgres.asegurar_papeles()
        self.valkey.esperar()

    def terminar(self) -> None:
        self.valkey.detener()
        self.postgres.detener(plazo_s=10)
        if not self.postgres.carpeta.is_relative_to(self.carpeta):
            shutil.rmtree(self.postgres.carpeta.parent, ignore_errors=True)
        shutil.rmtree(self.carpeta, ignore_errors=True)

    def datos(self, numero: int) -> dict[str, Any]:
        """What a worker needs to know; plain values that xdist can send."""
        nombre = f"qhatu_{numero}"
        return {
            "carpeta": str(self.carpeta),
            "base": nombre,
            "url": self.postgres.url(nombre),
            "url_admin": self.postgres.url("{base}", "postgres"),
            "url_dueno": self.postgres.url("{base}", DUENIO),
            "redis_url": self.valkey.url(numero % 60 + 1),
        }


def _borrar_abandonados() -> None:
    """Folders of runs that were killed (their servers died with them)."""
    for carpeta in Path(tempfile.gettempdir()).glob(f"{PREFIJO}*"):
        with contextlib.suppress(ValueError, OSError):
            pid = int(carpeta.name.removeprefix(PREFIJO).split("-")[0])
            if not Path(f"/proc/{pid}").exists() and Path("/proc/self").exists():
                shutil.rmtree(carpeta, ignore_errors=True)


@contextlib.contextmanager
def cerrojo(carpeta: Path, nombre: str) -> Iterator[None]:
    with open(carpeta / f"{nombre}.lock", "w") as archivo:
        fcntl.flock(archivo, fcntl.LOCK_EX)
        yield


def asegurar_plantilla(datos: dict[str, Any]) -> None:
    """Migrate the template database once per run, whoever comes first."""
    carpeta = Path(datos["carpeta"])
    lista = carpeta / "plantilla.json"
    with cerrojo(carpeta, "plantilla"):
        if lista.exists():
            return
        _crear_base(datos, PLANTILLA)
        import psycopg

        from plataforma.migraciones import migrar

        with psycopg.connect(datos["url_admin"].format(base=PLANTILLA)) as admin:
            admin.execute(SIN_OBJETOS_GRANDES)

        url = datos["url_dueno"].format(base=PLANTILLA)
        try:
            migrar(url, os.environ.get("QHATU_PRUEBAS_HASTA", "head"))
        except Exception as error:
            motivo = str(error).split("[SQL:")[0].strip()
            pytest.fail(f"Las migraciones fallan (¿QHATU_PRUEBAS_HASTA=...?): {motivo}", pytrace=False)
        from tests.ayudas.limpieza import instalar

        instalar(datos["url_admin"].format(base=PLANTILLA))
        lista.write_text(json.dumps({"lista": True}))


def clonar(datos: dict[str, Any]) -> None:
    asegurar_plantilla(datos)
    with cerrojo(Path(datos["carpeta"]), "plantilla"):  # a template may have one reader at a time
        _crear_base(datos, datos["base"], plantilla=PLANTILLA)
        from plataforma.migraciones import asentar
        from plataforma.plazos import fijar_plazos

        asentar(datos["url_dueno"].format(base=datos["base"]))
        fijar_plazos(datos["url"])


@contextlib.contextmanager
def base_vacia(datos: dict[str, Any], apodo: str) -> Iterator[str]:
    """The name of an empty database beside this worker's own; dropped at the end."""
    import psycopg

    nombre = f"{datos['base']}_{apodo}"
    _crear_base(datos, nombre)
    yield nombre
    with psycopg.connect(datos["url_admin"].format(base="postgres"), autocommit=True) as conexion:
        conexion.execute(f"DROP DATABASE {nombre} WITH (FORCE)")


def _crear_base(datos: dict[str, Any], base: str, plantilla: str | None = None) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(datos["url_admin"].format(base="postgres"), autocommit=True) as conexion:
        conexion.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(base)))
        conexion.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                sql.Identifier(base), sql.Identifier(DUENIO), sql.Identifier(plantilla or "template1")
            )
        )
