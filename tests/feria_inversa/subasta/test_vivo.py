"""An auction as it goes: told from the tables by any process, from where each was left, by number alone."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, contextmanager, nullcontext
from datetime import timedelta
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from starlette.requests import Request

from feria_inversa.subasta import vivo
from feria_inversa.subasta.pujar import pujar
from feria_inversa.subasta.tareas import terminar_subastas
from nucleo import corrientes
from nucleo.bd import nueva_sesion, transaccion
from nucleo.configuracion import RAIZ
from nucleo.dinero import bs
from nucleo.errores import NoDisponible
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.subasta.ayudas import MINUTO, en_subasta, fin, puja, sala

Suceso = tuple[str, str, Any]
"""Its name, its id, what it says."""
ESPERA_S = 120.0


@pytest.fixture(autouse=True)
def seguido(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks often, so that nobody waits here for a second to pass."""
    monkeypatch.setattr(vivo, "MIRAR_CADA_S", 0.02)
    monkeypatch.setattr(vivo, "FRESCO_S", 0.0)


def cosa(id_: UUID, grupo: int = 1) -> vivo.Cosa:
    with transaccion() as sesion:
        return vivo.cosa_de(sesion, id_, grupo)


def oir(de: vivo.Cosa, desde: str = "", *actos: Callable[[], object]) -> list[Suceso]:
    """What is told at first, until when it ends is; then each act, and the first thing told after it."""

    async def todo() -> list[Suceso]:
        oido: list[Suceso] = []
        async with aclosing(vivo.seguir(de, desde)) as tandas:
            for acto in (None, *actos):
                if acto is not None:
                    await asyncio.to_thread(acto)
                oidos = await asyncio.wait_for(anext(tandas), ESPERA_S)
                oido += [(s.nombre, s.id, json.loads(s.dice.model_dump_json())) for s in oidos]
        return oido

    return asyncio.run(todo())


def pujas(oido: list[Suceso]) -> list[tuple[str, str]]:
    return [(id_, dicho["total"]["monto"]) for nombre, id_, dicho in oido if nombre == "puja"]


def numero_de(id_: UUID, total: str) -> int:
    """Of who bids so now, for the chairs."""
    return next(p.proponente for p in sala(id_).subastados[0].posturas if p.total == bs(total))


def marca(ana: int, beto: int, de_ana: int) -> str:
    """So many of Ana's and of Beto's, in the order of their numbers."""
    return f"{ana}-{beto}" if de_ana == 1 else f"{beto}-{ana}"


def test_quien_vuelve_no_pierde_ninguna_ni_la_oye_dos_veces(feria: Feria, reloj: Any) -> None:
    id_ = en_subasta(feria, reloj)
    de_ana = numero_de(id_, "59000.00")
    una = lambda: puja(feria.ana, id_, "57000.00")  # noqa: E731
    otra = lambda: puja(feria.beto, id_, "56000.00")  # noqa: E731
    oido = oir(cosa(id_), "", una, otra)
    assert [nombre for nombre, _id, _dicho in oido] == ["horario", "puja", "puja"]
    assert oido[0][1:] == (
        "0-0",
        {
            "estado": "abierta",
            "empieza_en": _z(sala(id_).subasta.empieza_en),
            "termina_en": _z(fin(id_)),
            "terminada_en": None,
            "turno": None,
        },
    )
    assert pujas(oido) == [
        (marca(1, 0, de_ana), "57000.00"),
        (marca(1, 1, de_ana), "56000.00"),
    ]
    assert oido[1][2] == {
        "proponente": de_ana,
        "numero": 1,
        "total": {"monto": "57000.00", "moneda": "BOB"},
        "hecha_en": oido[1][2]["hecha_en"],
    }
    puja(feria.ana, id_, "55000.00")
    assert pujas(oir(cosa(id_), marca(1, 1, de_ana))) == [(marca(2, 1, de_ana), "55000.00")]
    assert pujas(oir(cosa(id_), marca(2, 1, de_ana))) == []
    for no_es in ("", "1", "x-y", "1-1-1", "-1-0", "9" * 40 + "-0"):
        assert [total for _id, total in pujas(oir(cosa(id_), no_es))] == ["57000.00", "56000.00", "55000.00"]
    assert vivo._hilos == {}


def _z(instante: Any) -> str:
    return str(instante.isoformat().replace("+00:00", "Z"))


def test_la_que_se_hizo_antes_y_se_confirma_despues_tambien_se_oye(feria: Feria, reloj: Any) -> None:
    """Its row has a lesser id and an earlier instant than the one that was told before it."""
    id_ = en_subasta(feria, reloj)
    de_ana = numero_de(id_, "59000.00")
    with nueva_sesion() as lenta:
        pujar(lenta, feria.ana.actor, id_, feria.ana.id, 1, bs("57000.00"))
        oido = oir(cosa(id_), "", lambda: puja(feria.beto, id_, "56000.00"), lenta.commit)
    assert pujas(oido) == [
        (marca(0, 1, de_ana), "56000.00"),
        (marca(1, 1, de_ana), "57000.00"),
    ]
    assert pujas(oir(cosa(id_), marca(0, 1, de_ana))) == [(marca(1, 1, de_ana), "57000.00")]


def test_lo_que_se_deshace_no_se_oye(feria: Feria, reloj: Any) -> None:
    id_ = en_subasta(feria, reloj)
    with nueva_sesion() as sesion:
        pujar(sesion, feria.ana.actor, id_, feria.ana.id, 1, bs("57000.00"))
        sesion.flush()
        assert pujas(oir(cosa(id_))) == []
        oido = oir(cosa(id_), "", lambda: (sesion.rollback(), puja(feria.beto, id_, "56000.00")))
    assert [total for _id, total in pujas(oido)] == ["56000.00"]


def test_dice_cuando_se_alarga_y_cuando_termina_y_calla(feria: Feria, reloj: Any, cliente: Any) -> None:
    id_ = en_subasta(feria, reloj)
    termina = fin(id_)
    reloj.situar(termina - MINUTO)

    de = cosa(id_)

    def pujar_y_terminar() -> None:
        puja(feria.ana, id_, "57000.00")
        reloj.situar(termina + 5 * MINUTO + timedelta(seconds=1))
        assert terminar_subastas() == 1

    async def hasta_el_final() -> list[Any]:
        tarea = asyncio.create_task(asyncio.to_thread(pujar_y_terminar))
        oido = [suceso async for tanda in vivo.seguir(de, "") for suceso in tanda]
        await tarea
        return oido

    oido = asyncio.run(asyncio.wait_for(hasta_el_final(), ESPERA_S))
    assert [s.dice.total for s in oido if s.nombre == "puja"] == [bs("57000.00")]
    ultimo = oido[-1]
    assert (ultimo.nombre, ultimo.dice.estado, ultimo.dice.termina_en) == (
        "horario",
        "terminada",
        termina + 5 * MINUTO,
    )
    assert ultimo.dice.terminada_en is not None
    # By HTTP, once it is over, all at once; who each number was is said by the act, not here.
    respuesta = cliente.get(f"/api/v1/convocatorias/{id_}/subasta/eventos?grupo=1")
    assert respuesta.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert (respuesta.text.count("event: puja"), respuesta.text.count("event: horario")) == (1, 1)
    assert "Ana" not in respuesta.text
    assert '"57000.00"' in respuesta.text
    otra = cliente.get(
        f"/api/v1/convocatorias/{id_}/subasta/eventos?grupo=1&desde=0-0", headers={"Last-Event-ID": ultimo.id}
    )
    assert (otra.text.count("event: puja"), otra.text.count("event: horario")) == (0, 1)
    for direccion in (f"{id_}/subasta/eventos?grupo=7", f"{feria.publicada().id}/subasta/eventos?grupo=1"):
        assert cliente.get(f"/api/v1/convocatorias/{direccion}").json()["codigo"] == "sin_subasta"


def test_a_todos_se_les_dice_lo_que_se_escribio_una_vez(feria: Feria, reloj: Any) -> None:
    """All that watch here cost one reading and one writing; who comes later is told the same."""
    id_ = en_subasta(feria, reloj)
    cosa_ = cosa(id_)

    async def mirar() -> list[Any]:
        miran = [vivo.seguir(cosa_, "") for _n in range(3)]
        for tandas in miran:
            await anext(tandas)
        await asyncio.to_thread(puja, feria.ana, id_, "57000.00")
        dichos = [await anext(tandas) for tandas in miran]
        tarde = vivo.seguir(cosa_, "")
        dichos.append((await anext(tarde))[:1])
        for tandas in (*miran, tarde):
            await tandas.aclose()
        return dichos

    (uno,), *otros, (tarde,) = asyncio.run(mirar())
    assert [otro[0] is uno for otro in otros] == [True, True]
    assert (tarde.trama, tarde is uno) == (uno.trama, False)


def test_quien_mira_no_ocupa_conexion_ni_se_queda_para_siempre(
    feria: Feria, reloj: Any, bd: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = en_subasta(feria, reloj)
    cosa_ = cosa(id_)
    ocupadas: list[int] = []
    monkeypatch.setattr(vivo, "MIRAR_CADA_S", 3600.0)

    async def mirar(cuantos: int) -> None:
        corriendo = [vivo.seguir(cosa_, "") for _n in range(cuantos)]
        assert {s.nombre for tandas in corriendo for s in await anext(tandas)} == {"horario"}
        esperan = [asyncio.create_task(anext(sucesos)) for sucesos in corriendo]  # type: ignore[arg-type]
        await asyncio.sleep(0)
        ocupadas.append(bd.pool.checkedout())  # type: ignore[attr-defined]
        assert vivo._hilos[id_, 1].miran == cuantos
        for espera in esperan:
            espera.cancel()
        await asyncio.gather(*esperan, return_exceptions=True)

    asyncio.run(mirar(60))
    assert (ocupadas, vivo._hilos) == ([0], {})
    monkeypatch.setattr(vivo, "DURA_S", 0.0)
    assert [s[0] for s in oir(cosa_)] == ["horario"]

    async def entero() -> list[Any]:
        return [suceso async for tanda in vivo.seguir(cosa_, "") for suceso in tanda]

    assert len(asyncio.run(entero())) == 1
    monkeypatch.setattr(vivo, "DURA_S", 3600.0)
    monkeypatch.setattr(corrientes, "_acabando", True)
    assert len(asyncio.run(entero())) == 1


def test_los_lugares_se_acaban_y_se_dejan(
    feria: Feria, reloj: Any, cliente: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = en_subasta(feria, reloj)
    monkeypatch.setattr(vivo, "DURA_S", 0.0)
    direccion = f"/api/v1/convocatorias/{id_}/subasta/eventos?grupo=1"
    for limite in ("MAXIMO", "DE_UNA_DIRECCION"):
        for _vez in range(3):
            assert cliente.get(direccion).status_code == 200
        with monkeypatch.context() as parche:
            parche.setattr(corrientes, limite, 0)
            llena = cliente.get(direccion)
            assert (llena.status_code, llena.headers["content-type"]) == (503, "application/problem+json")
    assert corrientes._abiertas == {}


@pytest.mark.parametrize(
    ("uno", "otro", "juntos"),
    [
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("testclient", "testclient", True),
    ],
)
def test_de_una_red_son_de_uno(uno: str, otro: str, juntos: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of IPv6 the places are counted by /64: who has one has all its addresses."""
    monkeypatch.setattr(corrientes, "DE_UNA_DIRECCION", 1)

    async def los_dos() -> None:
        lugar = asynccontextmanager(corrientes.lugar)
        async with AsyncExitStack() as tomados:
            for de in (uno, otro):
                await tomados.enter_async_context(lugar(Request({"type": "http", "client": (de, 1)})))

    with pytest.raises(NoDisponible) if juntos else nullcontext():
        asyncio.run(los_dos())
    assert corrientes._abiertas == {}


@contextmanager
def otro_proceso() -> Iterator[int]:
    """The port of a web process of its own, as the supervisor starts one."""
    with socket.create_server(("127.0.0.1", 0)) as escucha:
        puerto: int = escucha.getsockname()[1]
        orden = [sys.executable, "-m", "plataforma.servir", "plataforma.web:app", str(escucha.fileno())]
        entorno = os.environ | {"PYTHONPATH": str(RAIZ)}
        proceso = subprocess.Popen(orden, cwd=RAIZ, env=entorno, pass_fds=[escucha.fileno()])
    try:
        yield puerto
    finally:
        proceso.terminate()
        assert proceso.wait(ESPERA_S) == -signal.SIGTERM


def _leer(respuesta: HTTPResponse, hasta: str) -> str:
    """The lines of the answer, until one that begins so."""
    leido = ""
    while not leido.rpartition("\n")[2].startswith(hasta):
        linea = respuesta.readline().decode()
        assert linea, f"it ended: {leido}"
        leido += linea.removesuffix("\n") if not leido else "\n" + linea.removesuffix("\n")
    return leido


@pytest.mark.lento
def test_lo_que_toma_un_proceso_lo_dice_otro(feria: Feria, reloj: Any) -> None:
    """Who watches in two other processes hears each bid that this one takes, and lets both of them end."""
    id_ = en_subasta(feria, reloj)
    direccion = f"/api/v1/convocatorias/{id_}/subasta/eventos?grupo=1"
    with ThreadPoolExecutor() as grupo, otro_proceso() as uno, otro_proceso() as dos:
        conexiones = [HTTPConnection("127.0.0.1", puerto, timeout=ESPERA_S) for puerto in (uno, dos)]
        for conexion in conexiones:
            conexion.request("GET", direccion, headers={"Accept-Encoding": "gzip"})
        respuestas = list(grupo.map(HTTPConnection.getresponse, conexiones))
        for respuesta in respuestas:
            assert respuesta.headers.get("content-encoding") is None
            assert "event: horario" in _leer(respuesta, "retry: ")
        puja(feria.ana, id_, "57000.00")
        for respuesta in respuestas:
            assert '"57000.00"' in _leer(respuesta, "id: ")
        puja(feria.beto, id_, "56000.00")
        for respuesta in respuestas:
            assert '"56000.00"' in _leer(respuesta, "id: 1-1")
    for respuesta, conexion in zip(respuestas, conexiones, strict=True):
        respuesta.read()  # it was ended, not cut: that would be an `IncompleteRead`
        conexion.close()
