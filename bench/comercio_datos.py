"""What the benches of the shop share: a catalogue of any size, a server, requests at full speed."""

import asyncio
import csv
import json
import os
import random
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from sqlalchemy import Engine, create_engine, text

from bench.apoyo import RAIZ

PRODUCTOS = RAIZ / "demostracion" / "datos" / "comercio.csv"
FINALES = ("selecta", "de la casa", "grande", "chica", "fina")
CONEXIONES = 8
LOTE = 50_000
TECHO = ["/salud/vivo"]

_BASES = text(
    """
    CREATE TEMPORARY TABLE bases AS
    SELECT row_number() OVER () - 1 AS i, j, c.codigo, c.padre_codigo, c.es_servicio,
        (CAST(j->>'precio' AS numeric) * 100)\\:\\:bigint AS precio,
        comercio_documento(j->>'titulo',
            concat_ws(' ', c.nombre, r.nombre, 'Bolivia', j->>'texto')) AS documento
    FROM jsonb_array_elements(CAST(:filas AS jsonb)) AS j
    JOIN comercio_categoria c ON c.codigo = j->>'categoria'
    JOIN comercio_categoria r ON r.codigo = c.padre_codigo
    """
)
_TABLAS = ("comercio_producto", "comercio_variante", "comercio_existencia")
_INDICES = text(
    """
    SELECT CAST(indexrelid AS regclass), pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = CAST('comercio_producto' AS regclass) AND NOT indisunique ORDER BY 1
    """
)
_CONTENIDO = "INSERT INTO nucleo_contenido VALUES (repeat('0', 64), 1) ON CONFLICT DO NOTHING"
_PALABRAS = text(
    """
    INSERT INTO comercio_vocablo (palabra)
    SELECT DISTINCT p FROM (
        SELECT j->>'titulo' AS t FROM bases UNION ALL SELECT unnest(CAST(:finales AS text[]))) AS dichos,
        unnest(comercio_palabras(t)) AS p
    WHERE length(p) >= 2 AND p !~ '[0-9]' AND NOT comercio_es_vacia(p) ON CONFLICT DO NOTHING
    """
)
_CARGAR = text(
    """
    WITH finales AS (
    SELECT n - 1 AS i, f, array_to_tsvector(array_agg(DISTINCT prefijo || CASE prefijo WHEN '=' THEN p
        ELSE comercio_raiz(p) END)) AS documento
    FROM unnest(CAST(:finales AS text[])) WITH ORDINALITY AS t (f, n), unnest(comercio_palabras(f)) AS p,
        unnest(ARRAY['=', '+', '']) AS prefijo
    WHERE NOT comercio_es_vacia(p) GROUP BY n, f
    ), unidades AS (
    SELECT row_number() OVER (ORDER BY id) - 1 AS i, count(*) OVER () AS cuantas, *, (
        SELECT array_to_tsvector(array_agg(DISTINCT comercio_raiz(p)))
        FROM unnest(comercio_palabras(denominacion)) AS p WHERE NOT comercio_es_vacia(p)) AS documento
    FROM registro_unidad WHERE estado = 'inscrita'
    ), fuente AS (
    SELECT gen_random_uuid() AS id, gen_random_uuid() AS foto, n, b.j, u.id AS unidad_id, u.denominacion,
        u.numero, u.municipio_ine, b.codigo, b.padre_codigo, b.es_servicio, b.precio + n % 997 AS precio,
        left((b.j->>'titulo') || ' ' || f.f || ' ' || n % 9973, 120) AS titulo,
        b.documento || u.documento || f.documento || array_to_tsvector(ARRAY['=' || n % 9973,
            '+' || n % 9973, (n % 9973)\\:\\:text, 'b', n\\:\\:text]) AS documento
    FROM generate_series(CAST(:desde AS bigint), CAST(:hasta AS bigint)) AS n
    JOIN bases b ON b.i = (n * 7919) % (SELECT count(*) FROM bases)
    JOIN finales f ON f.i = n % (SELECT count(*) FROM finales)
    JOIN unidades u ON u.i = n % u.cuantas
    ), nuevos AS (
    INSERT INTO comercio_producto (id, vendedor_id, vendedor_nombre, vendedor_numero, vendedor_habilitado,
        departamento, lugar, titulo, descripcion, categoria_codigo, raiz_codigo, modalidad, precio,
        precio_maximo, rebajado, rebajado_maximo, unidad_medida, disponible, opciones, dias_de_elaboracion,
        estado, foto, version, publicado_en, busqueda)
    SELECT f.id, f.unidad_id, denominacion, numero, true, left(municipio_ine, 2), 'Bolivia',
        titulo, j->>'texto', codigo, padre_codigo,
        CASE WHEN es_servicio THEN 'servicio' ELSE 'envio' END, precio, precio, precio, precio, j->>'medida',
        :existencia + n % 60,
        jsonb_build_array(jsonb_build_object('sku', 'B-' || n, 'precio', precio, 'rebajado', precio,
            'hay', true, 'es', '{}'\\:\\:jsonb)),
        0, 'publicado', foto, 1, now() - make_interval(secs => n), documento
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
    SELECT id, id, unidad_id, unidad_id, j->>'medida', :existencia + n % 60 FROM fuente
    """
)


@dataclass(frozen=True, slots=True)
class Medida:
    """The servers under measure, by port and process, and how long a round takes."""

    puerto: int
    web: int
    base: int
    segundos: float
    conexiones: int = CONEXIONES

    def rapidez(self, rutas: Sequence[str], parte: float = 1.0) -> tuple[float, float, float, float]:
        """Requests a second, 95th percentile, processor time of each in uvicorn and in PostgreSQL (ms)."""
        return self.turnos(lambda turno: [("GET", rutas[turno % len(rutas)], b"\r\n")], parte)

    def turnos(self, peticion: "Peticion", parte: float = 1.0) -> tuple[float, float, float, float]:
        antes = procesador_ms(self.web), procesador_ms(self.base)
        tiempos, duracion = asyncio.run(
            _pedir_sin_parar(self.puerto, peticion, self.segundos * parte, self.conexiones)
        )
        cuantas = len(tiempos)
        web, base = procesador_ms(self.web) - antes[0], procesador_ms(self.base) - antes[1]
        return cuantas / duracion, tiempos[int(cuantas * 0.95)] * 1000, web / cuantas, base / cuantas


def procesador_ms(proceso: int) -> float:
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


Peticion = Callable[[int], Sequence[tuple[str, str, bytes]]]
"""What is asked in a turn: method, address, and what follows the first line (headers, body)."""
_ANFITRION = b"Host: 127.0.0.1\r\n"


async def _pedir_sin_parar(
    puerto: int, peticion: Peticion, segundos: float, conexiones: int
) -> tuple[list[float], float]:
    """The times of the turns, in order, and how long all took, in seconds; all must be answered well."""
    limite = time.perf_counter() + segundos
    tiempos: list[float] = []

    async def conexion(numero: int) -> None:
        lector, escritor = await asyncio.open_connection("127.0.0.1", puerto)
        turno = numero
        while time.perf_counter() < limite:
            inicio = time.perf_counter()
            for metodo, ruta, resto in peticion(turno):
                escritor.write(f"{metodo} {ruta} HTTP/1.1\r\n".encode() + _ANFITRION + resto)
                cabecera = await lector.readuntil(b"\r\n\r\n")
                cuerpo = await lector.readexactly(_largo(cabecera))
                if not cabecera.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
                    raise RuntimeError(f"{ruta}: {cabecera.splitlines()[0].decode()} {cuerpo[:300]!r}")
            turno += conexiones
            tiempos.append(time.perf_counter() - inicio)
        escritor.close()

    inicio = time.perf_counter()
    await asyncio.gather(*(conexion(n) for n in range(conexiones)))
    duracion = time.perf_counter() - inicio
    tiempos.sort()
    return tiempos, duracion


def _largo(cabecera: bytes) -> int:
    lineas = cabecera.lower().splitlines()
    return next(int(linea.split(b":")[1]) for linea in lineas if b"content-length" in linea)


def busquedas() -> list[str]:
    """The first two words of each title, in any order."""
    consultas = [quote(" ".join(fila["titulo"].split()[:2])) for fila in filas_del_catalogo()]
    random.Random(7).shuffle(consultas)
    return [f"/tienda?q={q}" for q in consultas]


def comprar_sin_parar(
    medida: Medida, productos: Sequence[str], tokens: Sequence[str]
) -> tuple[float, float, float, float]:
    """Whole purchases: one product into the person's cart, and bought; as `Medida.rapidez`."""
    azar = random.Random(time.perf_counter_ns())

    def comprar(_turno: int) -> list[tuple[str, str, bytes]]:
        linea = {"producto_id": azar.choice(productos), "cantidad": 1}
        token = azar.choice(tokens)
        compra = {"id": str(uuid.uuid4()), "lineas": [linea], "entrega": _ENTREGA}
        return [
            ("POST", "/api/v1/carrito/lineas", _con_cuerpo(token, linea)),
            ("POST", "/api/v1/pedidos", _con_cuerpo(token, compra)),
        ]

    return medida.turnos(comprar)


def _con_cuerpo(token: str, datos: object) -> bytes:
    cuerpo = json.dumps(datos).encode()
    cabeceras = f"Authorization: Bearer {token}\r\nIdempotency-Key: {uuid.uuid4()}\r\n"
    cabeceras += f"Content-Type: application/json\r\nContent-Length: {len(cuerpo)}\r\n\r\n"
    return cabeceras.encode() + cuerpo


# --- Servers and data --------------------------------------------------------------------------------


def preparar(url: str) -> None:
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


# Run inside a tree, this one or an older one: people with money, and a token of each.
_POBLAR = """
import json, uuid
from ciudadania.modelos import Ciudadano
from ciudadania.tokens import emitir_token
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from pagos import *
tokens = []
with transaccion() as sesion:
    ajuste = cuenta_de_sistema(sesion, TipoCuenta.AJUSTE)
    for n in range(64):
        persona = Ciudadano(nombres="Medida", primer_apellido="Prueba", ci=str(5000001 + n))
        sesion.add(persona)
        sesion.flush()
        cuenta = cuenta_de_persona(sesion, persona.id)
        entra = SolicitudTransferencia(
            id=uuid.uuid4(), codigo=Codigo.AJUSTE, debito=ajuste, credito=cuenta, monto=bs("1000000"))
        exigir_transferencia(sesion, [entra], Actor.sistema("medicion"))
        tokens.append(emitir_token(sesion, persona_id=persona.id).token)
print(json.dumps(tokens))
"""
_SIN_LIMITES = (
    "INSERT INTO pagos_limite (id, nivel, direccion, por_dia, por_mes, vigente_desde, norma) "
    "SELECT gen_random_uuid(), 1, d, 100000000000, 100000000000, '2021-01-01', 'medición' "
    "FROM unnest(ARRAY['salida', 'entrada']) AS d"
)
_ENTREGA = {
    "destinatario": "Medida Prueba",
    "telefono": "70000001",
    "municipio_ine": "020101",
    "referencia": "Frente a la plaza, puerta verde",
}


def poblar(raiz: Path, url_dueno: str, entorno: Mapping[str, str]) -> list[str]:
    """The tokens of people with money and wide limits, made by the code of a tree in its own servers."""
    with psycopg.connect(url_dueno, autocommit=True) as conexion:
        conexion.execute(_SIN_LIMITES)
    orden = [sys.executable, "-c", _POBLAR]
    fin = subprocess.run(orden, cwd=raiz, env=dict(entorno), check=True, stdout=subprocess.PIPE, text=True)
    tokens: list[str] = json.loads(fin.stdout.splitlines()[-1])
    return tokens


def comprables(motor: Engine) -> list[str]:
    """Products that one can pay and send."""
    with motor.connect() as conexion:
        consulta = text("SELECT id FROM comercio_producto WHERE modalidad = 'envio' AND precio < 20000")
        return [str(fila[0]) for fila in conexion.execute(consulta)]


def filas_del_catalogo() -> list[dict[str, str]]:
    with PRODUCTOS.open(encoding="utf-8", newline="") as lector:
        return list(csv.DictReader(lector, delimiter="|"))


def motor_de(url: str) -> Engine:
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")


def cargar(motor: Engine, desde: int, hasta: int, *, existencia: int = 1) -> None:
    """Products `desde` to `hasta` of a catalogue of titles of the demonstration, each with an end of its own.

    As they would be left: what triggers write is written at once, and the indexes are built at the end.
    """
    parametros: dict[str, Any] = {"finales": list(FINALES)}
    rango = parametros | {"existencia": existencia}
    with motor.connect() as conexion:
        indices = conexion.execute(_INDICES).all()
        for nombre, _orden in indices:
            conexion.execute(text(f"DROP INDEX {nombre}"))
        for tabla in _TABLAS:
            conexion.execute(text(f"ALTER TABLE {tabla} DISABLE TRIGGER USER"))
        conexion.execute(text(_CONTENIDO))
        conexion.execute(_BASES, {"filas": json.dumps(filas_del_catalogo())})
        conexion.execute(_PALABRAS, parametros)
        for primero in range(desde, hasta + 1, LOTE):
            ultimo = min(primero + LOTE - 1, hasta)
            conexion.execute(_CARGAR, rango | {"desde": primero, "hasta": ultimo})
        conexion.execute(text("DROP TABLE bases"))
        for tabla in _TABLAS:
            conexion.execute(text(f"ALTER TABLE {tabla} ENABLE TRIGGER USER"))
        for _nombre, orden in indices:
            conexion.execute(text(orden))
        conexion.execute(text(f"VACUUM ANALYZE {', '.join(_TABLAS)}"))


def muestra(motor: Engine) -> list[str]:
    with motor.connect() as conexion:
        consulta = text("SELECT id FROM comercio_producto ORDER BY md5(id\\:\\:text) LIMIT 400")
        return [str(fila[0]) for fila in conexion.execute(consulta)]


@contextmanager
def servidor_web(url: str | None = None) -> Iterator[tuple[int, int]]:
    """The port and the process of a uvicorn, on another database of the same server if told."""
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        puerto: int = libre.getsockname()[1]
    orden = [sys.executable, "-m", "uvicorn", "plataforma.web:app", "--port", str(puerto)]
    proceso = subprocess.Popen(
        [*orden, "--log-level", "warning", "--no-access-log"],
        cwd=RAIZ,
        env={**os.environ, **({"QHATU_BASE_DATOS_URL": url} if url else {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        esperar_puerto(proceso, puerto)
        yield puerto, proceso.pid
    finally:
        proceso.terminate()
        proceso.wait(20)


def esperar_puerto(proceso: "subprocess.Popen[Any]", puerto: int, plazo_s: float = 180) -> None:
    limite = time.monotonic() + plazo_s
    while time.monotonic() < limite and proceso.poll() is None:
        with socket.socket() as sonda:
            if sonda.connect_ex(("127.0.0.1", puerto)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("El servidor web no arrancó.")
