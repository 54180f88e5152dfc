"""Fixtures of the whole suite: real PostgreSQL and Valkey, a clean database per test.

The process that runs pytest (the controller under xdist) owns the servers; each worker has a clone of one
migrated template. `QHATU_PRUEBAS_PG_BIN` runs the suite on another PostgreSQL, `QHATU_PRUEBAS_HASTA` stops
the migrations at a revision, `QHATU_PRUEBAS_AZAR` lets Hypothesis choose other examples each time.
"""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, event
from sqlmodel import Session

from tests.ayudas.limpieza import Limpiador
from tests.ayudas.servidores import Servidores, clonar

pytest_plugins = [
    "tests.ayudas.aplicacion",
    "tests.ayudas.escenas",
    "tests.ayudas.navegador",
    "tests.ayudas.personas",
    "tests.ayudas.reparto",
    "tests.ayudas.viva",
]

ORIGEN = "http://127.0.0.1"
PROPIAS = (
    "QHATU_PRUEBAS_",
    "QHATU_DATOS_EXTERNOS",
)  # for the tests themselves; the platform must not see others
EXTERNOS = Path(__file__).resolve().parents[2] / "shared" / "datos"
settings.register_profile(  # the same examples each time, on a machine of any speed
    "qhatu",
    derandomize="QHATU_PRUEBAS_AZAR" not in os.environ,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("qhatu")
_servidores = pytest.StashKey[Servidores]()
_datos = pytest.StashKey[dict[str, Any]]()


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # importing and collecting make no garbage worth the time of looking for it
    recibido = getattr(config, "workerinput", None)
    if recibido is None:
        servidores = Servidores()
        config.stash[_servidores] = servidores
        config.stash[_datos] = servidores.datos(0)
    else:
        config.stash[_datos] = recibido["qhatu"]
    for nombre in [n for n in os.environ if n.startswith("QHATU_") and not n.startswith(PROPIAS)]:
        del os.environ[nombre]
    if "QHATU_DATOS_EXTERNOS" not in os.environ and EXTERNOS.is_dir():
        os.environ["QHATU_DATOS_EXTERNOS"] = str(EXTERNOS)
    datos = config.stash[_datos]
    os.environ |= {
        "QHATU_BASE_DATOS_URL": datos["url"],
        "QHATU_REDIS_URL": datos["redis_url"],
        "QHATU_URL_PUBLICA": ORIGEN,
        "QHATU_DATOS": os.path.join(datos["carpeta"], datos["base"]),
    }


def pytest_collection_finish() -> None:
    gc.freeze()  # what there is now stays until the end
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    servidores = node.config.stash[_servidores]
    servidores.iniciar()
    node.workerinput["qhatu"] = servidores.datos(int(node.gateway.id.removeprefix("gw")) + 1)


def pytest_unconfigure(config: pytest.Config) -> None:
    gc.unfreeze()  # what is never looked at would be told as leaked at the end
    if servidores := config.stash.get(_servidores, None):
        servidores.terminar()


@pytest.fixture(scope="session")
def carpeta_de_la_corrida(request: pytest.FixtureRequest) -> Path:
    """A folder of this run that the servers' user may enter; removed at the end."""
    return Path(request.config.stash[_datos]["carpeta"])


@pytest.fixture(scope="session")
def servidores(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Running servers and this worker's migrated database; addresses in the environment."""
    propio = request.config.stash.get(_servidores, None)
    if propio is not None:
        propio.iniciar()
    datos = request.config.stash[_datos]
    clonar(datos)
    return datos


@pytest.fixture(scope="session")
def _limpiador(servidores: dict[str, Any]) -> Iterator[Limpiador]:
    limpiador = Limpiador(servidores["url_admin"].format(base=servidores["base"]))
    yield limpiador
    limpiador.cerrar()


@pytest.fixture(scope="session")
def _valkey(servidores: dict[str, Any]) -> Iterator[Any]:
    import redis

    with redis.Redis.from_url(servidores["redis_url"]) as cliente:
        yield cliente


@pytest.fixture
def bd(_limpiador: Limpiador, _valkey: Any) -> Iterator[Engine]:
    """The application's engine on a database as migrations leave it; emptied again after the test."""
    from nucleo.bd import motor

    yield motor()
    _limpiador.limpiar()
    _valkey.flushdb()


@pytest.fixture(scope="session")
def _motor_del_dueno(servidores: dict[str, Any]) -> Iterator[Engine]:
    from nucleo.bd import crear_motor

    creado = crear_motor(servidores["url_dueno"].format(base=servidores["base"]), pool_size=1)
    yield creado
    creado.dispose()


@pytest.fixture
def duenio(bd: Engine, _motor_del_dueno: Engine) -> Engine:
    """The owner's engine on the same database, for what the application may not do."""
    return _motor_del_dueno


@pytest.fixture
def sesion(bd: Engine) -> Iterator[Session]:
    """A session of the test's own: commit what others must see; the rest is rolled back."""
    from nucleo.bd import nueva_sesion

    with nueva_sesion() as abierta:
        yield abierta
        abierta.rollback()


@pytest.fixture
def contar_consultas(bd: Engine) -> Callable[[], Any]:
    """`with contar_consultas() as sentencias:` -> the SQL statements executed inside."""

    @contextmanager
    def contar() -> Iterator[list[str]]:
        sentencias: list[str] = []

        def anotar(_c: Any, _cur: Any, sql: str, *_resto: Any) -> None:
            sentencias.append(sql)

        event.listen(bd, "before_cursor_execute", anotar)
        try:
            yield sentencias
        finally:
            event.remove(bd, "before_cursor_execute", anotar)

    return contar
