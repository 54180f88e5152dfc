"""Children of the supervisor: what they say, and how long they wait to be started again."""

import json
import signal
import sys
from pathlib import Path

import pytest

from plataforma.hijos import Hijo, rotar, ultima_linea
from plataforma.servidores import detener, lanzar
from tests.ayudas.viva import esperar_que_mueran


def linea(nivel: str, evento: str, **mas: str) -> str:
    return json.dumps({"event": evento, "level": nivel, **mas}) + "\n"


def test_solo_los_errores_nuevos_se_muestran_y_una_vez(tmp_path: Path) -> None:
    registro = tmp_path / "web.log"
    registro.write_text(linea("error", "antiguo"))
    hijo = Hijo("web", [], registro, {})
    assert hijo.errores() == []
    with registro.open("a") as archivo:
        archivo.write(linea("info", "solicitud"))
        archivo.write(linea("error", "fallo", exception="Traceback ...\n  File\nValueError: monto"))
        archivo.write('{"level": "error", cortada')
    assert hijo.errores() == ["fallo · ValueError: monto"]
    assert hijo.errores() == []


def test_quien_muere_joven_espera_cada_vez_mas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instante = 1000.0
    monkeypatch.setattr("plataforma.hijos.time.monotonic", lambda: instante)
    hijo = Hijo("web", [], tmp_path / "web.log", {}, desde=instante)
    assert [hijo.programar_reinicio() for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    instante += 31
    assert hijo.programar_reinicio() == 0.5


def test_un_registro_grande_se_aparta_al_arrancar(tmp_path: Path) -> None:
    registro = tmp_path / "web.log"
    registro.write_text("x" * 101)
    rotar(registro, maximo=100)
    assert not registro.exists()
    assert (tmp_path / "web.log.1").read_text() == "x" * 101
    assert ultima_linea(registro) == ""


def test_quien_no_obedece_se_termina_con_toda_su_familia(tmp_path: Path) -> None:
    """A child that ignores SIGTERM, and the child it started, are both gone after the deadline."""
    codigo = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        "print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
    )
    salida = tmp_path / "salida"
    proceso = lanzar([sys.executable, "-c", codigo], registro=salida)
    while not salida.read_text().strip():
        assert proceso.poll() is None
    nieto = int(salida.read_text())
    assert detener(proceso, signal.SIGTERM, plazo_s=0.2) is False
    assert proceso.returncode == -signal.SIGKILL
    esperar_que_mueran([nieto])
