"""Child processes that cannot outlive us, and the unprivileged user that servers run as."""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

USUARIOS_DE_SERVICIO = ("qhatu", "nobody")
_PR_SET_PDEATHSIG = 1


class ErrorDeArranque(Exception):
    """Something the person who runs the platform must fix; the message is one line that says what to do."""


@lru_cache
def usuario_de_servicio() -> pwd.struct_passwd | None:
    """Whom the servers run as: ourselves (None), or for root an existing unprivileged account.

    PostgreSQL refuses to run as root. An account that exists everywhere is sturdier than creating one;
    an operator who wants its own just adds the system user `qhatu`.
    """
    if os.geteuid() != 0:
        return None
    for nombre in USUARIOS_DE_SERVICIO:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(nombre)
    raise ErrorDeArranque(
        "Como root hace falta un usuario sin privilegios para los servidores: "
        "cree uno con «useradd --system qhatu»."
    )


def _al_morir_el_padre(senal: int) -> Callable[[], None] | None:
    """For `preexec_fn`: the kernel sends `senal` to the child when the thread that started it ends."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    padre = os.getpid()

    def preparar() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, senal, 0, 0, 0)
        if os.getppid() != padre:  # it died before we asked
            os._exit(1)

    return preparar


def lanzar(
    orden: Sequence[str | Path],
    *,
    registro: Path | None = None,
    entorno: Mapping[str, str] | None = None,
    cwd: Path | str = "/",
    usuario: pwd.struct_passwd | None = None,
    si_morimos: int = signal.SIGKILL,
    descriptores: Sequence[int] = (),
    entrada: bytes | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in its own process group that receives `si_morimos` if we are killed.

    Call it from the main thread: the kernel ties that signal to the *thread* that forks.
    Output is appended to `registro`; `entrada` is written to its standard input.
    """
    salida = open(registro, "ab") if registro else None  # noqa: SIM115
    try:
        # Popen's own user/group change happens before preexec_fn, which is what prctl needs
        # (a change of credentials clears the parent-death signal).
        proceso = subprocess.Popen(  # noqa: S603
            [os.fspath(parte) for parte in orden],
            stdin=subprocess.PIPE if entrada is not None else subprocess.DEVNULL,
            stdout=salida or subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            env=None if entorno is None else dict(entorno),
            cwd=cwd,
            process_group=0,
            pass_fds=tuple(descriptores),
            preexec_fn=_al_morir_el_padre(si_morimos),  # noqa: PLW1509 (one prctl call, no lock is taken)
            **credenciales(usuario),
        )
    finally:
        if salida:
            salida.close()
    if entrada is not None:
        assert proceso.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            proceso.stdin.write(entrada)
            proceso.stdin.close()
    return proceso


def credenciales(usuario: pwd.struct_passwd | None) -> dict[str, Any]:
    """Arguments for `subprocess` that drop to `usuario`."""
    if usuario is None:
        return {}
    return {"user": usuario.pw_uid, "group": usuario.pw_gid, "extra_groups": []}


def puede(usuario: pwd.struct_passwd | None, prueba: str, ruta: Path) -> bool:
    """Whether that user passes `test <prueba> <ruta>` ("-x", "-r", "-w"), every parent folder included."""
    return (
        subprocess.run(  # noqa: S603
            ["/bin/sh", "-c", f'test {prueba} "$1"', "sh", os.fspath(ruta)],
            cwd="/",
            check=False,
            **credenciales(usuario),
        ).returncode
        == 0
    )


def entregar(ruta: Path, usuario: pwd.struct_passwd | None, modo: int) -> None:
    """Give a file or folder to the service user."""
    if usuario is not None:
        os.chown(ruta, usuario.pw_uid, usuario.pw_gid)
    ruta.chmod(modo)


def detener(
    proceso: subprocess.Popen[bytes], senal: int, plazo_s: float, despues: int = signal.SIGKILL
) -> bool:
    """Ask a child to end, insist after `plazo_s`, leave nothing of its group; True if it ended when asked."""
    a_tiempo = True
    if proceso.poll() is None:
        proceso.send_signal(senal)
        try:
            proceso.wait(plazo_s)
        except subprocess.TimeoutExpired:
            a_tiempo = False
            proceso.send_signal(despues)
            try:
                proceso.wait(5)
            except subprocess.TimeoutExpired:
                proceso.kill()
                proceso.wait()
    matar_grupo(proceso.pid)
    return a_tiempo


def matar_grupo(pid: int) -> None:
    """Kill what is left of the group that `lanzar` made (its leader has been waited for)."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
