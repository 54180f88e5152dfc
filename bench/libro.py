"""The ledger function against the least SQL that could move money: one per call, and batches.

Each figure is measured in rounds, each between two measurements of the ceiling, and the ratio is the median:
what else the machine does then weighs on both. `QHATU_BENCH_FILAS=5000000` also fills the ledger and says
what a transfer and a statement page cost then.
"""

import os
import random
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg.pq import ExecStatus

from bench.apoyo import (
    RONDAS,
    SEGUNDOS,
    Banco,
    Fila,
    Techo,
    abrir_cuentas,
    banco,
    buscar_techo,
    comparar,
    filas_del_techo,
    mediana,
    verificar,
)
from nucleo.arreglos import Int2s, Int8s, Logicos, Uuids
from pagos.libro.transferir import TRANSFERIR

FILAS = int(os.environ.get("QHATU_BENCH_FILAS", "0"))
POCAS = 10_000

UNA_POR_LLAMADA = """
\\set d random({primera}, {ultima} - 1)
\\set c {credito}
SELECT codigos, numeros, instante FROM pagos_transferir(ARRAY[gen_random_uuid()], ARRAY[:d::bigint],
    ARRAY[:c::bigint], ARRAY[1::bigint], ARRAY[1::smallint], ARRAY[1::smallint], ARRAY[false],
    NULL, NULL, NULL, NULL, NULL, NULL, NULL);
"""


class Carga:
    """Batches encoded beforehand, so that the figure is the function's and not Python's."""

    def __init__(self, b: Banco, cuentas: tuple[int, int, int]) -> None:
        self.b = b
        self.primera, self.ultima, self.tesoro = cuentas
        self.azar = random.Random(11)

    def lote(self, n: int, caliente: bool, parte: int = 0, partes: int = 1) -> tuple[Any, ...]:
        """`n` transfers between wallets, of one part of them when several connections share no account."""
        ancho = (self.ultima - self.primera + 1) // partes
        desde = self.primera + parte * ancho
        debitos = [self.azar.randint(desde, desde + ancho - 2) for _ in range(n)]
        creditos = [self.tesoro] * n if caliente else [d + 1 for d in debitos]
        return (
            Uuids([_uuid7() for _ in range(n)]),
            Int8s(debitos),
            Int8s(creditos),
            Int8s([1] * n),
            Int2s([1] * n),
            Int2s([1] * n),
            Logicos([False] * n),
            *[None] * 7,
        )

    def por_segundo(
        self, n: int, caliente: bool, conexiones: int, segundos: float, *, aparte: bool = False
    ) -> float:
        """Transfers a second in batches of `n` over some connections; every one must be `ok`.

        `aparte`: each connection has its own wallets. Otherwise two batches of a thousand of ten thousand
        wallets nearly always meet, and one waits for the other to be on the disk.
        """
        partes = conexiones if aparte else 1
        por_conexion = int(max(4, 60_000 * segundos / n / conexiones))
        lotes = [
            [_codificar(self.lote(n, caliente, i % partes, partes)) for _ in range(por_conexion)]
            for i in range(conexiones)
        ]
        hechas = [0] * conexiones
        errores: list[BaseException] = []
        barrera = threading.Barrier(conexiones + 1)

        def correr(i: int) -> None:
            try:
                with psycopg.connect(self.b.url, autocommit=True) as conexion:
                    crudo = conexion.pgconn
                    crudo.prepare(b"t", _CONSULTA, _OIDS)
                    _ejecutar(crudo, _codificar(self.lote(n, caliente, i % partes, partes)), n)
                    barrera.wait()
                    limite = time.perf_counter() + segundos
                    for parametros in lotes[i]:
                        _ejecutar(crudo, parametros, n)
                        hechas[i] += n
                        if time.perf_counter() >= limite:
                            break
            except BaseException as error:
                errores.append(error)
                barrera.abort()

        hilos = [threading.Thread(target=correr, args=(i,)) for i in range(conexiones)]
        for hilo in hilos:
            hilo.start()
        barrera.wait()
        inicio = time.perf_counter()
        for hilo in hilos:
            hilo.join()
        if errores:
            raise errores[0]
        return sum(hechas) / (time.perf_counter() - inicio)

    def llenar(self, hasta: int) -> None:
        """Transfers until the ledger holds `hasta` rows; one in five pays the treasury."""
        with psycopg.connect(self.b.url, autocommit=True) as conexion:
            fila = conexion.execute("SELECT count(*) FROM pagos_transferencia").fetchone()
        assert fila is not None
        while fila[0] < hasta:
            faltan = hasta - fila[0]
            for caliente, parte in ((True, 0.2), (False, 0.8)):
                self.por_segundo(8_000, caliente, 2, max(0.3, min(20, faltan * parte / 40_000)))
            with psycopg.connect(self.b.url, autocommit=True) as conexion:
                fila = conexion.execute("SELECT count(*) FROM pagos_transferencia").fetchone()
            assert fila is not None
            print(f"  {fila[0]:,} transferencias", flush=True)
        with psycopg.connect(self.b.url_admin, autocommit=True) as conexion:
            conexion.execute("VACUUM ANALYZE pagos_transferencia")
            conexion.execute("CHECKPOINT")


_CONSULTA = TRANSFERIR.encode()
for _i in range(1, 15):
    _CONSULTA = _CONSULTA.replace(b"%b", b"$%d" % _i, 1)
_OIDS = [2951, 1016, 1016, 1016, 1005, 1005, 1000, 2951, 1007, 2951, 2951, 2951, 2951, 2951]


def _uuid7() -> uuid.UUID:
    import uuid_utils

    return uuid.UUID(int=uuid_utils.uuid7().int)


def _codificar(parametros: tuple[Any, ...]) -> list[bytes | None]:
    from nucleo.arreglos import _DumperInt2s, _DumperInt8s, _DumperLogicos, _DumperUuids

    volcadores = {
        Uuids: _DumperUuids,
        Int8s: _DumperInt8s,
        Int2s: _DumperInt2s,
        Logicos: _DumperLogicos,
    }
    return [
        None if p is None else bytes(volcadores[type(p)](type(p)).dump(p))  # type: ignore[abstract]
        for p in parametros
    ]


def _ejecutar(crudo: Any, parametros: list[bytes | None], n: int) -> None:
    resultado = crudo.exec_prepared(b"t", parametros, [1] * 14, 1)
    if resultado.status != ExecStatus.TUPLES_OK:
        raise RuntimeError(resultado.error_message.decode())
    # Each code travels as its length and its text: as many "ok" as transfers, or something was refused.
    if resultado.get_value(0, 0).count(b"\x00\x00\x00\x02ok") != n:
        raise RuntimeError("hubo transferencias rechazadas")


def medir() -> list[Fila]:
    with banco() as b:
        cuentas = abrir_cuentas(b)
        carga = Carga(b, cuentas)
        techo = buscar_techo(b)
        filas = filas_del_techo(techo)
        filas += _por_llamada(b, techo, cuentas)
        for n in (100, 1_000, 8_000):
            for caliente in (False, True):
                nombre = f"lotes de {n:,}, {'una cuenta caliente' if caliente else 'uniforme'}"
                objetivo = {1_000: (3.5, 3.0)}.get(n, (None, None))[caliente]
                filas.append(
                    _comparar(
                        nombre,
                        techo,
                        lambda c, n=n, k=caliente: carga.por_segundo(n, k, c, SEGUNDOS),  # type: ignore[misc]
                        (1, 2, 4),
                        objetivo,
                    )
                )
        filas.append(_de_a_dos(carga))
        filas += _tamano(b)
        if FILAS:
            filas += _con_muchas(b, carga)
        print(f"  {verificar(b)}")
        return filas


def _comparar(
    nombre: str,
    techo: Techo,
    nuestra: Callable[[int], float],
    conexiones: tuple[int, ...],
    objetivo: float | None,
) -> Fila:
    """Ours at its best number of connections."""
    c = comparar(techo, lambda: max(nuestra(n) for n in conexiones))
    print(f"  {nombre}: {mediana(c.razones):.2f} ({c.nota})", flush=True)
    return Fila(nombre, mediana(c.cifras), mediana(c.razones), objetivo, c.nota)


def _por_llamada(b: Banco, techo: Techo, cuentas: tuple[int, int, int]) -> list[Fila]:
    primera, ultima, tesoro = cuentas
    filas = []
    for caliente in (False, True):
        guion = UNA_POR_LLAMADA.format(
            primera=primera, ultima=ultima, credito=tesoro if caliente else ":d + 1"
        )
        filas.append(
            _comparar(
                f"una por llamada, {'una cuenta caliente' if caliente else 'uniforme'}",
                techo,
                lambda c, g=guion: b.pgbench(g, c, SEGUNDOS),  # type: ignore[misc]
                (8, 16) if not caliente else (1, 4),
                None if caliente else 0.5,
            )
        )
    return filas


def _de_a_dos(carga: Carga) -> Fila:
    """Two connections at once against one, in turns: what the function keeps others from doing."""
    una, dos = [], []
    for _ in range(RONDAS + 2):
        una.append(carga.por_segundo(1_000, False, 1, SEGUNDOS, aparte=True))
        dos.append(carga.por_segundo(1_000, False, 2, SEGUNDOS, aparte=True))
    razones = [d / u for u, d in zip(una, dos, strict=True)]
    nota = f"{min(razones):.2f} a {max(razones):.2f}; cada una con sus billeteras"
    return Fila("lotes de 1.000, dos conexiones contra una", mediana(dos), mediana(razones), 1.5, nota)


def _tamano(b: Banco) -> list[Fila]:
    with psycopg.connect(b.url, autocommit=True) as conexion:
        fila = conexion.execute(
            "SELECT count(*), pg_table_size('pagos_transferencia'), pg_indexes_size('pagos_transferencia') "
            "FROM pagos_transferencia"
        ).fetchone()
    assert fila is not None
    cuantas, tabla, indices = fila
    return [
        Fila(
            "bytes por transferencia",
            (tabla + indices) / cuantas,
            (tabla + indices) / cuantas / 142,
            nota=f"{tabla / cuantas:.0f} de tabla y {indices / cuantas:.0f} de índices; razón contra 142 B",
        )
    ]


def _con_muchas(b: Banco, carga: Carga) -> list[Fila]:
    """Cost with `FILAS` stored transfers against the cost with few, on a ledger emptied for it."""
    with psycopg.connect(b.url_admin, autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("TRUNCATE pagos_transferencia, pagos_pendiente, pagos_cuenta, pagos_limite CASCADE")
    carga.primera, carga.ultima, carga.tesoro = abrir_cuentas(b)
    carga.llenar(POCAS)
    pocas = mediana([carga.por_segundo(1_000, False, 1, SEGUNDOS) for _ in range(RONDAS)])
    carga.llenar(FILAS)
    muchas = mediana([carga.por_segundo(1_000, False, 1, SEGUNDOS) for _ in range(RONDAS)])
    # One after the other, both with full pages: an account with two movements is no reference.
    paginas = [(_pagina(b, carga.primera), _pagina(b, carga.tesoro)) for _ in range(RONDAS)]
    pagina_larga = mediana([larga for _corta, larga in paginas])
    with psycopg.connect(b.url, autocommit=True) as conexion:
        fila = conexion.execute(
            "SELECT count(*) FROM pagos_transferencia WHERE credito = %s", [carga.tesoro]
        ).fetchone()
    assert fila is not None
    return [
        Fila(
            f"costo con {FILAS:,} contra {POCAS:,} filas",
            muchas,
            pocas / muchas,
            1.3,
            "costo: menos es mejor",
        ),
        Fila(
            f"página de extracto, {fila[0]:,} movimientos",
            1 / pagina_larga,
            mediana([larga / corta for corta, larga in paginas]),
            1.5,
            "costo contra una cuenta de cientos: menos es mejor",
        ),
    ]


def _pagina(b: Banco, cuenta: int) -> float:
    """Seconds of two statement pages of 25: the newest of the month so far, and the one after it."""
    from sqlmodel import Session

    from nucleo.bd import crear_motor
    from nucleo.reloj import fecha_bolivia
    from pagos.libro.consultas import movimientos

    motor = crear_motor(b.url)
    tiempos = []
    with Session(motor) as sesion:
        for _ in range(60):
            inicio = time.perf_counter()
            lista, cursor = movimientos(sesion, cuenta, limite=25, desde=fecha_bolivia().replace(day=1))
            if cursor:
                movimientos(sesion, cuenta, limite=25, cursor=cursor)
            assert lista
            tiempos.append(time.perf_counter() - inicio)
    motor.dispose()
    return mediana(tiempos)


if __name__ == "__main__":
    from bench.__main__ import imprimir

    imprimir([("libro", f) for f in medir()])
