"""Behind PgBouncer in transaction mode: each transaction of a client may get another connection."""

import http.client
import json
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Engine

from nucleo.ids import nuevo_id
from plataforma.servidores import detener, lanzar
from plataforma.servidores.procesos import entregar, usuario_de_servicio
from tests.ayudas.viva import RAIZ, PlataformaViva, dos_puertos_libres

PROGRAMA = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
PAGINAS = ("/", "/tienda", "/unidades", "/feria", "/cierres", "/seguimiento", "/api/v1/productos")
CLIENTES = 12
CONEXIONES = 3  # far fewer than clients, so that each gets them all in turn
VECES = 25

pytestmark = pytest.mark.skipif(
    PROGRAMA is None and "QHATU_PRUEBAS_EXIGIR_PGBOUNCER" not in os.environ,
    reason="no hay pgbouncer: apt-get install pgbouncer",
)


@pytest.fixture
def reparto(bd: Engine, servidores: dict[str, Any]) -> Iterator[str]:
    """The address of this worker's database behind PgBouncer, which runs as the servers' user."""
    assert PROGRAMA is not None
    carpeta = Path(servidores["carpeta"]) / f"pgbouncer-{servidores['base']}"
    carpeta.mkdir()
    entregar(carpeta, usuario_de_servicio(), 0o700)
    directa = conninfo_to_dict(servidores["url"])
    puerto = dos_puertos_libres()
    clave = f" password={directa['password']}" if "password" in directa else ""
    (carpeta / "pgbouncer.ini").write_text(
        "[databases]\n"
        f"reparto = host={directa['host']} dbname={directa['dbname']} user={directa['user']}{clave}\n"
        "[pgbouncer]\n"
        f"listen_addr = 127.0.0.1\nlisten_port = {puerto}\nunix_socket_dir =\n"
        f"auth_type = any\npool_mode = transaction\ndefault_pool_size = {CONEXIONES}\nmax_client_conn = 500\n"
    )
    entregar(carpeta / "pgbouncer.ini", usuario_de_servicio(), 0o600)
    proceso = lanzar(
        [PROGRAMA, carpeta / "pgbouncer.ini"],
        registro=carpeta / "registro",
        usuario=usuario_de_servicio(),
    )
    url = f"postgresql://{directa['user']}@127.0.0.1:{puerto}/reparto"
    for _intento in range(200):
        try:
            psycopg.connect(url, connect_timeout=2).close()
            break
        except psycopg.OperationalError:
            assert proceso.poll() is None, (carpeta / "registro").read_text()
    yield url
    detener(proceso, signal.SIGINT, 10)
    shutil.rmtree(carpeta)


@pytest.fixture
def web(
    reparto: str, servidores: dict[str, Any], nueva_plataforma: Callable[..., PlataformaViva]
) -> Iterator[Callable[[str], PlataformaViva]]:
    """`web(preparadas)` -> `qhatu web` on that address, ready."""
    abiertas: list[PlataformaViva] = []

    def arrancar(preparadas: str) -> PlataformaViva:
        plataforma = nueva_plataforma(
            "tras pgbouncer",
            QHATU_BASE_DATOS_URL=reparto,
            QHATU_BASE_DATOS_PREPARADAS=preparadas,
            QHATU_REDIS_URL=servidores["redis_url"],
        )
        abiertas.append(plataforma)
        orden = [sys.executable, "-m", "plataforma.cli", "web", "--puerto", str(plataforma.puerto)]
        plataforma.proceso = lanzar(orden, registro=plataforma.registro, entorno=plataforma.entorno, cwd=RAIZ)
        plataforma.esperar(plataforma.lista)
        return plataforma

    yield arrancar
    for plataforma in abiertas:
        plataforma.detener(signal.SIGTERM)


def _pedir(puerto: int, turno: int) -> Counter[tuple[str, int]]:
    """One client on one kept connection; the answers by page."""
    conexion = http.client.HTTPConnection("127.0.0.1", puerto, timeout=60)
    contados: Counter[tuple[str, int]] = Counter()
    for n in range(VECES):
        ruta = PAGINAS[(turno + n) % len(PAGINAS)]
        conexion.request("GET", ruta)
        respuesta = conexion.getresponse()
        respuesta.read()
        contados[ruta, respuesta.status] += 1
    conexion.close()
    return contados


def _bajo_carga(puerto: int) -> Counter[tuple[str, int]]:
    with ThreadPoolExecutor(CLIENTES) as clientes:
        return sum(clientes.map(lambda turno: _pedir(puerto, turno), range(CLIENTES)), Counter())


@pytest.mark.lento
def test_las_paginas_responden_bajo_carga(web: Callable[[str], PlataformaViva]) -> None:
    contados = _bajo_carga(web("false").puerto)
    assert {estado for _ruta, estado in contados} == {200}, contados
    assert contados.total() == CLIENTES * VECES


@pytest.mark.lento
def test_los_pagos_pasan_y_nadie_espera_de_mas(
    web: Callable[[str], PlataformaViva],
    reparto: str,
    crear_persona: Any,
    con_saldo: Any,
    token_de: Any,
) -> None:
    """The grouping writer too; the time-out of its calls stays on no connection."""
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    de, a = con_saldo(ana, "100.00"), con_saldo(luis, "1.00")
    token = token_de(ana)
    puerto = web("false").puerto

    def pagar(_n: int) -> list[int]:
        conexion = http.client.HTTPConnection("127.0.0.1", puerto, timeout=60)
        estados = []
        for _ in range(4):
            cuerpo = {
                "id": str(nuevo_id()),
                "debito": str(de),
                "credito": str(a),
                "monto": {"monto": "1.00", "moneda": "BOB"},
            }
            cabeceras = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            conexion.request("POST", "/api/v1/transferencias", json.dumps(cuerpo), cabeceras)
            respuesta = conexion.getresponse()
            respuesta.read()
            estados.append(respuesta.status)
        conexion.close()
        return estados

    with ThreadPoolExecutor(8) as clientes:
        estados = Counter(e for unos in clientes.map(pagar, range(8)) for e in unos)
    assert estados == {201: 32}
    with psycopg.connect(reparto, autocommit=True, prepare_threshold=None) as conexion:
        plazos = {conexion.execute("SHOW lock_timeout").fetchone() for _ in range(20)}
    assert plazos == {("10s",)}
