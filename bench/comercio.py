"""The shop over HTTP: list, product and search, as JSON and as pages, at 1.000 and at 100.000 products, or
at the sizes given: `python -m bench.comercio 4 1000000`.

One real uvicorn process, 8 keep-alive connections. Each figure is the median of some rounds and carries its
ratio to `GET /salud/vivo`, measured before and after each round: what the framework alone can do, under the
same load of the machine. A busy machine changes least the processor time of a request, in uvicorn and in
PostgreSQL. `python -m bench.comercio` runs it alone. The
search figure is that of «búsqueda, API»: how many searches of two words a second at the largest size.
"""

import asyncio
import csv
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event, text
from sqlmodel import Session

RAIZ = Path(__file__).resolve().parent.parent
PRODUCTOS = RAIZ / "demostracion" / "datos" / "comercio.csv"
TAMANOS = (1_000, 100_000)
CONEXIONES = 8
SEGUNDOS = 4.0
RONDAS = 3
TECHO = ["/salud/vivo"]
_LARGO = re.compile(rb"content-length: (\d+)", re.IGNORECASE)

_CARGAR = text(
    """
    WITH fuente AS (
    SELECT gen_random_uuid() AS id, gen_random_uuid() AS foto, n, p.j, u.id AS unidad_id,
        u.denominacion, u.numero, u.municipio_ine, c.codigo, c.padre_codigo,
        c.es_servicio, (CAST(p.j->>'precio' AS numeric) * 100)\\:\\:bigint + n % 997 AS precio
    FROM generate_series(CAST(:desde AS bigint), CAST(:hasta AS bigint)) AS n
    JOIN (SELECT row_number() OVER () - 1 AS i, j FROM jsonb_array_elements(CAST(:filas AS jsonb)) AS j) p
        ON p.i = (n * 7919) % :cuantas
    JOIN comercio_categoria c ON c.codigo = p.j->>'categoria'
    JOIN (SELECT row_number() OVER (ORDER BY id) - 1 AS i, * FROM registro_unidad WHERE estado = 'inscrita') u
        ON u.i = n % (SELECT count(*) FROM registro_unidad WHERE estado = 'inscrita')
    ), nuevos AS (
    INSERT INTO comercio_producto (id, vendedor_id, vendedor_nombre, vendedor_numero, vendedor_habilitado,
        departamento, lugar, titulo, descripcion, categoria_codigo, raiz_codigo, modalidad, precio,
        precio_maximo, unidad_medida, disponible, opciones, dias_de_elaboracion, estado, foto, version,
        publicado_en)
    SELECT f.id, f.unidad_id, denominacion, numero, true, left(municipio_ine, 2), 'Bolivia',
        left((j->>'titulo') || ' ' || (ARRAY['selecta', 'de la casa', 'grande', 'chica', 'fina'])
            [(1 + n % 5)\\:\\:integer] || ' ' || n % 9973, 120), j->>'texto', codigo, padre_codigo,
        CASE WHEN es_servicio THEN 'servicio' ELSE 'envio' END, precio, precio, j->>'medida', 1 + n % 60,
        jsonb_build_array(jsonb_build_object('sku', 'B-' || n, 'precio', precio, 'hay', true,
            'es', '{}'\\:\\:jsonb)),
        0, 'publicado', foto, 1, now() - make_interval(secs => n)
    FROM fuente f
    ), archivos AS (
    INSERT INTO nucleo_archivo (id, duenio_id, sha256, tipo, publico)
    SELECT f.foto, f.id, c.sha256, 'image/jpeg', true
    FROM fuente f, (SELECT sha256 FROM nucleo_contenido LIMIT 1) c
    ), lugares AS (
    INSERT INTO comercio_lugar_de_despacho (id, vendedor_id, nombre, referencia, principal)
    SELECT DISTINCT unidad_id, unidad_id, 'Lugar principal', '', true FROM fuente ON CONFLICT DO NOTHING
    ), variantes AS (
    INSERT INTO comercio_variante (id, producto_id, vendedor_id, sku, atributos, precio, unidad_medida,
        peso_g, estado, orden)
    SELECT id, id, unidad_id, 'B-' || n, '{}', precio, j->>'medida', CAST(j->>'peso_g' AS integer),
        'activa', 1 FROM fuente
    )
    INSERT INTO comercio_existencia (id, variante_id, lugar_id, vendedor_id, unidad_medida, existencia)
    SELECT id, id, unidad_id, unidad_id, j->>'medida', 1 + n % 60 FROM fuente
    """
)


@dataclass(frozen=True, slots=True)
class Fila:
    """Requests a second, the 95th percentile, the ratio to the framework's own ceiling, what one costs."""

    nombre: str
    por_segundo: float
    p95_ms: float
    razon: float
    web_ms: float
    bd_ms: float

    @property
    def nota(self) -> str:
        return f"p95 {self.p95_ms:.1f} ms; CPU {self.web_ms:.2f} ms, base {self.bd_ms:.2f} ms"


def medir(segundos: float = SEGUNDOS, tamanos: Sequence[int] = TAMANOS) -> list[Fila]:
    """Start servers of its own, load the products, measure each address."""
    filas: list[Fila] = []
    with _servidores() as (url, base):
        motor = create_engine(
            url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
        )
        _preparar(url)
        cargados = 0
        for tamano in tamanos:
            _cargar(motor, cargados + 1, tamano)
            cargados = tamano
            if tamano == max(tamanos):  # reading all of a small table is right
                _exigir_indices(motor)
            ids = _muestra(motor)
            with _uvicorn() as (puerto, web):
                filas += _medir_tamano(Medida(puerto, web, base, segundos / RONDAS), tamano, ids)
        motor.dispose()
    return filas


@dataclass(frozen=True, slots=True)
class Medida:
    """The servers under measure, by port and process, and how long a round takes."""

    puerto: int
    web: int
    base: int
    segundos: float

    def rapidez(self, rutas: list[str], parte: float = 1.0) -> tuple[float, float, float, float]:
        """Requests a second, 95th percentile, processor time of each in uvicorn and in PostgreSQL (ms)."""
        antes = _procesador_ms(self.web), _procesador_ms(self.base)
        tiempos, duracion = asyncio.run(_cargar_http(self.puerto, rutas, self.segundos * parte))
        cuantas = len(tiempos)
        web, base = _procesador_ms(self.web) - antes[0], _procesador_ms(self.base) - antes[1]
        return cuantas / duracion, tiempos[int(cuantas * 0.95)] * 1000, web / cuantas, base / cuantas

    def comparar(self, nombre: str, rutas: list[str]) -> Fila:
        """The medians of the rounds; the ratio, against the ceiling before and after each."""
        self.rapidez(rutas, 0.5)  # warm caches, plans and compiled templates
        antes = self.rapidez(TECHO, 0.5)[0]
        rondas: list[tuple[float, ...]] = []
        for _ in range(RONDAS):
            ronda = self.rapidez(rutas)
            despues = self.rapidez(TECHO, 0.5)[0]
            rondas.append((*ronda, ronda[0] / ((antes + despues) / 2)))
            antes = despues
        por_segundo, p95, web, base, razon = (median(valores) for valores in zip(*rondas, strict=True))
        return Fila(nombre, por_segundo, p95, razon, web, base)


def _procesador_ms(proceso: int) -> float:
    """Processor time so far of a process and its children."""
    total = 0
    for estado in Path("/proc").glob("[0-9]*/stat"):
        try:
            propio, campos = estado.parent.name, estado.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile; its parent counts it
            continue
        if propio == str(proceso):
            total += sum(int(campo) for campo in campos[11:15])
        elif campos[1] == str(proceso):
            total += sum(int(campo) for campo in campos[11:13])
    return total * 1000 / os.sysconf("SC_CLK_TCK")


def _medir_tamano(medida: Medida, tamano: int, ids: list[str]) -> list[Fila]:
    azar = random.Random(7)
    busquedas = [
        quote(" ".join(fila["titulo"].split()[:2])) for fila in _filas()
    ]  # so many that no cache helps
    casos: list[tuple[str, list[str]]] = [
        ("GET /salud/vivo (techo)", TECHO),
        ("lista, API", ["/api/v1/productos?limite=24"]),
        ("lista, página", ["/tienda"]),
        ("producto, API", [f"/api/v1/productos/{i}" for i in ids]),
        ("producto, página", [f"/productos/{i}" for i in ids]),
        ("búsqueda, API", [f"/api/v1/productos?limite=24&q={q}" for q in busquedas]),
        ("búsqueda, página", [f"/tienda?q={q}" for q in busquedas]),
        ("inicio, página", ["/"]),
        ("buscar en todo, página", [f"/buscar?q={q}" for q in busquedas]),
    ]
    for _nombre, rutas in casos:
        azar.shuffle(rutas)
    return [
        medida.comparar(f"{nombre}, {tamano:,} productos".replace(",", "."), rutas) for nombre, rutas in casos
    ]


async def _cargar_http(puerto: int, rutas: list[str], segundos: float) -> tuple[list[float], float]:
    """The times of the requests, in order, and how long all took, in seconds; all must be answered 200."""
    limite = time.perf_counter() + segundos
    tiempos: list[float] = []

    async def conexion(numero: int) -> None:
        lector, escritor = await asyncio.open_connection("127.0.0.1", puerto)
        turno = numero
        while time.perf_counter() < limite:
            inicio = time.perf_counter()
            ruta = rutas[turno % len(rutas)]
            turno += CONEXIONES
            escritor.write(f"GET {ruta} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            cabecera = await lector.readuntil(b"\r\n\r\n")
            if not cabecera.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"{ruta}: {cabecera.splitlines()[0].decode()}")
            largo = next(
                int(linea.split(b":")[1])
                for linea in cabecera.lower().splitlines()
                if b"content-length" in linea
            )
            await lector.readexactly(largo)
            tiempos.append(time.perf_counter() - inicio)
        escritor.close()

    inicio = time.perf_counter()
    await asyncio.gather(*(conexion(n) for n in range(CONEXIONES)))
    duracion = time.perf_counter() - inicio
    tiempos.sort()
    return tiempos, duracion


def _imprimir(filas: list[Fila]) -> None:
    print(f"\nTienda, {CONEXIONES} conexiones, 1 proceso de uvicorn")
    print(f"{'':44} {'por segundo':>12} {'del techo':>10}")
    for fila in filas:
        print(f"{fila.nombre:44} {fila.por_segundo:12.0f} {fila.razon:10.2f}  {fila.nota}")


# --- Servers and data --------------------------------------------------------------------------------


@contextmanager
def _servidores() -> Iterator[tuple[str, int]]:
    """A durable PostgreSQL (its owner's URL and process) and a Valkey in a temporary folder; the environment
    points at them meanwhile.
    """
    from plataforma.servidores import DUENIO, Postgres, Valkey

    carpeta = Path(tempfile.mkdtemp(prefix="qhatu-bench-"))
    carpeta.chmod(0o711)
    postgres = Postgres(carpeta, registro=carpeta / "postgres.log")
    valkey = Valkey(postgres.sockets, registro=carpeta / "valkey.log")
    antes = dict(os.environ)
    try:
        valkey.arrancar()
        postgres.preparar()
        postgres.arrancar()
        postgres.esperar()
        valkey.esperar()
        postgres.asegurar_base()
        os.environ |= {
            "QHATU_BASE_DATOS_URL": postgres.url(),
            "QHATU_REDIS_URL": valkey.url(),
            "QHATU_DATOS": str(carpeta),
        }
        assert postgres.proceso is not None
        yield postgres.url(usuario=DUENIO), postgres.proceso.pid
    finally:
        os.environ.clear()
        os.environ.update(antes)
        valkey.detener()
        postgres.detener()
        shutil.rmtree(carpeta, ignore_errors=True)


def _preparar(url: str) -> None:
    """Migrate and seed the sellers, in a process of its own so that settings are read afresh."""
    programa = (
        "import sys; from plataforma.migraciones import migrar; migrar(sys.argv[1])\n"
        "from nucleo.bd import transaccion\n"
        "from demostracion import personas\n"
        "from demostracion.capitulos import registro as unidades\n"
        "from demostracion.relato import contar\n"
        "with transaccion() as sesion:\n"
        "    personas.sembrar(sesion)\n"
        "contar({'registro': unidades.pasos})\n"
    )
    subprocess.run([sys.executable, "-c", programa, url], cwd=RAIZ, check=True, stdout=subprocess.DEVNULL)


def _filas() -> list[dict[str, str]]:
    with PRODUCTOS.open(encoding="utf-8", newline="") as lector:
        return list(csv.DictReader(lector, delimiter="|"))


def _cargar(motor: Any, desde: int, hasta: int) -> None:
    filas = _filas()
    parametros = {"desde": desde, "hasta": hasta, "filas": json.dumps(filas), "cuantas": len(filas)}
    with motor.connect() as conexion:
        conexion.execute(
            text("INSERT INTO nucleo_contenido VALUES (repeat('0', 64), 1) ON CONFLICT DO NOTHING")
        )
        conexion.execute(_CARGAR, parametros)
        conexion.execute(text("VACUUM ANALYZE comercio_producto, comercio_variante, comercio_existencia"))


def _muestra(motor: Any) -> list[str]:
    with motor.connect() as conexion:
        consulta = text("SELECT id FROM comercio_producto ORDER BY md5(id\\:\\:text) LIMIT 400")
        return [str(fila[0]) for fila in conexion.execute(consulta)]


def _exigir_indices(motor: Engine) -> None:
    """Stop when a list of the shop reads the whole table: no figure would mean much."""
    from comercio.busqueda.buscar import buscar_productos
    from comercio.busqueda.valores import Filtros

    casos = [Filtros(), Filtros("quinua"), Filtros(categoria="textiles"), Filtros(departamento="07")]
    casos += [Filtros(orden="precio_asc"), Filtros("quinua", orden="precio_desc")]
    sentencias: list[tuple[str, Any]] = []

    def anotar(_conexion: Any, _cursor: Any, sql: str, parametros: Any, *_: Any) -> None:
        sentencias.append((sql, parametros))

    event.listen(motor, "before_cursor_execute", anotar)
    with Session(motor) as sesion:
        for filtros in casos:
            buscar_productos(sesion, filtros)
    event.remove(motor, "before_cursor_execute", anotar)
    with motor.connect() as conexion:
        for sql, parametros in sentencias:
            plan = "\n".join(f[0] for f in conexion.exec_driver_sql(f"EXPLAIN {sql}", parametros))
            if "Seq Scan on comercio_producto" in plan:
                raise SystemExit(f"Se lee toda la tabla:\n{sql}\n{plan}")


@contextmanager
def _uvicorn() -> Iterator[tuple[int, int]]:
    """The port and the process of a server."""
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        puerto: int = libre.getsockname()[1]
    orden = [
        sys.executable,
        "-m",
        "uvicorn",
        "plataforma.web:app",
        "--port",
        str(puerto),
        "--log-level",
        "warning",
    ]
    proceso = subprocess.Popen(
        [*orden, "--no-access-log"], cwd=RAIZ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        limite = time.monotonic() + 60
        while time.monotonic() < limite and proceso.poll() is None:
            with socket.socket() as sonda:
                if sonda.connect_ex(("127.0.0.1", puerto)) == 0:
                    break
            time.sleep(0.05)
        yield puerto, proceso.pid
    finally:
        proceso.terminate()
        proceso.wait(20)


if __name__ == "__main__":
    _imprimir(
        medir(
            float(sys.argv[1]) if len(sys.argv) > 1 else SEGUNDOS,
            [int(tamano) for tamano in sys.argv[2:]] or TAMANOS,
        )
    )
