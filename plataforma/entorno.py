"""The data folder of a running platform: its lock, its secrets, and how other commands find it."""

import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from plataforma.servidores import ErrorDeArranque

VARIABLE_DEL_DUENO = "QHATU_BASE_DATOS_DUENO_URL"
RAIZ = Path(__file__).resolve().parent.parent
CARPETAS_PROPIAS = ("registros", "archivos", "agenda", "proveedor_demo")
PREFIJO_DEMO = "demo-"  # production refuses keys that start so


def carpeta_de_datos(opcion: Path | None = None) -> Path:
    """`--datos`, else QHATU_DATOS, else `datos/` beside the project."""
    elegida = opcion or Path(os.environ.get("QHATU_DATOS") or RAIZ / "datos")
    return elegida.expanduser().absolute()


def preparar_carpeta(datos: Path) -> None:
    """Create it; as root others may pass through (the database's user), but see nothing that is ours."""
    try:
        os.fsencode(datos).decode()
    except UnicodeDecodeError:
        raise ErrorDeArranque(
            f"El nombre de {datos} no está escrito en UTF-8: elija otra carpeta con --datos."
        ) from None
    try:
        datos.mkdir(parents=True, exist_ok=True)
        datos.chmod(0o711 if os.geteuid() == 0 else 0o700)
        (datos / "registros").mkdir(exist_ok=True)
        for carpeta in CARPETAS_PROPIAS:  # also those that an older version left open
            if (datos / carpeta).is_dir():
                (datos / carpeta).chmod(0o700)
        prueba = datos / f".prueba-{os.getpid()}"
        prueba.write_bytes(b"")
        prueba.unlink()
    except OSError as error:
        raise ErrorDeArranque(
            f"No se puede escribir en {datos} ({error.strerror}): corrija sus permisos o elija otra carpeta "
            "con --datos."
        ) from error


def cerrar_con_llave(datos: Path) -> IO[str]:
    """Hold the folder while the returned file stays open; the kernel lets go if we die."""
    archivo = open(datos / "candado", "a+", encoding="utf-8")  # noqa: SIM115
    try:
        fcntl.flock(archivo, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        archivo.close()
        donde = leer_estado(datos).get("url", "")
        raise ErrorDeArranque(
            f"Ya hay una plataforma en marcha con los datos de {datos}{donde and f' ({donde})'}: "
            "deténgala, o use otra carpeta con --datos y otro --puerto."
        ) from None
    return archivo


def secretos(datos: Path) -> dict[str, str]:
    """The demonstration's keys (variable name -> value), made at the first start, readable by us only."""
    ruta = datos / "secretos.json"
    guardados: dict[str, str] = json.loads(ruta.read_text("utf-8")) if ruta.exists() else {}
    nombres = ("QHATU_SECRETO", "QHATU_OIDC_CLIENTE_SECRETO", "QHATU_CONSTANCIA_CLAVE")
    faltan = [n for n in nombres if n not in guardados]
    if faltan:
        guardados |= {nombre: PREFIJO_DEMO + secrets.token_hex(32) for nombre in faltan}
        escribir_privado(ruta, guardados)
    return guardados


def escribir_privado(ruta: Path, contenido: Mapping[str, Any]) -> None:
    """Write JSON at once and for our eyes only."""
    provisional = ruta.with_name(f".{ruta.name}.{os.getpid()}")
    descriptor = os.open(provisional, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as archivo:
        json.dump(contenido, archivo, ensure_ascii=False, indent=1)
    provisional.replace(ruta)


def leer_estado(datos: Path) -> dict[str, Any]:
    """What the platform that runs on `datos` published; empty when none runs."""
    with contextlib.suppress(OSError, ValueError), open(datos / "candado", encoding="utf-8") as candado:
        try:
            fcntl.flock(candado, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:  # somebody holds it: what they wrote is true
            estado: dict[str, Any] = json.loads((datos / "estado.json").read_text("utf-8"))
            return estado
    return {}


def usar_plataforma_en_marcha(datos: Path) -> None:
    """For the other commands: take the addresses and keys of the running platform, unless given by hand."""
    for nombre, valor in leer_estado(datos).get("entorno", {}).items():
        os.environ.setdefault(nombre, valor)


def url_del_dueno(datos: Path | None = None) -> str | None:
    """The address that migrates: the one given by hand, else that of the platform that runs on `datos`."""
    return os.environ.get(VARIABLE_DEL_DUENO) or leer_estado(carpeta_de_datos(datos)).get("dueno")
