"""`POST /api/v1/transferencias` and batches over real HTTP against the same ceiling: one uvicorn process,
fsync on.

Keep-alive connections from a process of its own; each request is another transfer, every answer must be 201;
or a batch of them, all of which must be made.
"""

import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from bench.apoyo import (
    RAIZ,
    SEGUNDOS,
    Banco,
    Fila,
    Techo,
    banco,
    buscar_techo,
    comparar,
    filas_del_techo,
    mediana,
    verificar,
)

PERSONAS = 200


def medir() -> list[Fila]:
    with banco() as b:
        gente = _poblar(b)
        techo = buscar_techo(b)
        filas = filas_del_techo(techo)
        with _uvicorn() as puerto:
            _cargar(puerto, gente, Carga(8), 1.0)
            uniforme: dict[int, float] = {}
            for conexiones in (1, 16, 32):
                fila, uniforme[conexiones] = _comparar(puerto, gente, Carga(conexiones), techo)
                filas.append(fila)
            fila, caliente = _comparar(puerto, gente, Carga(32, caliente=True), techo)
            filas.append(fila)
            for lote in (100, 1_000, 8_000):
                filas.append(_comparar(puerto, gente, Carga(2, lote=lote), techo)[0])
            filas.append(
                Fila("HTTP, 32 conexiones: caliente contra uniforme", caliente, caliente / uniforme[32], 0.8)
            )
        print(f"  {verificar(b)}")
        return filas


@dataclass(frozen=True, slots=True)
class Carga:
    """What the clients do: single transfers, or batches of `lote`; all to one treasury if `caliente`."""

    conexiones: int
    lote: int = 1
    caliente: bool = False

    @property
    def nombre(self) -> str:
        if self.lote > 1:
            return f"HTTP, lotes de {self.lote:,}, {self.conexiones} conexiones"
        return f"HTTP, {self.conexiones} conexiones, {'una cuenta caliente' if self.caliente else 'uniforme'}"

    @property
    def objetivo(self) -> float | None:
        if self.lote > 1:
            return 2.0 if self.lote <= 100 else 4.0
        return 0.42 if (self.conexiones, self.caliente) == (32, False) else None


def _comparar(puerto: int, gente: dict[str, Any], carga: Carga, techo: Techo) -> tuple[Fila, float]:
    p50s: list[float] = []
    p99s: list[float] = []

    def nuestra() -> float:
        por_segundo, p50, p99 = _cargar(puerto, gente, carga, SEGUNDOS)
        p50s.append(p50)
        p99s.append(p99)
        return por_segundo

    c = comparar(techo, nuestra)
    veces = mediana([b / a for a, b in zip(p50s, p99s, strict=True)])
    nota = f"p50 {mediana(p50s):.1f} ms, p99 {mediana(p99s):.1f} ms ({veces:.1f} veces); {c.nota}"
    print(f"  {carga.nombre}: {mediana(c.razones):.2f} ({nota})", flush=True)
    fila = Fila(carga.nombre, mediana(c.cifras), mediana(c.razones), carga.objetivo, nota)
    return fila, mediana(c.cifras)


def _poblar(b: Banco) -> dict[str, Any]:
    """People with money and tokens, and a treasury; in a process of its own, that reads settings afresh."""
    fin = subprocess.run(
        [sys.executable, "-c", _PROGRAMA, str(PERSONAS)], cwd=RAIZ, check=True, capture_output=True, text=True
    )
    return dict(json.loads(fin.stdout.splitlines()[-1]))


_PROGRAMA = """
import json, sys, uuid
from sqlalchemy import text
from ciudadania import registrar_persona
from ciudadania.tokens import emitir_token
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from pagos import *
sistema = Actor.sistema("medicion")
with transaccion() as sesion:
    sesion.connection().execute(text("INSERT INTO pagos_limite (id, nivel, direccion, por_dia, por_mes, "
        "vigente_desde, norma) SELECT gen_random_uuid(), 2, d, 100000000000, 100000000000, now(), "
        "'medicion' FROM unnest(ARRAY['salida', 'entrada']) AS d"))
    ajuste = cuenta_de_sistema(sesion, TipoCuenta.AJUSTE)
    gente = []
    for i in range(int(sys.argv[1])):
        persona = registrar_persona(sesion, nombres="Medida", primer_apellido="Prueba", ci=str(3000001 + i))
        cuenta = cuenta_de_persona(sesion, persona.id)
        exigir_transferencia(sesion, [SolicitudTransferencia(id=uuid.uuid4(), codigo=Codigo.AJUSTE,
            debito=ajuste, credito=cuenta, monto=bs("1000000"))], sistema)
        gente.append([cuenta, emitir_token(sesion, persona_id=persona.id).token])
    tesoro = cuenta_de_unidad(sesion, uuid.uuid4(), TipoCuenta.RECAUDACION)
print(json.dumps({"gente": gente, "tesoro": tesoro}))
"""


def _cargar(puerto: int, gente: dict[str, Any], carga: Carga, segundos: float) -> tuple[float, float, float]:
    """Transfers a second, and p50 and p99 of the requests in ms."""
    datos = json.dumps({"puerto": puerto, "segundos": segundos, **gente, **asdict(carga)})
    fin = subprocess.run(
        [sys.executable, "-m", "bench.http", "--cargar"],
        cwd=RAIZ,
        input=datos,
        check=True,
        capture_output=True,
        text=True,
    )
    por_segundo, p50, p99 = json.loads(fin.stdout.splitlines()[-1])
    return float(por_segundo), float(p50), float(p99)


def _peticion(datos: dict[str, Any], azar: random.Random) -> bytes:
    """One request, encoded: somebody pays somebody, or one person pays many in a batch."""
    gente = datos["gente"]
    debito, token = azar.choice(gente)
    pagos = []
    for _ in range(datos["lote"]):
        credito = datos["tesoro"] if datos["caliente"] else debito
        while credito == debito:
            credito = azar.choice(gente)[0]
        pagos.append(
            f'{{"id":"{uuid.uuid4()}","debito":{debito},"credito":{credito},'
            f'"monto":{{"monto":"0.01","moneda":"BOB"}}}}'
        )
    ruta, cuerpo = "transferencias", pagos[0]
    if datos["lote"] > 1:
        ruta = "lotes-de-transferencias"
        cuerpo = f'{{"modo":"independiente","transferencias":[{",".join(pagos)}]}}'
    return (
        f"POST /api/v1/{ruta} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(cuerpo)}\r\n\r\n{cuerpo}"
    ).encode()


async def _cliente(datos: dict[str, Any]) -> tuple[float, float, float]:
    azar = random.Random()
    lote = datos["lote"]
    tiempos: list[float] = []
    cuantas = max(2 * datos["conexiones"], int((6_000 if lote == 1 else 40_000) * datos["segundos"] / lote))
    preparadas = [_peticion(datos, azar) for _ in range(cuantas)]
    limite = time.perf_counter() + datos["segundos"]
    bien, hechas = (b"HTTP/1.1 201", b"") if lote == 1 else (b"HTTP/1.1 200", b'"hechas":%d,' % lote)

    async def conexion() -> None:
        lector, escritor = await asyncio.open_connection("127.0.0.1", datos["puerto"], limit=2**22)
        while time.perf_counter() < limite and preparadas:
            inicio = time.perf_counter()
            escritor.write(preparadas.pop())
            cabecera = await lector.readuntil(b"\r\n\r\n")
            bajo = cabecera.lower()
            desde = bajo.index(b"content-length: ") + 16
            cuerpo = await lector.readexactly(int(bajo[desde : bajo.index(b"\r", desde)]))
            if not cabecera.startswith(bien) or hechas not in cuerpo:
                raise RuntimeError((cabecera + cuerpo[:1000]).decode())
            tiempos.append(time.perf_counter() - inicio)
        escritor.close()

    inicio = time.perf_counter()
    await asyncio.gather(*(conexion() for _ in range(datos["conexiones"])))
    duracion = time.perf_counter() - inicio
    tiempos.sort()
    return (
        len(tiempos) * lote / duracion,
        tiempos[len(tiempos) // 2] * 1000,
        tiempos[int(len(tiempos) * 0.99)] * 1000,
    )


@contextmanager
def _uvicorn() -> Iterator[int]:
    """The application as `qhatu web` serves it, one process."""
    with socket.socket() as escucha:
        escucha.bind(("127.0.0.1", 0))
        escucha.listen(512)
        os.set_inheritable(escucha.fileno(), True)
        puerto: int = escucha.getsockname()[1]
        proceso = subprocess.Popen(
            [sys.executable, "-m", "plataforma.servir", "plataforma.web:app", str(escucha.fileno())],
            cwd=RAIZ,
            pass_fds=[escucha.fileno()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    try:
        _esperar(puerto, proceso)
        yield puerto
    finally:
        proceso.terminate()
        proceso.wait(20)


def _esperar(puerto: int, proceso: subprocess.Popen[bytes]) -> None:
    import http.client

    limite = time.monotonic() + 60
    while time.monotonic() < limite and proceso.poll() is None:
        conexion = http.client.HTTPConnection("127.0.0.1", puerto, timeout=30)
        try:
            conexion.request("GET", "/salud/vivo")
            if conexion.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            conexion.close()
    raise SystemExit("El servidor web no arrancó.")


if __name__ == "__main__":
    if sys.argv[1:] == ["--cargar"]:
        print(json.dumps(asyncio.run(_cliente(json.load(sys.stdin)))))
    else:
        from bench.__main__ import imprimir

        imprimir([("http", f) for f in medir()])
