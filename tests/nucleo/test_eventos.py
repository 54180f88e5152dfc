"""Outbox and inbox: nothing lost, each effect once, also when things die half-way."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from nucleo import eventos
from nucleo.bd import nueva_sesion, transaccion
from nucleo.ids import nuevo_id

ESTADOS = text("SELECT estado FROM nucleo_clave_idempotencia")


@pytest.fixture
def oyente(bd: Engine) -> Iterator[list[UUID]]:
    """A consumer of `Probado` that writes down what it hears in the transaction it is given."""
    oidos: list[UUID] = []

    @eventos.al_ocurrir("Probado", consumidor="pruebas.anotar")
    def anotar(sesion: Session, evento: eventos.EventoRecibido) -> None:
        sesion.connection().execute(
            text(
                "INSERT INTO nucleo_clave_idempotencia (actor, clave, huella, estado, cabeceras, cuerpo)"
                " VALUES ('prueba', :c, '', 200, '{}', '')"
            ),
            {"c": str(evento.id)},
        )
        oidos.append(evento.id)

    yield oidos
    eventos._consumidores.pop("Probado")


def efectos() -> int:
    with transaccion() as sesion:
        consulta = text("SELECT count(*) FROM nucleo_clave_idempotencia WHERE actor = 'prueba'")
        return int(sesion.connection().execute(consulta).scalar_one())


def pendientes() -> int:
    with transaccion() as sesion:
        consulta = text("SELECT count(*) FROM nucleo_entrega WHERE hecha_en IS NULL")
        return int(sesion.connection().execute(consulta).scalar_one())


def test_un_evento_existe_solo_si_su_transaccion_se_confirma(oyente: list[UUID]) -> None:
    with nueva_sesion() as sesion:
        eventos.publicar(sesion, "Probado", nuevo_id())
        sesion.rollback()
    assert eventos.entregar_pendientes() == 0
    with transaccion() as sesion:
        evento = eventos.publicar(sesion, "Probado", nuevo_id())
    assert eventos.entregar_pendientes() == 1
    assert oyente == [evento]
    assert eventos.entregar_pendientes() == 0


def test_una_transaccion_que_confirma_tarde_no_se_pierde(oyente: list[UUID]) -> None:
    """The later number commits first: a relay that remembers the last number would skip the earlier one."""
    with nueva_sesion() as lenta:
        temprano = eventos.publicar(lenta, "Probado", nuevo_id())
        with transaccion() as rapida:
            tardio = eventos.publicar(rapida, "Probado", nuevo_id())
        eventos.entregar_pendientes()
        assert oyente == [tardio]
        lenta.commit()
    eventos.entregar_pendientes()
    assert oyente == [tardio, temprano]


def test_un_consumidor_que_falla_se_repite_mas_tarde_y_su_efecto_se_deshace(
    bd: Engine, reloj: Any, oyente: list[UUID]
) -> None:
    fallas = 2

    @eventos.al_ocurrir("Probado", consumidor="pruebas.fallar")
    def fallar(sesion: Session, evento: eventos.EventoRecibido) -> None:
        nonlocal fallas
        sesion.connection().execute(
            text(
                "INSERT INTO nucleo_clave_idempotencia (actor, clave, huella, estado, cabeceras, cuerpo)"
                " VALUES ('falla', :c, '', 200, '{}', '')"
            ),
            {"c": str(nuevo_id())},
        )
        if fallas:
            fallas -= 1
            raise ValueError("todavía no")

    with transaccion() as sesion:
        eventos.publicar(sesion, "Probado", nuevo_id())
    assert eventos.entregar_pendientes() == 1
    assert pendientes() == 1
    assert eventos.entregar_pendientes() == 0
    reloj.adelantar(timedelta(seconds=2))
    assert eventos.entregar_pendientes() == 0
    reloj.adelantar(timedelta(seconds=1))
    assert eventos.entregar_pendientes() == 0, "the back-off doubles: 1 s, then 2 s"
    reloj.adelantar(timedelta(seconds=2))
    assert eventos.entregar_pendientes() == 1
    assert pendientes() == 0
    with transaccion() as sesion:
        assert sesion.connection().execute(
            text("SELECT actor FROM nucleo_clave_idempotencia ORDER BY actor")
        ).scalars().all() == ["falla", "prueba"]


def test_veinte_relevos_a_la_vez_entregan_cada_evento_una_vez(oyente: list[UUID]) -> None:
    with transaccion() as sesion:
        publicados = {eventos.publicar(sesion, "Probado", nuevo_id()) for _ in range(60)}
    barrera = threading.Barrier(20)

    def relevar() -> None:
        barrera.wait()
        eventos.entregar_pendientes()

    hilos = [threading.Thread(target=relevar) for _ in range(20)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    eventos.entregar_pendientes()
    assert sorted(oyente) == sorted(publicados)
    assert efectos() == 60
    assert pendientes() == 0


def test_muerto_entre_reparto_y_entrega_lo_recoge_el_barrido(oyente: list[UUID]) -> None:
    with transaccion() as sesion:
        evento = eventos.publicar(sesion, "Probado", nuevo_id())
    entregas = eventos.repartir()  # the relay dies here: nobody is told
    assert len(entregas) == 1
    assert eventos.repartir() == []
    assert eventos.por_entregar() == entregas
    assert [eventos.entregar(e) for e in entregas * 2] == [True, False]
    assert oyente == [evento]


def test_una_conexion_muerta_en_medio_de_la_entrega_no_deja_efecto(oyente: list[UUID], bd: Engine) -> None:
    @eventos.al_ocurrir("Probado", consumidor="pruebas.morir")
    def morir(sesion: Session, evento: eventos.EventoRecibido) -> None:
        if len(muertes) < 1:
            muertes.append(1)
            sesion.connection().execute(text("DELETE FROM nucleo_clave_idempotencia"))
            sesion.connection().execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    muertes: list[int] = []
    with transaccion() as sesion:
        eventos.publicar(sesion, "Probado", nuevo_id())
    assert eventos.entregar_pendientes() == 1
    assert efectos() == 1
    with transaccion() as sesion:
        estados = (
            sesion.connection().execute(text("SELECT estado FROM nucleo_clave_idempotencia")).scalars().all()
        )
    assert estados == [200]
    assert pendientes() == 1
