"""The change feed of an account: in order, and with nothing that appears behind who reads it."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nucleo import webhooks
from nucleo.bd import transaccion
from pagos.cambios.avisar import avisar_cambios
from pagos.cambios.consultas import cambios
from tests.ayudas.carreras import hasta_que_esperen
from tests.pagos.conftest import Libro
from tests.pagos.test_api import Gente, gente, pago

__all__ = ["gente"]  # the fixture


def leer(cuenta: int, desde: int = 0, limite: int = 100) -> list[int]:
    with transaccion() as sesion:
        return [t.numero for t in cambios(sesion, cuenta, desde, limite)]


def test_todo_lo_que_la_toca_y_en_orden(cliente: Any, gente: Gente) -> None:
    ruta = f"/api/v1/cuentas/{gente.cuenta_ana}/cambios"
    desde = cliente.get(ruta, headers=gente.de_ana).json()["hasta"]
    assert cliente.get(ruta, params={"desde": desde}, headers=gente.de_ana).json() == {
        "datos": [],
        "hasta": desde,
    }
    cliente.post("/api/v1/transferencias", json=pago(gente, "10.00"), headers=gente.de_ana)
    reserva = pago(gente, "5.00") | {"motivo": "Seña"}
    cliente.post("/api/v1/reservas", json=reserva, headers=gente.de_ana)
    cliente.post(f"/api/v1/reservas/{reserva['id']}/anulacion", headers=gente.de_ana)
    vuelta = pago(gente, "2.00", debito=gente.cuenta_luis, credito=gente.cuenta_ana)
    cliente.post("/api/v1/transferencias", json=vuelta, headers=gente.de_luis)

    dicho = cliente.get(ruta, params={"desde": desde}, headers=gente.de_ana).json()

    assert [(c["tipo"], c["monto"]["monto"], c["saldo"]["monto"]) for c in dicho["datos"]] == [
        ("simple", "10.00", "90.00"),
        ("pendiente", "5.00", "90.00"),
        ("anula", "5.00", "90.00"),
        ("simple", "2.00", "92.00"),
    ]
    assert dicho["hasta"] == dicho["datos"][-1]["numero"]
    de_a_una, hasta = [], desde
    while pagina := cliente.get(ruta, params={"desde": hasta, "limite": 1}, headers=gente.de_ana).json()[
        "datos"
    ]:
        de_a_una += pagina
        hasta = pagina[-1]["numero"]
    assert de_a_una == dicho["datos"]


def test_solo_quien_paga_de_ella(cliente: Any, gente: Gente, token_de_cliente: Callable[..., str]) -> None:
    ruta = f"/api/v1/cuentas/{gente.cuenta_tienda}/cambios"
    assert cliente.get(ruta, headers=gente.de_ana).status_code == 200
    assert cliente.get(ruta, headers=gente.de_luis).status_code == 403
    for alcance, estado in (("pagos", 200), ("cobros", 403)):
        de = {"Authorization": f"Bearer {token_de_cliente(gente.tienda.id, alcance)}"}
        assert cliente.get(ruta, headers=de).status_code == estado


def test_dos_que_terminan_al_reves_no_dejan_hueco(libro: Libro) -> None:
    """A->B takes its number first and commits last; C->D is read meanwhile. Nothing appears behind."""
    a, b, c, d = (libro.cuenta(1_000) for _ in range(4))
    antes = {x: leer(x) for x in (a, b, c, d)}
    with psycopg.connect(libro.url) as lenta:
        assert libro.lote({"debito": a, "credito": b, "monto": 10}, conexion=lenta) == ["ok"]
        assert libro.mover(c, d, 20) == "ok"
        visto = {x: leer(x) for x in (a, b, c, d)}
        assert (visto[a], visto[b]) == (antes[a], antes[b])
        assert len(visto[c]) == len(antes[c]) + 1
        lenta.commit()
    despues = {x: leer(x) for x in (a, b, c, d)}
    assert despues[a][-1] < despues[c][-1]  # they did commit out of order
    for x in (a, b, c, d):
        assert despues[x][: len(visto[x])] == visto[x]


@pytest.mark.parametrize("fin", ["commit", "rollback"])
def test_en_una_misma_cuenta_el_segundo_espera_y_lleva_un_numero_mayor(libro: Libro, fin: str) -> None:
    a, b, c = (libro.cuenta(1_000) for _ in range(3))
    desde = leer(a)[-1]
    hecho: list[str] = []
    segundo = {"debito": a, "credito": c, "monto": 20}
    with psycopg.connect(libro.url) as lenta, psycopg.connect(libro.url, autocommit=True) as otra:
        numero = libro.respuesta({"debito": a, "credito": b, "monto": 10}, conexion=lenta)[1][0]
        hilo = threading.Thread(target=lambda: hecho.extend(libro.lote(segundo, conexion=otra)))
        hilo.start()
        hasta_que_esperen()
        assert leer(a, desde) == []
        getattr(lenta, fin)()
        hilo.join()
    assert hecho == ["ok"]
    vistos = leer(a, desde)
    assert vistos == sorted(vistos)
    assert (vistos[0] == numero) == (fin == "commit")
    assert len(vistos) == (2 if fin == "commit" else 1)


def test_quien_lee_sin_parar_mientras_muchos_escriben_no_pierde_nada(libro: Libro) -> None:
    """Two writers over the same hot account and its neighbours, a reader that follows: what it saw, in the
    order it saw it, is what there is at the end."""
    hot, otras = libro.cuenta(100_000), [libro.cuenta(10_000) for _ in range(3)]
    visto = leer(hot)
    fin = threading.Event()

    def escribir(semilla: int) -> None:
        with psycopg.connect(libro.url, autocommit=True) as conexion:
            for n in range(60):
                otra = otras[(n + semilla) % 3]
                pedidos = [
                    {"debito": hot, "credito": otra, "monto": 1},
                    {"debito": otra, "credito": hot, "monto": 1},
                ]
                assert libro.lote(*pedidos[: 1 + n % 2], conexion=conexion) == ["ok"] * (1 + n % 2)

    hilos = [threading.Thread(target=escribir, args=(s,)) for s in range(2)]
    for hilo in hilos:
        hilo.start()

    def esperar() -> None:
        for hilo in hilos:
            hilo.join()
        fin.set()

    threading.Thread(target=esperar).start()
    while True:
        terminado = fin.is_set()
        visto += leer(hot, visto[-1], 7)
        if terminado and not leer(hot, visto[-1]):
            break
    assert visto == leer_todo(hot)
    assert len(visto) == 1 + 2 * 90


def leer_todo(cuenta: int) -> list[int]:
    todo: list[int] = []
    while pagina := leer(cuenta, todo[-1] if todo else 0):
        todo += pagina
    return todo


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pasos=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.booleans(), st.booleans()), min_size=1, max_size=12
    )
)
def test_leer_de_a_pocos_es_leerlo_todo(libro: Libro, pasos: list[tuple[int, int, bool, bool]]) -> None:
    """Whatever moves, is held or is refused, reading between the steps sees each entry once and in order."""
    cuentas = [libro.cuenta(100) for _ in range(3)]
    visto: dict[int, list[int]] = {c: [] for c in cuentas}
    for de, a, reserva, lee in pasos:
        tipo = {"tipo": "pendiente", "plazo": 60} if reserva else {}
        libro.mover(cuentas[de], cuentas[a], 40, **tipo)
        for c in cuentas if lee else ():
            visto[c] += leer(c, visto[c][-1] if visto[c] else 0, 2)
    for c in cuentas:
        while nuevos := leer(c, visto[c][-1] if visto[c] else 0, 2):
            visto[c] += nuevos
        filas = libro.conexion.execute(
            "SELECT numero FROM pagos_transferencia WHERE debito = %s OR credito = %s ORDER BY numero", [c, c]
        ).fetchall()
        assert visto[c] == [n for (n,) in filas]


def test_los_webhooks_cuentan_cada_cambio_una_vez(cliente: Any, gente: Gente, libro: Libro) -> None:
    def mensajes() -> list[Any]:
        filas = libro.conexion.execute(
            "SELECT convert_from(cuerpo, 'UTF8')::jsonb -> 'data' FROM nucleo_webhook_mensaje ORDER BY id"
        )
        return [f[0] for f in filas]

    assert avisar_cambios() == 0  # nobody asked
    with transaccion() as sesion:
        webhooks.suscribir(sesion, gente.tienda.id, "https://tienda.example/cambios", ["CuentaConCambios"])
    assert avisar_cambios() == 0  # from now on: what was before is in the feed
    for monto in ("1.00", "2.00"):
        cuerpo = pago(gente, monto, credito=gente.cuenta_tienda)
        assert cliente.post("/api/v1/transferencias", json=cuerpo, headers=gente.de_ana).status_code == 201

    assert (avisar_cambios(), avisar_cambios()) == (1, 0)

    (datos,) = mensajes()
    assert [c["monto"]["monto"] for c in datos["cambios"]] == ["1.00", "2.00"]
    assert datos["hasta"] == datos["cambios"][-1]["numero"]
    cuerpo = pago(gente, "3.00", debito=gente.cuenta_tienda)
    assert cliente.post("/api/v1/transferencias", json=cuerpo, headers=gente.de_ana).status_code == 201
    assert avisar_cambios() == 1
    assert mensajes()[1]["desde"] == datos["hasta"]
    assert uuid.UUID(mensajes()[1]["cambios"][0]["id"]) == uuid.UUID(cuerpo["id"])
