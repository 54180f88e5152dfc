"""Hostile files at every door that takes one: never a 5xx, bounded memory, nothing believed, nothing left."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import text
from sqlmodel import select

from comercio.cargas.columnas import COLUMNAS
from nucleo.archivos.modelos import Contenido
from nucleo.bd import transaccion
from nucleo.limites import valkey
from tests.comercio.conftest import Mercado
from tests.comercio.conftest import leer as leer
from tests.comercio.conftest import mercado as mercado
from tests.nucleo.archivos.ayudas import almacen, en_disco, vaciar_almacen
from tests.nucleo.archivos.hostiles import GUION, SENAL
from tests.nucleo.archivos.hostiles import hostiles as todos
from tests.pagos.firma import Firma
from tests.pagos.firma import firma as firma
from tests.pagos.retiros.test_retiros import regulador as regulador

MEMORIA_MB = 700
"""Of one process that takes them all, from four threads."""


@pytest.fixture(scope="module")
def hostiles() -> dict[str, bytes]:
    return todos()


def test_son_mas_de_doscientos(hostiles: dict[str, bytes]) -> None:
    assert len(set(hostiles.values())) >= 280


MEDIR = """
import sys, threading
from pathlib import Path
from nucleo.archivos import ImagenInvalida, Recibido, abrir_imagen
from nucleo.archivos.rechazos import TablaInvalida
from nucleo.archivos.tablas import leer_tabla

rutas, cerrojo, raras = sorted(Path(sys.argv[1]).iterdir()), threading.Lock(), []
COLUMNAS = ("documento", "nombre", "monto", "glosa")

def probar():
    while True:
        with cerrojo:
            if not rutas:
                return
            ruta = rutas.pop()
        recibido = Recibido(ruta.name, ruta.open("rb"), ruta.stat().st_size)
        try:
            abrir_imagen(recibido, (960, 3840))
        except ImagenInvalida:
            pass
        except BaseException as error:
            raras.append((ruta.name, repr(error)))
        try:
            leer_tabla(recibido, COLUMNAS, numericas=("monto",), filas_maximas=2000, bytes_maximos=1024**2)
        except TablaInvalida:
            pass
        except BaseException as error:
            raras.append((ruta.name, repr(error)))

hilos = [threading.Thread(target=probar) for _ in range(4)]
[h.start() for h in hilos], [h.join() for h in hilos]
pico = next(l for l in Path("/proc/self/status").read_text().splitlines() if l.startswith("VmHWM"))
print(int(pico.split()[1]) // 1024, raras)
"""


@pytest.mark.lento
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="la memoria se lee en /proc")
def test_la_memoria_tiene_limite(tmp_path: Path, hostiles: dict[str, bytes]) -> None:
    for nombre, contenido in hostiles.items():
        (tmp_path / nombre).write_bytes(contenido)
    hecho = subprocess.run(
        [sys.executable, "-c", MEDIR, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
        cwd=Path(__file__).parents[3],
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )
    megas, raras = hecho.stdout.split(" ", 1)
    assert raras.strip() == "[]"
    assert int(megas) < MEMORIA_MB, megas


def _puerta(
    puerta: str, mercado: Mercado, firma: Firma, sesion_web: Callable[..., Any]
) -> tuple[str, Any, str, dict[str, str]]:
    """Of a door: its address, who knocks, the name of its file, and what else it asks for."""
    opciones = {"raise_server_exceptions": False}
    if puerta == "foto":
        producto = mercado.publicar()
        quien = sesion_web(mercado.vendedor, **opciones)
        return f"/api/v1/productos/{producto.id}/fotos", quien, "foto", {}
    if puerta == "planilla":
        datos = {"unidad_id": str(firma.unidad.id), "nombre": "Jornales"}
        return "/api/v1/planillas", sesion_web(firma.personas["ana"], **opciones), "archivo", datos
    if puerta == "banco":
        return "/api/v1/banco/archivos", sesion_web(firma.personas["rita"], **opciones), "archivo", {}
    if puerta == "productos":
        datos = {"unidad": str(mercado.unidad.id)}
        return POR_ARCHIVO, sesion_web(mercado.vendedor, **opciones), "archivo", datos
    return "/pagar/qr", sesion_web(mercado.comprador, **opciones), "foto", {}


TABLAS = "SELECT (SELECT count(*) FROM pagos_planilla), (SELECT count(*) FROM pagos_banco_archivo)"
POR_CARGAR = "SELECT archivo FROM comercio_carga WHERE malas < lineas ORDER BY archivo"
POR_ARCHIVO = "/vender/productos-por-archivo"
DE_LA_TIENDA = dict.fromkeys(COLUMNAS, b"") | {
    "codigo": b"H-1",
    "titulo": SENAL,
    "categoria": b"ceramica",
    "precio": b"%s",
    "existencia": b"1",
}


@pytest.mark.lento
@pytest.mark.parametrize("puerta", ["foto", "qr", "planilla", "banco", "productos"])
def test_ninguno_pasa_por_la_puerta(
    puerta: str,
    mercado: Mercado,
    firma: Firma,
    regulador: Any,
    sesion_web: Callable[..., Any],
    leer: Callable[..., Any],
    hostiles: dict[str, bytes],
) -> None:
    vaciar_almacen()
    ruta, quien, campo, datos = _puerta(puerta, mercado, firma, sesion_web)
    estados: Counter[int] = Counter()
    suyos = todos(DE_LA_TIENDA) if puerta == "productos" else hostiles
    for nombre, contenido in suyos.items():
        valkey().flushdb()  # what is measured is not how many an hour one may send
        with transaccion() as sesion:
            sesion.connection().execute(text("DELETE FROM comercio_producto_foto"))
        respuesta = quien.post(ruta, data=datos, files={campo: (nombre, contenido, "image/jpeg")})
        estados[respuesta.status_code] += 1
        assert respuesta.status_code < 500, (nombre, respuesta.text[-500:])
        assert SENAL.decode() not in respuesta.text.replace(nombre, ""), nombre
        if respuesta.status_code == 303:  # read, to be looked at: nothing of the shop changes by that
            vista = quien.get(respuesta.headers["location"])
            assert (vista.status_code, GUION.decode() in vista.text) == (200, False), nombre
    assert set(estados) <= {"foto": {201, 413, 422}, "productos": {303, 413, 422}}.get(puerta, {413, 422})
    assert leer("SELECT count(*) FROM comercio_producto") == [(int(puerta == "foto"),)]
    assert leer(TABLAS) == [(0, 0)]
    assert leer(POR_CARGAR) == [(n,) for n in ("de_nadie.xlsx", "sustitutos.csv") if puerta == "productos"]
    _nada_creido()


def _nada_creido() -> None:
    """What is kept is what we drew, and it is all that there is in the store."""
    with transaccion() as sesion:
        guardados = set(sesion.exec(select(Contenido.sha256)))
    assert set(en_disco()) == guardados
    for sha256 in guardados:
        contenido = (almacen() / sha256[:2] / sha256).read_bytes()
        assert SENAL not in contenido
        with Image.open(almacen() / sha256[:2] / sha256) as imagen:
            assert imagen.format in ("JPEG", "WEBP")
            assert not imagen.getexif()
            assert "icc_profile" not in imagen.info
