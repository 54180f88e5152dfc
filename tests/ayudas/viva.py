"""The real platform, started by its own command, for journeys, crashes and the tests of starting itself."""

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from plataforma.servidores import DUENIO, Postgres, Valkey, lanzar

RAIZ = Path(__file__).resolve().parent.parent.parent
ESPERA_S = 900


@dataclass
class PlataformaViva:
    """A running `qhatu run` and what a test asks of it."""

    datos: Path
    puerto: int
    entorno: dict[str, str] = field(default_factory=dict)
    proceso: subprocess.Popen[bytes] | None = None
    registro: Path = field(init=False)
    tardo_s: float = 0.0
    tokens: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.registro = self.datos.with_suffix(".salida")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.puerto}"

    def salida(self) -> str:
        return self.registro.read_text(encoding="utf-8")

    def arrancar(self, *opciones: str, esperar: bool = True) -> "PlataformaViva":
        orden = [sys.executable, "-m", "plataforma.cli", "run", "--datos", str(self.datos)]
        orden += ["--puerto", str(self.puerto), *opciones]
        self.registro.unlink(missing_ok=True)
        inicio = time.monotonic()
        self.proceso = lanzar(
            orden, registro=self.registro, entorno=self.entorno, cwd=RAIZ, si_morimos=signal.SIGTERM
        )
        while esperar and not self.lista():
            if self.proceso.poll() is not None or time.monotonic() - inicio > ESPERA_S:
                self.detener()
                pytest.fail(f"qhatu run no arrancó:\n{self.salida()}", pytrace=False)
            time.sleep(0.02)
        self.tardo_s = time.monotonic() - inicio
        return self

    def lista(self) -> bool:
        """Whether `/salud/listo` answers 200."""
        try:
            return self.pedir("/salud/listo") == 200
        except OSError:
            return False

    def pedir(self, ruta: str) -> int:
        conexion = http.client.HTTPConnection("127.0.0.1", self.puerto, timeout=10)
        try:
            conexion.request("GET", ruta)
            return conexion.getresponse().status
        finally:
            conexion.close()

    def esperar(self, condicion: Callable[[], bool], plazo_s: float = 60) -> None:
        """Poll until it holds; fails with the platform's output."""
        limite = time.monotonic() + plazo_s
        while not condicion():
            if time.monotonic() > limite:
                pytest.fail(f"no ocurrió en {plazo_s} s:\n{self.salida()}", pytrace=False)
            time.sleep(0.05)

    def orden(self, *partes: str) -> subprocess.CompletedProcess[str]:
        """Run another `qhatu` command against these data."""
        return subprocess.run(
            [sys.executable, "-m", "plataforma.cli", *partes, "--datos", str(self.datos)],
            cwd=RAIZ,
            env=self.entorno,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def token(self, persona: str) -> str:
        """What `qhatu token` gives for them: the same until the clock is moved."""
        if persona not in self.tokens:
            fin = self.orden("token", persona)
            assert fin.returncode == 0, fin.stderr
            self.tokens[persona] = fin.stdout.strip()
        return self.tokens[persona]

    def procesos(self) -> dict[str, list[int]]:
        """Live processes by role: "web", "proveedor", "trabajador", "agenda", "postgres", "valkey"."""
        roles = {
            "web": "plataforma.servir plataforma.web",
            "proveedor": "plataforma.servir demostracion",
            "trabajador": "plataforma.celery_app worker",
            "agenda": "plataforma.celery_app beat",
            "postgres": "postgres -D",
            "valkey": "valkey-server",
        }
        vivos: dict[str, list[int]] = {rol: [] for rol in roles}
        if self.proceso is None:
            return vivos
        for pid in descendientes(self.proceso.pid):
            orden = linea_de_orden(pid)
            for rol, huella in roles.items():
                if huella in orden:
                    vivos[rol].append(pid)
        return vivos

    def matar(self, rol: str) -> list[int]:
        """kill -9 the processes of a role; the supervisor is expected to start it again."""
        victimas = self.procesos()[rol]
        for pid in victimas:
            os.kill(pid, signal.SIGKILL)
        return victimas

    def matar_todo(self) -> None:
        """kill -9 the supervisor and everything below it at once, as a power cut would."""
        assert self.proceso is not None
        for pid in [self.proceso.pid, *descendientes(self.proceso.pid)]:
            with contextlib.suppress(ProcessLookupError):  # it ended on its own in between
                os.kill(pid, signal.SIGKILL)
        self.proceso.wait()
        self.proceso = None

    def en_la_base(self, sql: str, *valores: Any, duenio: bool = False) -> list[Any]:
        """The rows of a query, as the application's role or the owner."""
        estado = json.loads((self.datos / "estado.json").read_text())
        url = estado["dueno"] if duenio else estado["entorno"]["QHATU_BASE_DATOS_URL"]
        with psycopg.connect(url) as conexion:
            cursor = conexion.execute(sql, valores or None)
            return cursor.fetchall() if cursor.description else []

    def detener(self, senal: int = signal.SIGINT) -> int:
        """Ask it to end and wait; its exit code."""
        if self.proceso is None:
            return 0
        if self.proceso.poll() is None:
            self.proceso.send_signal(senal)
        try:
            return self.proceso.wait(60)
        except subprocess.TimeoutExpired:
            self.proceso.kill()
            raise
        finally:
            self.proceso = None


def linea_de_orden(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def descendientes(pid: int) -> list[int]:
    """Every living descendant of a process."""
    hijos: dict[int, list[int]] = {}
    for entrada in Path("/proc").iterdir():
        if entrada.name.isdigit():
            try:
                campos = re.sub(r"^.*\) ", "", (entrada / "stat").read_text()).split()
            except OSError:
                continue
            if campos[0] != "Z":
                hijos.setdefault(int(campos[1]), []).append(int(entrada.name))
    encontrados, pila = [], [pid]
    while pila:
        nuevos = hijos.get(pila.pop(), [])
        encontrados += nuevos
        pila += nuevos
    return encontrados


def vivos(pids: list[int]) -> list[str]:
    """Command lines of those that still run (a zombie does not)."""
    quedan = []
    for pid in pids:
        try:
            estado = re.sub(r"^.*\) ", "", Path(f"/proc/{pid}/stat").read_text()).split()[0]
        except OSError:
            continue
        if estado != "Z":
            quedan.append(linea_de_orden(pid))
    return quedan


def esperar_que_mueran(pids: list[int], plazo_s: float = 30) -> None:
    limite = time.monotonic() + plazo_s
    while quedan := vivos(pids):
        assert time.monotonic() < limite, quedan
        time.sleep(0.02)


def abiertos_a_otros(datos: Path) -> list[str]:
    """What another user of the machine can read, or can change, in a data folder."""
    abiertos = []
    for raiz, carpetas, archivos in os.walk(datos):
        cerradas = [c for c in carpetas if not (Path(raiz) / c).stat().st_mode & 0o077]
        abiertos += [f"{raiz}/{n}" for n in {*carpetas} - {*cerradas}]
        abiertos += [f"{raiz}/{n}" for n in archivos if (Path(raiz) / n).lstat().st_mode & 0o077]
        carpetas[:] = []  # what is inside a closed one, nobody reaches
    return abiertos


def dos_puertos_libres() -> int:
    """A port that is free, and so is the next one."""
    while True:
        with socket.socket() as uno, socket.socket() as otro:
            uno.bind(("127.0.0.1", 0))
            puerto = int(uno.getsockname()[1])
            try:
                otro.bind(("127.0.0.1", puerto + 1))
            except (OSError, OverflowError):
                continue
            return puerto


@pytest.fixture(scope="session")
def nueva_plataforma(carpeta_de_la_corrida: Path) -> Iterator[Callable[..., PlataformaViva]]:
    """`nueva_plataforma(nombre, **variables)` -> a `PlataformaViva` not yet started, with data of its own."""
    creadas: list[PlataformaViva] = []

    def crear(nombre: str, **variables: str) -> PlataformaViva:
        datos = carpeta_de_la_corrida / f"{nombre}-{os.getpid()}-{len(creadas)}"
        limpio = {n: v for n, v in os.environ.items() if not n.startswith("QHATU_")}
        creadas.append(PlataformaViva(datos, dos_puertos_libres(), limpio | variables))
        return creadas[-1]

    yield crear
    for plataforma in creadas:
        plataforma.detener()
        real = (plataforma.datos / "postgres").resolve()
        if real.exists() and not real.is_relative_to(plataforma.datos.resolve()):
            shutil.rmtree(real.parent, ignore_errors=True)
        shutil.rmtree(plataforma.datos, ignore_errors=True)


@pytest.fixture(scope="session")
def plataforma_viva(nueva_plataforma: Callable[..., PlataformaViva]) -> PlataformaViva:
    """The whole platform with its demonstration data, one for all journeys of the run; in a folder with a
    difficult name, which none of them may notice."""
    return nueva_plataforma("viva con ñ").arrancar()


@dataclass
class ServidoresDuraderos:
    """A PostgreSQL with fsync on and a Valkey, of the test's own: kill and restart them at will."""

    postgres: Postgres
    valkey: Valkey

    def matar_postgres(self) -> None:
        """kill -9 the whole server, as a power cut would, and start it again (crash recovery)."""
        assert self.postgres.proceso is not None
        for pid in [self.postgres.proceso.pid, *descendientes(self.postgres.proceso.pid)]:
            with contextlib.suppress(ProcessLookupError):  # it ended on its own in between
                os.kill(pid, signal.SIGKILL)
        self.postgres.proceso.wait()
        self.postgres.arrancar()
        self.postgres.esperar()


@pytest.fixture
def servidores_duraderos(carpeta_de_la_corrida: Path) -> Iterator[Callable[[str], ServidoresDuraderos]]:
    """`servidores_duraderos(nombre)` -> durable servers with a migrated database `qhatu`."""
    creados: list[ServidoresDuraderos] = []

    def crear(nombre: str) -> ServidoresDuraderos:
        datos = carpeta_de_la_corrida / f"duradero-{nombre}-{os.getpid()}-{len(creados)}"
        datos.mkdir(mode=0o711)
        postgres = Postgres(datos, registro=datos / "postgres.log")
        par = ServidoresDuraderos(postgres, Valkey(postgres.sockets, registro=datos / "valkey.log"))
        creados.append(par)
        postgres.preparar()
        postgres.arrancar()
        par.valkey.arrancar()
        postgres.esperar()
        par.valkey.esperar()
        postgres.asegurar_base()
        from plataforma.migraciones import migrar
        from plataforma.plazos import fijar_plazos

        migrar(postgres.url(usuario=DUENIO))
        fijar_plazos(postgres.url())
        return par

    yield crear
    for par in creados:
        par.valkey.detener()
        par.postgres.detener()
