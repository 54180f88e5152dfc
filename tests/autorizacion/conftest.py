"""The scene that all files of the matrix share."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from tests.ayudas.aplicacion import ORIGEN
from tests.ayudas.limpieza import Limpiador, instalar


@pytest.fixture(scope="package")
def memoria(
    servidores: dict[str, Any], _limpiador: Limpiador, _valkey: Any, aplicacion: Any
) -> Iterator[Any]:
    """The scene of the matrix and who asks in it, made once for all its files: none of them asks for `bd`."""
    from starlette.testclient import TestClient

    from ciudadania import riesgos
    from nucleo import problemas, reloj
    from tests.autorizacion.columnas import poblar
    from tests.autorizacion.escena import identificar, reparto
    from tests.autorizacion.test_matriz import FILAS, HABITACIONES, Memoria

    url_admin = servidores["url_admin"].format(base=servidores["base"])
    historia = sorted({dia for h in HABITACIONES for dia in h.HISTORIA})
    try:
        reloj.fijar_desfase(timedelta(days=historia[0]))
        escena = reparto()
        poblar(escena, FILAS)
        with psycopg.connect(url_admin, autocommit=True) as administrador:
            escena.administrar = administrador.execute
            for dia in historia:
                reloj.fijar_desfase(timedelta(days=dia))
                for habitacion in HABITACIONES:
                    habitacion.HISTORIA.get(dia, lambda _escena: None)(escena)
    finally:
        reloj.fijar_desfase(timedelta(0))
    for habitacion in HABITACIONES:
        escena.valores |= habitacion.CONSTANTES
    identificar(escena, FILAS)
    instalar(url_admin, "escena")
    vuelta = Limpiador(url_admin, "escena")
    with (
        psycopg.connect(url_admin, autocommit=True) as administrador,
        pytest.MonkeyPatch.context() as parche,
        TestClient(
            aplicacion,
            base_url=ORIGEN,
            headers={"Origin": ORIGEN},
            follow_redirects=False,
            raise_server_exceptions=False,
        ) as navegador,
    ):
        escena.administrar = administrador.execute
        # A page looked at a minute after signing in moves the session's idle limit: not in these minutes.
        parche.setattr("ciudadania.sesiones.TOQUE_CADA", timedelta(hours=1))
        # Nor does a sign-in grow too old for an act that the domain refuses, however slow the machine.
        parche.setattr("ciudadania.riesgos.MINUTOS", {r: m + 60 for r, m in riesgos.MINUTOS.items()})
        # An answer that goes on says what there is and ends: nobody waits here for what is to come.
        parche.setattr("feria_inversa.subasta.vivo.DURA_S", 0.0)
        memoria = Memoria(escena, vuelta, _valkey, navegador)
        parche.setattr("nucleo.problemas._faltas", memoria.contar(problemas._faltas))
        yield memoria
    reloj.fijar_desfase(timedelta(0))
    vuelta.cerrar()
    _limpiador.limpiar()
    _valkey.flushdb()
