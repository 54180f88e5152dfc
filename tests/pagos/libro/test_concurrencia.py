"""Races with real threads and connections: money is neither made nor lost, nobody overdraws, keys hold."""

import random
import threading
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.pagos.conftest import Libro


def en_paralelo(libro: Libro, hilos: int, tarea: Callable[[psycopg.Connection[Any], int], Any]) -> list[Any]:
    """Run `tarea(connection, i)` in `hilos` threads that start together; their answers, in order."""
    barrera = threading.Barrier(hilos)
    respuestas: list[Any] = [None] * hilos
    errores: list[BaseException] = []

    def correr(i: int) -> None:
        try:
            with psycopg.connect(libro.url, autocommit=True) as conexion:
                barrera.wait(timeout=30)
                respuestas[i] = tarea(conexion, i)
        except BaseException as error:
            errores.append(error)

    grupo = [threading.Thread(target=correr, args=(i,)) for i in range(hilos)]
    for hilo in grupo:
        hilo.start()
    for hilo in grupo:
        hilo.join(timeout=60)
    assert errores == []
    return respuestas


def test_una_cuenta_caliente_no_se_sobregira(libro: Libro) -> None:
    """16 threads want 20 x 7 from an account with 1000: exactly 142 succeed."""
    caliente, destinos = libro.cuenta(1_000), [libro.cuenta() for _ in range(16)]

    def gastar(conexion: psycopg.Connection[Any], i: int) -> list[str]:
        pedido = {"debito": caliente, "credito": destinos[i], "monto": 7}
        return [libro.lote(pedido, conexion=conexion)[0] for _ in range(20)]

    cuenta = Counter(c for codigos in en_paralelo(libro, 16, gastar) for c in codigos)

    assert cuenta == {"ok": 142, "fondos_insuficientes": 178}
    assert libro.saldo(caliente) == 1_000 - 142 * 7
    assert sum(libro.saldo(d) for d in destinos) == 142 * 7


def test_lotes_cruzados_no_se_traban_y_conservan_la_suma(libro: Libro) -> None:
    """Batches over the same accounts in every order: locks are taken in id order, so none deadlocks."""
    cuentas = [libro.cuenta(1_000) for _ in range(8)]

    def mezclar(conexion: psycopg.Connection[Any], i: int) -> int:
        azar = random.Random(i)
        hechas = 0
        for _ in range(15):
            pedidos = []
            for _ in range(20):
                debito, credito = azar.sample(cuentas, 2)
                pedidos.append({"debito": debito, "credito": credito, "monto": azar.randint(1, 400)})
            hechas += libro.lote(*pedidos, conexion=conexion).count("ok")
        return hechas

    hechas = sum(en_paralelo(libro, 8, mezclar))

    assert hechas > 0
    assert libro.uno("SELECT count(*) FROM pagos_transferencia") == 8 + hechas
    assert sum(libro.saldo(c) for c in cuentas) == 8_000
    assert all(libro.saldo(c) >= 0 for c in cuentas)


@pytest.mark.parametrize("cuantas", [1, 2], ids=["de a una", "en lote"])
def test_el_candado_de_la_cuenta_menor_se_toma_primero(libro: Libro, cuantas: int) -> None:
    """Whoever waits for the lower account holds nothing of the higher one, whichever of them pays: two that
    pay each other never wait for each other."""
    menor, mayor = libro.cuenta(100), libro.cuenta(100)
    pedidos = [{"debito": mayor, "credito": menor, "monto": 5}] * cuantas
    bloquear = "SELECT 1 FROM pagos_cuenta WHERE id = %s FOR UPDATE NOWAIT"
    espera = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"
    with psycopg.connect(libro.url_duenio) as rival, psycopg.connect(libro.url, autocommit=True) as otra:
        rival.execute(bloquear, [menor])
        codigos: list[str] = []
        hilo = threading.Thread(target=lambda: codigos.extend(libro.lote(*pedidos, conexion=otra)))
        hilo.start()
        while not libro.uno(espera, otra.info.backend_pid):
            assert hilo.is_alive()
        rival.execute(bloquear, [mayor])
        rival.commit()
        hilo.join(timeout=60)
    assert codigos == ["ok"] * cuantas


def test_la_misma_clave_a_la_vez_se_aplica_una_vez(libro: Libro) -> None:
    a, b = libro.cuenta(10_000), libro.cuenta()
    claves = [uuid.uuid4() for _ in range(20)]

    def repetir(conexion: psycopg.Connection[Any], i: int) -> list[str]:
        mias = claves[i:] + claves[:i]
        return [
            libro.lote({"id": k, "debito": a, "credito": b, "monto": 5}, conexion=conexion)[0] for k in mias
        ]

    cuenta = Counter(c for codigos in en_paralelo(libro, 20, repetir) for c in codigos)

    assert cuenta == {"ok": 20, "existe": 380}
    assert libro.saldo(b) == 100


def test_la_misma_clave_a_la_vez_en_cuentas_distintas(libro: Libro) -> None:
    """One wins; the rest learn that the id is taken, or must try again and then learn it."""
    pares = [(libro.cuenta(100), libro.cuenta()) for _ in range(8)]
    clave = uuid.uuid4()

    def reclamar(conexion: psycopg.Connection[Any], i: int) -> str:
        pedido = {"id": clave, "debito": pares[i][0], "credito": pares[i][1], "monto": 5}
        while True:
            try:
                return libro.lote(pedido, conexion=conexion)[0]
            except psycopg.errors.UniqueViolation:
                continue

    cuenta = Counter(en_paralelo(libro, 8, reclamar))

    assert cuenta == {"ok": 1, "existe_con_otra_cuenta_debito": 7}
    assert sorted(libro.saldo(b) for _, b in pares) == [0] * 7 + [5]


def test_un_pendiente_se_resuelve_una_vez_aunque_todos_lo_intenten(libro: Libro) -> None:
    a, b = libro.cuenta(10_000), libro.cuenta()
    reservas = [uuid.uuid4() for _ in range(12)]
    libro.lote(
        *[
            {"id": r, "debito": a, "credito": b, "monto": 100, "tipo": "pendiente", "plazo": 3600}
            for r in reservas
        ]
    )

    def resolver(conexion: psycopg.Connection[Any], i: int) -> Any:
        if i % 3 == 2:
            conexion.execute("SELECT set_config('qhatu.desfase', '3601 s', false)")
            fila = conexion.execute("SELECT pagos_vencer()").fetchone()
            return fila[0] if fila else 0
        tipo = ("confirma", "anula")[i % 3]
        return sum(libro.lote({"tipo": tipo, "pendiente": r}, conexion=conexion) == ["ok"] for r in reservas)

    hechas = sum(en_paralelo(libro, 9, resolver))

    assert hechas == 12
    assert libro.uno("SELECT count(*) FROM pagos_transferencia WHERE tipo > 2") == 12
    assert libro.saldos(a)[2:] == (0, 0)
    assert libro.saldos(b)[2:] == (0, 0)


def test_abrir_la_misma_cuenta_a_la_vez(libro: Libro, crear_persona: Any) -> None:
    from nucleo.bd import transaccion
    from pagos import cuenta_de_persona

    ana = crear_persona("Ana")

    def abrir(_conexion: psycopg.Connection[Any], _i: int) -> int:
        with transaccion() as sesion:
            return cuenta_de_persona(sesion, ana.id)

    assert len(set(en_paralelo(libro, 12, abrir))) == 1
    assert libro.uno("SELECT count(*) FROM pagos_cuenta WHERE titular_id = %s", ana.id) == 1


def test_quien_muere_antes_de_confirmar_no_deja_nada(libro: Libro) -> None:
    a, b = libro.cuenta(100), libro.cuenta()
    pedido = {"id": uuid.uuid4(), "debito": a, "credito": b, "monto": 60}
    antes = libro.foto()
    with psycopg.connect(libro.url) as otra:
        assert libro.lote(pedido, conexion=otra) == ["ok"]
        libro.conexion.execute("SELECT pg_terminate_backend(%s, 5000)", [otra.info.backend_pid])
        otra.close()
    assert libro.foto() == antes
    assert libro.lote(pedido) == ["ok"]
