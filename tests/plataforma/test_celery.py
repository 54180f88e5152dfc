"""Celery only wakes: what it is told, what it may lose, and that the work is done all the same."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from nucleo import eventos
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from nucleo.limites import valkey
from nucleo.tareas import periodicas
from plataforma.celery_app import celery
from plataforma.cola import VISIBILIDAD_S, url_de_celery
from plataforma.despertador import MARCA, despertar
from plataforma.habitaciones import HABITACIONES

COLA = "qhatu"
RAIZ = Path(__file__).resolve().parents[2]
DECORADOR = re.compile(r'^\s*@periodica\("([^"]+)"', re.MULTILINE)


@pytest.fixture
def en_linea(bd: Engine) -> Iterator[None]:
    """Tasks that a task sends run at once, here; what `despertar` sends still goes to the broker."""
    celery.conf.task_always_eager = True
    yield
    celery.conf.task_always_eager = False


@pytest.fixture
def oidos(bd: Engine) -> Iterator[list[UUID]]:
    escuchados: list[UUID] = []

    @eventos.al_ocurrir("PruebaCelery", consumidor="pruebas.celery")
    def oir(_sesion: Session, evento: eventos.EventoRecibido) -> None:
        escuchados.append(evento.id)

    yield escuchados
    eventos._consumidores.pop("PruebaCelery")


def publicar(cuantos: int = 1) -> list[UUID]:
    with transaccion() as sesion:
        return [eventos.publicar(sesion, "PruebaCelery", nuevo_id()) for _ in range(cuantos)]


def correr(nombre: str) -> None:
    celery.tasks[nombre].apply(throw=True)


@pytest.mark.parametrize(
    ("redis_url", "esperada"),
    [
        ("redis://:clave@valkey:6379/2", "redis://:clave@valkey:6379/2"),
        ("rediss://valkey:6380/0", "rediss://valkey:6380/0"),
        ("unix:///run/qhatu/valkey.sock?db=7", "redis+socket:///run/qhatu/valkey.sock?virtual_host=7"),
        ("unix:///run/qhatu/valkey.sock", "redis+socket:///run/qhatu/valkey.sock?virtual_host=0"),
        (
            "unix://cola:cl%40ve@/run/qhatu/valkey.sock?db=3",
            "redis+socket://cola:cl%40ve@/run/qhatu/valkey.sock?virtual_host=3",
        ),
        (
            "unix:///run/qhatu/valkey.sock?db=3&password=cl%40ve",
            "redis+socket://:cl%40ve@/run/qhatu/valkey.sock?virtual_host=3",
        ),
        (None, "memory://"),
    ],
)
def test_direccion_del_intermediario(redis_url: str | None, esperada: str) -> None:
    assert url_de_celery(redis_url) == esperada


def test_la_clave_del_intermediario_llega_por_el_socket() -> None:
    """As the transport itself reads it."""
    from kombu.utils.url import url_to_parts

    url = url_de_celery("unix://cola:cl%40ve@/run/qhatu/valkey.sock?db=3")
    partes = url_to_parts(url.removeprefix("redis+"))
    assert (partes.username, partes.password, partes.path) == ("cola", "cl@ve", "run/qhatu/valkey.sock")
    assert partes.query["virtual_host"] == "3"


def test_ninguna_tarea_se_pierde_ni_corre_dos_veces_por_configuracion() -> None:
    conf = celery.conf
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1
    assert conf.task_soft_time_limit < conf.task_time_limit < VISIBILIDAD_S
    assert conf.broker_transport_options["visibility_timeout"] == VISIBILIDAD_S
    assert conf.result_backend is None
    assert conf.accept_content == ["json"]


def test_todo_trabajo_periodico_tiene_tarea_y_agenda() -> None:
    carpetas = {h.split(".")[0] for h in (*HABITACIONES, "plataforma")}
    fuentes = [f for carpeta in carpetas for f in (RAIZ / carpeta).rglob("*.py")]
    escritas = {nombre for f in fuentes for nombre in DECORADOR.findall(f.read_text(encoding="utf-8"))}
    assert "nucleo.barrer" in escritas
    assert escritas == set(celery.conf.beat_schedule), "a module with periodic work is not imported by Celery"
    for nombre, tarea in periodicas().items():
        assert nombre in celery.tasks
        entrada = celery.conf.beat_schedule[nombre]
        assert (entrada["task"], entrada["schedule"]) == (nombre, tarea.cada_s)


def test_una_rafaga_de_confirmaciones_despierta_una_sola_vez(bd: Engine) -> None:
    for _ in range(5):
        despertar()
    assert valkey().llen(COLA) == 1
    correr("nucleo.relevar")
    assert valkey().get(MARCA) is None
    despertar()
    assert valkey().llen(COLA) == 2


def test_relevar_entrega_todo(oidos: list[UUID], en_linea: None) -> None:
    publicados = publicar(eventos.LOTE + 10)
    correr("nucleo.relevar")
    assert sorted(oidos) == sorted(publicados)


def test_valkey_vaciado_no_pierde_eventos(oidos: list[UUID], en_linea: None) -> None:
    """Lost wake-ups are relayed by the sweep; lost messages of deliveries are sent again by it."""
    publicados = publicar(3)
    despertar()
    assert eventos.repartir() != []
    valkey().flushdb()
    tardio = publicar()
    correr("nucleo.barrer")
    assert sorted(oidos) == sorted(publicados + tardio)
    correr("nucleo.barrer")
    assert len(oidos) == 4


def test_sin_valkey_la_confirmacion_no_falla(oidos: list[UUID], monkeypatch: pytest.MonkeyPatch) -> None:
    import redis

    def caido() -> Any:
        return redis.Redis.from_url("unix:///no/existe.sock")

    monkeypatch.setattr("plataforma.despertador.valkey", caido)
    monkeypatch.setattr(eventos, "_despertar", despertar)
    publicados = publicar()
    assert eventos.entregar_pendientes() == 1
    assert oidos == publicados


def test_el_trabajo_no_se_reparte_a_quien_no_lo_ve(sesion: Session, oidos: list[UUID]) -> None:
    """A wake-up that comes before the commit finds nothing and harms nothing."""
    evento = eventos.publicar(sesion, "PruebaCelery", nuevo_id())
    correr("nucleo.relevar")
    assert oidos == []
    sesion.commit()
    assert eventos.entregar_pendientes() == 1
    assert oidos == [evento]
    assert sesion.connection().scalar(text("SELECT count(*) FROM nucleo_entrega WHERE hecha_en IS NULL")) == 0
