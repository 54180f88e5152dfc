"""Whatever is paid, held, freed, refunded and refused: a mandate has used what its acts add up to."""

import random
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from empresa_digital.registro import Facultad
from empresa_digital.registro.mandatos.verificar import verificar_uso
from pagos.libro.verificar import verificar_libro
from tests.ayudas.carreras import hasta_que_esperen
from tests.pagos.conftest import Libro
from tests.pagos.libro.test_mandatos import Casa

DIA, MES, ACTO = 1_000, 1_700, 600


@pytest.fixture
def casa(libro: Libro, crear_persona: Callable[..., Any], crear_unidad: Callable[..., Any]) -> Casa:
    return Casa(libro, crear_persona, crear_unidad)


# --- From two sides ---------------------------------------------------------------------------------------


def a_la_vez(casa: Casa, *actos: Callable[[psycopg.Connection[Any]], Any]) -> list[Any]:
    """What each answered; all are under way, waiting for the account or for the mandate, before any ends."""
    respuestas: list[Any] = [None] * len(actos)

    def correr(i: int) -> None:
        with psycopg.connect(casa.libro.url, autocommit=True) as conexion:
            respuestas[i] = actos[i](conexion)

    hilos = [threading.Thread(target=correr, args=(i,)) for i in range(len(actos))]
    with psycopg.connect(casa.libro.url_duenio) as duenio:
        duenio.execute("SELECT 1 FROM pagos_cuenta WHERE id = %s FOR UPDATE", [casa.cuenta])
        for n, hilo in enumerate(hilos, start=1):
            hilo.start()
            hasta_que_esperen(n)
    for hilo in hilos:
        hilo.join(20)
    return respuestas


def test_dos_pagos_a_la_vez_no_pasan_juntos_el_limite_del_dia(casa: Casa) -> None:
    mandato = casa.otorgar(casa.ana, dia=1_000)
    pagos = [casa.pedido(600, mandato=mandato), casa.pedido(600, mandato=mandato)]
    respuestas = a_la_vez(casa, *(lambda c, p=p: casa.libro.lote(p, conexion=c) for p in pagos))
    assert respuestas == [["ok"], ["limite_de_mandato_dia"]]
    assert casa.usado(mandato) == (600, 600)


def test_un_pago_y_un_compromiso_a_la_vez_tampoco(casa: Casa) -> None:
    mandato = casa.otorgar(casa.ana, dia=1_000, facultades=(Facultad.PAGAR, Facultad.EVALUAR))

    def comprometer(conexion: psycopg.Connection[Any]) -> Any:
        fila = conexion.execute(
            "SELECT registro_usar_mandato(%s, NULL, %s, %s, 'adjudicacion', gen_random_uuid(), 600)",
            [mandato, casa.ana.id, casa.unidad.id],
        ).fetchone()
        return fila and fila[0]

    pago = casa.pedido(600, mandato=mandato)
    assert a_la_vez(casa, lambda c: casa.libro.lote(pago, conexion=c), comprometer) == [
        ["ok"],
        "limite_de_mandato_dia",
    ]
    assert casa.usado(mandato) == (600, 600)


def test_sin_limites_nadie_espera_a_otro_por_el_mandato(casa: Casa) -> None:
    """Both hold it, shared, while they wait for the account."""
    mandato = casa.otorgar(casa.ana)
    pagos = [casa.pedido(600, mandato=mandato), casa.pedido(600, mandato=mandato)]
    esperas: list[Any] = []

    def mirar(_conexion: psycopg.Connection[Any]) -> None:
        esperas.extend(
            casa.libro.conexion.execute(
                "SELECT c.relname FROM pg_locks l JOIN pg_class c ON c.oid = l.relation "
                "WHERE l.locktype = 'tuple' AND c.relname = 'registro_mandato' "
                "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            ).fetchall()
        )

    with psycopg.connect(casa.libro.url_duenio) as duenio:
        duenio.execute("SELECT 1 FROM pagos_cuenta WHERE id = %s FOR UPDATE", [casa.cuenta])
        conexiones = [psycopg.connect(casa.libro.url, autocommit=True) for _ in pagos]
        hilos = [
            threading.Thread(target=lambda p=p, c=c: casa.libro.lote(p, conexion=c))
            for p, c in zip(pagos, conexiones, strict=True)
        ]
        for n, hilo in enumerate(hilos, start=1):
            hilo.start()
            hasta_que_esperen(n)
        mirar(casa.libro.conexion)
    for hilo in hilos:
        hilo.join(20)
    for conexion in conexiones:
        conexion.close()
    assert esperas == []
    assert casa.libro.saldo(casa.otra) == 1_200


def test_lotes_cruzados_no_se_traban(casa: Casa, sesion: Session) -> None:
    """Batches that name the same mandates and accounts in any order hold, free, post and refund at once: no
    deadlock, and nothing over the limits.
    """
    mandatos = [casa.otorgar(casa.ana, dia=4_000), casa.otorgar(casa.ana, mes=4_000), casa.otorgar(casa.ana)]
    otras = [casa.libro.cuenta(10_000) for _ in range(3)]
    barrera, errores, codigos = threading.Barrier(4), [], set()

    def correr(semilla: int) -> None:
        azar = random.Random(semilla)
        try:
            with psycopg.connect(casa.libro.url, autocommit=True) as conexion:
                barrera.wait(20)
                for _ in range(25):
                    codigos.update(
                        casa.libro.lote(*_cruzados(casa, azar, mandatos, otras), conexion=conexion)
                    )
        except BaseException as error:
            errores.append(error)

    hilos = [threading.Thread(target=correr, args=(i,)) for i in range(4)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(60)
    assert errores == []
    assert {"ok", "limite_de_mandato_dia", "limite_de_mandato_mes"} <= codigos
    assert verificar_uso(sesion) == []


def _cruzados(
    casa: Casa, azar: random.Random, mandatos: list[uuid.UUID], otras: list[int]
) -> list[dict[str, Any]]:
    lote: list[dict[str, Any]] = []
    for mandato in azar.sample(mandatos, 3):
        pago = casa.pedido(
            azar.randint(1, 120), id=uuid.uuid4(), mandato=mandato, credito=azar.choice(otras), codigo=4
        )
        reserva = pago | {"id": uuid.uuid4(), "tipo": "pendiente"}
        fin = azar.choice([{"tipo": "anula"}, {"tipo": "confirma", "monto": 1}])
        vuelve = {"debito": pago["credito"], "credito": casa.cuenta, "monto": 1, "codigo": 100}
        lote += [pago, reserva, fin | {"pendiente": reserva["id"]}, vuelve | {"referencia": pago["id"]}]
    return lote


# --- Added up -----------------------------------------------------------------------------------------------


@dataclass
class Cuenta:
    """What a mandate should have used, kept by hand."""

    de_hoy: int = 0
    del_mes: int = 0
    reservas: dict[uuid.UUID, tuple[int, int]] = field(default_factory=dict)  # id -> amount, day
    pagos: dict[uuid.UUID, tuple[int, int]] = field(default_factory=dict)  # id -> what is left to refund, day
    dia: int = 0

    def toma(self, monto: int) -> str:
        if monto > ACTO:
            return "limite_de_mandato_acto"
        if self.de_hoy + monto > DIA:
            return "limite_de_mandato_dia"
        if self.del_mes + monto > MES:
            return "limite_de_mandato_mes"
        self.de_hoy += monto
        self.del_mes += monto
        return "ok"

    def vuelve(self, monto: int, dia: int) -> None:
        self.del_mes -= monto
        if dia == self.dia:
            self.de_hoy -= monto


PASO = st.tuples(
    st.sampled_from(["paga", "reserva", "confirma", "anula", "devuelve", "mañana", "repite", "cadena"]),
    st.integers(1, 700),
    st.integers(0, 9),
)


@given(pasos=st.lists(PASO, min_size=5, max_size=25))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_lo_usado_es_lo_que_suman_los_actos(casa: Casa, sesion: Session, pasos: list[Any]) -> None:
    mandato = casa.otorgar(casa.ana, acto=ACTO, dia=DIA, mes=MES)
    cuenta = Cuenta()
    casa.meses += 1  # an account's clock does not go back, so each case is told in a month of its own
    inicio = casa.libro.uno(  # its 2nd day, at noon in Bolivia
        "SELECT extract(epoch FROM (date_trunc('month', now() AT TIME ZONE 'America/La_Paz') "
        "+ make_interval(months => %s, days => 1, hours => 12)) AT TIME ZONE 'America/La_Paz' "
        "- now())::float",
        casa.meses,
    )
    ultimo: dict[str, Any] = {}

    def mover(*pedidos: dict[str, Any]) -> list[str]:
        return casa.libro.lote(*pedidos, desfase=f"{inicio + cuenta.dia * 86_400} s")

    for que, monto, cual in pasos:
        pedido = casa.pedido(monto, id=uuid.uuid4(), mandato=mandato)
        if que == "mañana" and cuenta.dia < 25:
            cuenta.dia += 1
            cuenta.de_hoy = 0
        elif que == "paga":
            esperado = cuenta.toma(monto)
            assert mover(pedido) == [esperado]
            if esperado == "ok":
                cuenta.pagos[pedido["id"]] = (monto, cuenta.dia)
                ultimo = pedido
        elif que == "reserva":
            esperado = cuenta.toma(monto)
            assert mover(pedido | {"tipo": "pendiente"}) == [esperado]
            if esperado == "ok":
                cuenta.reservas[pedido["id"]] = (monto, cuenta.dia)
        elif que in ("confirma", "anula") and cuenta.reservas:
            id, (reservado, dia) = list(cuenta.reservas.items())[cual % len(cuenta.reservas)]
            del cuenta.reservas[id]
            sale = min(monto, reservado) if que == "confirma" else 0
            paso = {"id": uuid.uuid4(), "tipo": que, "pendiente": id, "monto": sale}
            assert mover(paso) == ["ok"]
            cuenta.vuelve(reservado - sale, dia)
            if sale:
                cuenta.pagos[paso["id"]] = (sale, dia)
        elif que == "devuelve" and cuenta.pagos:
            id, (queda, dia) = list(cuenta.pagos.items())[cual % len(cuenta.pagos)]
            vuelve = {"debito": casa.otra, "credito": casa.cuenta, "codigo": 100, "referencia": id}
            assert mover(vuelve | {"monto": min(monto, queda)}) == ["ok"]
            cuenta.vuelve(min(monto, queda), dia)
            cuenta.pagos[id] = (queda - min(monto, queda), dia)
            if queda <= monto:
                del cuenta.pagos[id]
        elif que == "repite" and ultimo:
            assert mover(ultimo) == ["existe"]
        elif que == "cadena":
            cortada = {"debito": casa.otra, "credito": casa.cuenta, "monto": 10**9}
            assert mover(pedido | {"enlazada": True}, cortada)[1] in (
                "fondos_insuficientes",
                "cadena_fallida",
            )
        assert casa.libro.conexion.execute(
            "SELECT usado_dia, usado_mes FROM registro_usado(%s, nucleo_ahora() + %s::interval)",
            [mandato, f"{inicio + cuenta.dia * 86_400} s"],
        ).fetchone() == (cuenta.de_hoy, cuenta.del_mes)
    assert verificar_uso(sesion) == []


@pytest.mark.parametrize(
    ("orden", "falla"),
    [
        ("DELETE FROM registro_uso", "mandatos: transferencia"),
        ("UPDATE registro_uso SET acto = gen_random_uuid()", "mandatos: acto"),
        (
            "DELETE FROM registro_uso WHERE monto < 0",
            "usó 200 y volvieron 0, y en el libro movió 200 y soltó 150",
        ),
        ("UPDATE registro_uso SET monto = monto - 1 WHERE monto > 0", "usó 199"),
    ],
)
def test_el_libro_encuentra_un_uso_que_no_es_el_de_sus_pagos(casa: Casa, orden: str, falla: str) -> None:
    reserva = uuid.uuid4()
    assert casa.libro.lote(
        casa.pedido(200, id=reserva, tipo="pendiente"),
        {"tipo": "confirma", "pendiente": reserva, "monto": 50},
    ) == ["ok", "ok"]
    assert verificar_libro(casa.libro.conexion) == []
    with psycopg.connect(casa.libro.url_admin, autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(orden.encode())
    casa.libro.corrompido = True
    assert falla in " ".join(verificar_libro(casa.libro.conexion))
