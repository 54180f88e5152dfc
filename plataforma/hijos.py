"""A child process that is started again when it dies."""

import contextlib
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plataforma.servidores import detener, lanzar

DEMORA_INICIAL_S = 0.5
DEMORA_MAXIMA_S = 30.0
VIDA_SANA_S = 30.0
_EXCEPCION = re.compile(r"[A-Za-z_][\w.]*(Error|Exception|Exit)\b.*:")


@dataclass
class Hijo:
    """One Python process of the platform (web, worker, beat, provider) and its restarts."""

    nombre: str
    modulo: Sequence[str]
    registro: Path
    entorno: Mapping[str, str]
    descriptores: Sequence[int] = ()
    plazo_s: float = 10.0
    proceso: subprocess.Popen[bytes] | None = None
    leido: int = field(init=False)
    fallas: int = 0
    desde: float = 0.0
    reinicio_en: float | None = field(default=None)

    def __post_init__(self) -> None:
        self.leido = self.registro.stat().st_size if self.registro.exists() else 0

    def arrancar(self) -> None:
        """Start it; from the main thread (see `lanzar`)."""
        self.reinicio_en = None
        self.desde = time.monotonic()
        self.proceso = lanzar(
            [sys.executable, "-m", *self.modulo],
            registro=self.registro,
            entorno=self.entorno,
            cwd=Path(__file__).resolve().parent.parent,
            descriptores=self.descriptores,
        )

    @property
    def codigo(self) -> int | None:
        """Exit code of a process that ended; None while it runs or waits to be started again."""
        return self.proceso.poll() if self.proceso else None

    def programar_reinicio(self) -> float:
        """After a death: when to try again, doubling the wait while it keeps dying young."""
        self.fallas = 0 if time.monotonic() - self.desde > VIDA_SANA_S else self.fallas + 1
        demora: float = min(DEMORA_INICIAL_S * 2 ** max(self.fallas - 1, 0), DEMORA_MAXIMA_S)
        self.proceso = None
        self.reinicio_en = time.monotonic() + demora
        return demora

    def errores(self) -> list[str]:
        """What it logged as an error since we last asked, in short (the whole is in its log)."""
        with contextlib.suppress(OSError), open(self.registro, "rb") as archivo:
            archivo.seek(self.leido)
            nuevo = archivo.read(1_000_000)
            completo = nuevo[: nuevo.rfind(b"\n") + 1]
            self.leido += len(completo)
            return [resumen for linea in completo.splitlines() if (resumen := _resumir_error(linea))]
        return []

    def avisar(self) -> None:
        """Ask it to end without waiting, so that several end at the same time."""
        if self.proceso and self.proceso.poll() is None:
            self.proceso.send_signal(signal.SIGTERM)

    def matar(self) -> None:
        if self.proceso and self.proceso.poll() is None:
            self.proceso.kill()

    def detener(self) -> None:
        if self.proceso:
            detener(self.proceso, signal.SIGTERM, self.plazo_s)
            self.proceso = None
        self.reinicio_en = None


def _resumir_error(linea: bytes) -> str | None:
    if b'"level": "error"' not in linea and b'"level": "critical"' not in linea:
        return None
    try:
        evento: dict[str, Any] = json.loads(linea)
    except ValueError:
        return None
    detalle = str(evento.get("exception", "")).strip().splitlines()[-1:]
    return " · ".join([str(evento.get("event")), *(d[:200] for d in detalle)])


def ultima_linea(registro: Path) -> str:
    """Why a child ended, for the one line that says so: its last exception, else its last words."""
    try:
        lineas = registro.read_text("utf-8", errors="replace").strip().splitlines()[-200:]
    except OSError:
        return ""
    excepciones = [linea for linea in lineas if _EXCEPCION.match(linea)]
    return (excepciones or lineas or [""])[-1][:300]


def rotar(registro: Path, maximo: int = 10_000_000) -> None:
    """Keep one older file of a log that grew; called before its process starts."""
    if registro.exists() and registro.stat().st_size > maximo:
        registro.replace(registro.with_suffix(".log.1"))
