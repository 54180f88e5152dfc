"""Where the servers' programs, data and sockets live, so that the user they run as can reach them."""

import hashlib
import json
import os
import pwd
import re
import secrets
import shutil
import stat
import tempfile
from pathlib import Path

from plataforma.servidores.procesos import ErrorDeArranque, entregar, puede

LARGO_MAXIMO_DE_SOCKET = 100  # sun_path holds 107 bytes on Linux, 103 on macOS
_RUTA_SIMPLE = re.compile(r"[A-Za-z0-9/._-]+")  # a comma or a space means something else in a URL or to libpq


def raiz_del_sistema() -> Path:
    """Where root keeps what a service user must reach."""
    return Path("/var/lib/qhatu")


def carpeta_de_datos(datos: Path, nombre: str, usuario: pwd.struct_passwd | None) -> Path:
    """`datos/nombre`, real and owned by the service user; under /var/lib/qhatu when it cannot get there.

    A home of mode 0700 stops the service user: then `datos/nombre` is a symbolic link to a folder of random
    name, so that deleting `datos` can never bring older data back to life.
    """
    carpeta = datos / nombre
    if usuario is None:
        carpeta.mkdir(mode=0o700, exist_ok=True)
        return carpeta.resolve()
    if not carpeta.exists():
        if carpeta.is_symlink():
            carpeta.unlink()  # its target was deleted by hand
        if puede(usuario, "-x", datos):
            carpeta.mkdir(mode=0o700)
        else:
            destino = raiz_del_sistema() / secrets.token_hex(4) / nombre
            try:
                _crear_con_paso(destino)
            except OSError as error:
                raise ErrorDeArranque(
                    f"No se puede escribir en {raiz_del_sistema()} ({error.strerror}): use --datos con "
                    "una carpeta a la que todos puedan entrar, por ejemplo /srv/qhatu."
                ) from error
            carpeta.symlink_to(destino)
    real = carpeta.resolve()
    if real.stat().st_uid != usuario.pw_uid:
        for raiz, carpetas, archivos in os.walk(real):
            for elemento in (*carpetas, *archivos):
                os.chown(os.path.join(raiz, elemento), usuario.pw_uid, usuario.pw_gid, follow_symlinks=False)
        entregar(real, usuario, 0o700)
    return real


def claves_de_la_base(datos: Path, papeles: tuple[str, ...]) -> dict[str, str]:
    """The password of each of the database's roles, made at the first start, readable by us only.

    A lost file is made again: whoever starts the server gives its roles these passwords each time.
    """
    ruta = datos / "claves_de_la_base.json"
    guardadas: dict[str, str] = json.loads(ruta.read_text()) if ruta.exists() else {}
    if faltan := [papel for papel in papeles if papel not in guardadas]:
        guardadas |= {papel: secrets.token_urlsafe(32) for papel in faltan}
        provisional = ruta.with_name(f".{ruta.name}.{os.getpid()}")
        descriptor = os.open(provisional, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as archivo:
            json.dump(guardadas, archivo, indent=1)
        provisional.replace(ruta)
    return guardadas


def _crear_con_paso(carpeta: Path) -> None:
    """Create it, and what is above, so that the service user may pass: our umask keeps others out."""
    if not carpeta.exists():
        _crear_con_paso(carpeta.parent)
        carpeta.mkdir()
        carpeta.chmod(0o755)


def carpeta_de_sockets(junto_a: Path, usuario: pwd.struct_passwd | None) -> Path:
    """A private folder (0700) whose path is short and plain enough for Unix sockets and URLs."""
    carpeta = junto_a.parent / "sockets"
    if len(os.fsencode(carpeta / ".s.PGSQL.5432")) > LARGO_MAXIMO_DE_SOCKET or not _RUTA_SIMPLE.fullmatch(
        str(carpeta)
    ):
        huella = hashlib.sha256(os.fsencode(junto_a)).hexdigest()[:10]
        carpeta = Path(tempfile.gettempdir()) / f"qhatu-{huella}"
        if len(os.fsencode(carpeta)) > 80 or not puede(usuario, "-x", carpeta.parent):
            carpeta = Path("/tmp") / carpeta.name  # noqa: S108 (private: mode and owner are checked below)
    dueno = usuario.pw_uid if usuario else os.geteuid()
    if not os.path.lexists(carpeta):
        carpeta.mkdir(mode=0o700)
        entregar(carpeta, usuario, 0o700)
    estado = carpeta.lstat()
    if not stat.S_ISDIR(estado.st_mode) or estado.st_uid not in (dueno, os.geteuid()):
        raise ErrorDeArranque(f"La carpeta {carpeta} es de otro usuario: bórrela y vuelva a intentar.")
    entregar(carpeta, usuario, 0o700)
    return carpeta


def programas_para(
    carpetas: list[Path], prueba: Path, version: str, usuario: pwd.struct_passwd | None
) -> Path:
    """The program `prueba` where the service user can run it, copying `carpetas` (siblings) if need be.

    A virtual environment inside root's home is out of its reach: then a copy, made once per version, goes
    under /var/lib/qhatu/programas.
    """
    if usuario is None or (puede(usuario, "-x", prueba) and puede(usuario, "-r", prueba)):
        return prueba
    base = carpetas[0].parent
    destino = raiz_del_sistema() / "programas" / version
    if not destino.exists():
        try:
            _crear_con_paso(destino.parent)
            provisional = Path(tempfile.mkdtemp(dir=destino.parent))
            for carpeta in carpetas:
                if carpeta.exists():
                    shutil.copytree(carpeta, provisional / carpeta.relative_to(base), symlinks=True)
            _legible_para_todos(provisional)
            provisional.rename(destino)
        except OSError as error:
            raise ErrorDeArranque(
                f"No se pudo copiar el servidor a {destino} ({error.strerror}): libere espacio o instale el "
                "proyecto en una carpeta a la que todos puedan entrar, por ejemplo /srv."
            ) from error
    return destino / prueba.relative_to(base)


def _legible_para_todos(raiz: Path) -> None:
    raiz.chmod(0o755)
    for carpeta, subcarpetas, archivos in os.walk(raiz):
        for nombre in subcarpetas:
            os.chmod(os.path.join(carpeta, nombre), 0o755)  # noqa: S103
        for nombre in archivos:
            ruta = os.path.join(carpeta, nombre)
            if not os.path.islink(ruta):
                os.chmod(ruta, os.stat(ruta).st_mode & 0o755 | 0o444)
