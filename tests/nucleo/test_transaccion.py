"""The transaction rule: a client that reads 2xx finds its row; a commit that fails answers 5xx."""

import contextlib
import time
from types import SimpleNamespace
from typing import Any

import anyio
import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, UploadFile
from pydantic import BaseModel
from sqlalchemy import Engine, text
from sqlalchemy.exc import TimeoutError as SinConexion
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from nucleo import problemas, tareas
from nucleo.acceso import publico
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.bd import Sesion, crear_motor, motor, sobrevive, transaccion
from nucleo.errores import Conflicto, NoDisponible
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.modelos import Auditoria
from nucleo.tareas import cada_uno, pendientes, por_tandas
from nucleo.web import Seguridad


class Cuerpo(BaseModel):
    texto: str


@pytest.fixture
def laboratorio(duenio: Engine) -> Any:
    """A tiny application over a table whose constraint is only checked at commit."""
    with duenio.begin() as conexion:
        conexion.execute(text("DROP TABLE IF EXISTS laboratorio"))
        conexion.execute(
            text("CREATE TABLE laboratorio (n int UNIQUE DEFERRABLE INITIALLY DEFERRED, t text)")
        )
        conexion.execute(text("GRANT ALL ON laboratorio TO qhatu_aplicacion"))
    app = FastAPI()
    problemas.instalar(app)
    app.add_middleware(Seguridad)
    router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, dependencies=[Depends(publico)])
    llamadas: list[str] = []

    @router.post("/filas/{n}", status_code=201)
    def crear(n: int, cuerpo: Cuerpo, sesion: Sesion, _: Idempotente) -> dict[str, Any]:
        llamadas.append(cuerpo.texto)
        sesion.connection().execute(
            text("INSERT INTO laboratorio VALUES (:n, :t)"), {"n": n, "t": cuerpo.texto}
        )
        if cuerpo.texto.startswith("sobrevive"):
            sobrevive(sesion, lambda s: _anotar(s, n + 100, cuerpo.texto))
        if "conflicto" in cuerpo.texto:
            raise Conflicto("Ya no se puede.")
        if "error" in cuerpo.texto:
            raise ZeroDivisionError
        if cuerpo.texto == "ocupado" and len(llamadas) == 1:
            raise NoDisponible("Repita la misma solicitud.")
        if cuerpo.texto == "corte" and len(llamadas) == 1:
            sesion.connection().execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        if cuerpo.texto == "sin conexión" and len(llamadas) == 1:
            raise SinConexion
        return {"n": n, "llamadas": len(llamadas)}

    @router.post("/de-a-una", status_code=201)
    def de_a_una(sesion: Sesion, _: Idempotente) -> dict[str, int]:
        sesion.connection().execute(text("SELECT pg_advisory_xact_lock(7)"))
        return {"n": 1}

    @router.post("/archivos", status_code=201)
    def subir(archivo: UploadFile, _: Idempotente) -> dict[str, int]:
        contenido = archivo.file.read()
        llamadas.append(contenido.decode())
        return {"bytes": len(contenido)}

    app.include_router(router)
    yield TestClient(app, raise_server_exceptions=False), llamadas
    with duenio.begin() as conexion:
        conexion.execute(text("DROP TABLE laboratorio"))


def _anotar(sesion: Session, n: int, texto: str) -> None:
    sesion.connection().execute(text("INSERT INTO laboratorio VALUES (:n, :t)"), {"n": n, "t": texto})


def filas() -> list[tuple[int, str]]:
    with motor().connect() as conexion:
        return [tuple(f) for f in conexion.execute(text("SELECT n, t FROM laboratorio ORDER BY n")).all()]


def test_una_confirmacion_que_falla_responde_5xx_y_no_deja_fila(laboratorio: Any) -> None:
    cliente, _ = laboratorio
    assert cliente.post("/api/v1/filas/1", json={"texto": "a"}).status_code == 201
    repetida = cliente.post("/api/v1/filas/1", json={"texto": "b"})
    assert repetida.status_code == 500
    assert repetida.json()["codigo"] == "error_interno"
    assert repetida.json()["solicitud"] == repetida.headers["x-request-id"]
    assert "default-src 'none'" in repetida.headers["content-security-policy"]
    assert filas() == [(1, "a")]


def test_un_rechazo_deshace_todo(laboratorio: Any) -> None:
    cliente, _ = laboratorio
    respuesta = cliente.post("/api/v1/filas/1", json={"texto": "conflicto"})
    assert (respuesta.status_code, respuesta.json()["detail"]) == (409, "Ya no se puede.")
    assert respuesta.headers["content-type"] == "application/problem+json"
    assert filas() == []


def test_la_misma_clave_repite_la_respuesta_sin_ejecutar(laboratorio: Any) -> None:
    cliente, llamadas = laboratorio
    clave = {"Idempotency-Key": "k1"}
    primera = cliente.post("/api/v1/filas/1", json={"texto": "a"}, headers=clave)
    segunda = cliente.post("/api/v1/filas/1", json={"texto": "a"}, headers=clave)
    assert (primera.status_code, segunda.status_code) == (201, 201)
    assert segunda.content == primera.content
    assert segunda.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in primera.headers
    assert llamadas == ["a"]
    otra = cliente.post("/api/v1/filas/1", json={"texto": "b"}, headers=clave)
    assert (otra.status_code, otra.json()["codigo"]) == (422, "clave_con_otro_cuerpo")
    assert filas() == [(1, "a")]


@pytest.mark.parametrize(("texto", "estado"), [("conflicto", 409), ("error", 500)])
def test_un_rechazo_tambien_se_guarda(laboratorio: Any, texto: str, estado: int) -> None:
    cliente, llamadas = laboratorio
    clave = {"Idempotency-Key": "k2"}
    primera = cliente.post("/api/v1/filas/1", json={"texto": texto}, headers=clave)
    segunda = cliente.post("/api/v1/filas/1", json={"texto": texto}, headers=clave)
    assert (primera.status_code, segunda.status_code) == (estado, estado)
    assert segunda.content == primera.content
    assert llamadas == [texto]
    assert filas() == []


@pytest.mark.parametrize("clave", [{}, {"Idempotency-Key": "k9"}])
@pytest.mark.parametrize(
    ("texto", "quedan"),
    [
        ("sobrevive al conflicto", [(101, "sobrevive al conflicto")]),
        ("sobrevive", [(1, "sobrevive")]),
        ("sobrevive al error", []),
    ],
)
def test_de_un_rechazo_queda_lo_declarado_y_una_sola_vez(
    laboratorio: Any, clave: dict[str, str], texto: str, quedan: list[tuple[int, str]]
) -> None:
    cliente, _ = laboratorio
    cliente.post("/api/v1/filas/1", json={"texto": texto}, headers=clave)
    assert filas() == quedan
    if clave:
        cliente.post("/api/v1/filas/1", json={"texto": texto}, headers=clave)
        assert filas() == quedan


@pytest.mark.parametrize("texto", ["ocupado", "corte", "sin conexión"])
def test_lo_que_pide_repetir_no_gasta_la_clave(laboratorio: Any, texto: str) -> None:
    """The database went away in the middle: nothing was done, and the same key must be able to do it."""
    cliente, _ = laboratorio
    clave = {"Idempotency-Key": "k7"}
    primera = cliente.post("/api/v1/filas/1", json={"texto": texto}, headers=clave)
    assert (primera.status_code, primera.json()["codigo"]) == (503, "no_disponible")
    assert filas() == []
    segunda = cliente.post("/api/v1/filas/1", json={"texto": texto}, headers=clave)
    assert (segunda.status_code, segunda.json()) == (201, {"n": 1, "llamadas": 2})
    assert filas() == [(1, texto)]


def a_la_vez(laboratorio: Any, cuantas: int) -> list[httpx.Response]:
    """Answers of as many requests in one process, each with its key, to what is done one by one."""
    cliente, _ = laboratorio
    respuestas: list[httpx.Response] = []

    async def todas() -> None:
        transporte = httpx.ASGITransport(cliente.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transporte, base_url="http://prueba") as a:

            async def una(n: int) -> None:
                claves = {"Idempotency-Key": f"vez-{n}"}
                respuestas.append(await a.post("/api/v1/de-a-una", headers=claves))

            async with anyio.create_task_group() as grupo:
                for n in range(cuantas):
                    grupo.start_soon(una, n)

    anyio.run(todas)
    return respuestas


def test_muchas_mas_que_hilos_y_conexiones_terminan_todas(laboratorio: Any) -> None:
    """Those that wait for a connection or for a row leave a thread to whoever holds it and has to end."""
    assert [r.status_code for r in a_la_vez(laboratorio, 120)] == [201] * 120


def test_a_quien_espera_demasiado_se_le_dice(laboratorio: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nucleo.bd.PUESTOS", 0)
    monkeypatch.setattr("nucleo.bd.ESPERA_DE_PUESTO", 0.01)
    (respuesta,) = a_la_vez(laboratorio, 1)
    assert (respuesta.status_code, respuesta.headers["retry-after"]) == (503, "5")
    assert respuesta.json()["detail"] == "El servicio está ocupado. Repita la acción en unos segundos."


def test_una_solicitud_mal_formada_no_gasta_la_clave(laboratorio: Any) -> None:
    cliente, _ = laboratorio
    clave = {"Idempotency-Key": "k3"}
    assert cliente.post("/api/v1/filas/1", json={}, headers=clave).status_code == 422
    assert cliente.post("/api/v1/filas/1", json={"texto": "a"}, headers=clave).status_code == 201


def test_la_clave_en_curso_responde_409(laboratorio: Any) -> None:
    """The rival holds the key's lock in a transaction that has not ended."""
    import hashlib

    cliente, llamadas = laboratorio
    cerrojo = int.from_bytes(hashlib.sha256(b"anonimo\nk4").digest()[:8], "big", signed=True)
    with motor().connect() as rival:
        rival.execute(text("SELECT pg_advisory_xact_lock(:c)"), {"c": cerrojo})
        respuesta = cliente.post("/api/v1/filas/1", json={"texto": "a"}, headers={"Idempotency-Key": "k4"})
        assert (respuesta.status_code, respuesta.json()["codigo"]) == (409, "clave_en_curso")
        assert llamadas == []
    assert (
        cliente.post("/api/v1/filas/1", json={"texto": "a"}, headers={"Idempotency-Key": "k4"}).status_code
        == 201
    )


def test_una_confirmacion_que_falla_no_guarda_la_respuesta_de_exito(laboratorio: Any) -> None:
    cliente, _ = laboratorio
    cliente.post("/api/v1/filas/1", json={"texto": "a"})
    clave = {"Idempotency-Key": "k5"}
    assert cliente.post("/api/v1/filas/1", json={"texto": "b"}, headers=clave).status_code == 500
    with transaccion() as sesion:
        sesion.connection().execute(text("DELETE FROM laboratorio"))
    assert cliente.post("/api/v1/filas/1", json={"texto": "b"}, headers=clave).status_code == 201


def test_la_clave_tambien_vale_para_un_archivo(laboratorio: Any) -> None:
    cliente, llamadas = laboratorio
    clave = {"Idempotency-Key": "k6"}
    envios = [{"archivo": ("a.txt", b"hola", "text/plain")}, {"archivo": ("a.txt", b"otra", "text/plain")}]
    # A fixed boundary: the key belongs to the bytes that were sent.
    cabeceras = clave | {"Content-Type": "multipart/form-data; boundary=limite"}

    def cuerpo(envio: dict[str, tuple[str, bytes, str]]) -> bytes:
        nombre, contenido, tipo = envio["archivo"]
        return (
            b'--limite\r\nContent-Disposition: form-data; name="archivo"; filename="'
            + nombre.encode()
            + b'"\r\nContent-Type: '
            + tipo.encode()
            + b"\r\n\r\n"
            + contenido
            + b"\r\n--limite--\r\n"
        )

    primera = cliente.post("/api/v1/archivos", content=cuerpo(envios[0]), headers=cabeceras)
    assert (primera.status_code, primera.json()) == (201, {"bytes": 4})
    repetida = cliente.post("/api/v1/archivos", content=cuerpo(envios[0]), headers=cabeceras)
    assert repetida.headers["idempotency-replayed"] == "true"
    otra = cliente.post("/api/v1/archivos", content=cuerpo(envios[1]), headers=cabeceras)
    assert otra.status_code == 422
    assert llamadas == ["hola"]


def test_una_conexion_que_el_servidor_cerro_no_llega_a_una_solicitud(bd: Engine) -> None:
    """Every idle connection of the pool is killed, as a restart does; nobody sees an error."""
    abiertas = [bd.connect() for _ in range(3)]
    antes = {conexion.execute(text("SELECT pg_backend_pid()")).scalar_one() for conexion in abiertas}
    for conexion in abiertas:
        conexion.close()
    otro = crear_motor(bd.url.render_as_string(hide_password=False))
    with otro.connect() as verdugo:
        # Waiting for each to be gone, so that the end is already in the socket.
        matadas = verdugo.execute(
            text("SELECT bool_and(pg_terminate_backend(p, 5000)) FROM unnest(CAST(:p AS int[])) p"),
            {"p": sorted(antes)},
        )
        assert matadas.scalar_one() is True
    otro.dispose()
    abiertas = [bd.connect() for _ in range(3)]
    despues = {conexion.execute(text("SELECT pg_backend_pid()")).scalar_one() for conexion in abiertas}
    for conexion in abiertas:
        conexion.close()
    assert len(despues - antes) == 3


def test_un_barrido_sigue_aunque_uno_falle(bd: Any, monkeypatch: Any) -> None:
    """What fails harms no other: it is undone, logged, put off, raised when the rest is done, tried again."""
    hechos: list[int] = []
    falla = True

    def hacer(sesion: Session, n: int) -> bool:
        auditar(sesion, Actor.sistema("prueba"), "prueba.barrer", "prueba", n)
        if n == 1 and falla:
            raise RuntimeError("uno no puede")
        hechos.append(n)
        return n != 2

    def aplazar(sesion: Session, n: int) -> None:
        assert hechos == [2, 3]
        auditar(sesion, Actor.sistema("prueba"), "prueba.aplazar", "prueba", n)

    dichos: list[tuple[str, str]] = []
    bitacora = SimpleNamespace(exception=lambda que, *, de: dichos.append((que, de)))
    monkeypatch.setattr(tareas, "registro", bitacora)
    with pytest.raises(RuntimeError, match="uno no puede"):
        cada_uno([1, 2, 3], hacer, si_falla=aplazar)
    assert dichos == [("barrido_con_falla", "1")]
    with transaccion() as sesion:
        guardados = sesion.exec(
            select(Auditoria.accion, Auditoria.objeto_id).where(col(Auditoria.accion).like("prueba.%"))
        ).all()
    assert set(guardados) == {("prueba.barrer", "2"), ("prueba.barrer", "3"), ("prueba.aplazar", "1")}

    falla = False
    assert cada_uno([1, 2, 3], hacer, si_falla=aplazar) == 2
    assert hechos == [2, 3, 1, 2, 3]


def test_lo_que_falla_siempre_no_hace_esperar_al_resto(bd: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One by one: the first in order fails each time, and the others are done all the same."""
    monkeypatch.setattr("nucleo.tareas.LOTE", 1)
    with transaccion() as sesion:
        for n in (1, 2, 3):
            auditar(sesion, Actor.sistema("prueba"), "prueba.barrer", "prueba", n)

    hechos: set[str] = set()

    def hacer(sesion: Session, n: str) -> bool:
        if n == "1":
            raise RuntimeError("uno no puede")
        auditar(sesion, Actor.sistema("prueba"), "prueba.hecho", "prueba", n)
        hechos.add(n)
        return True

    hecho = select(Auditoria.objeto_id).where(Auditoria.accion == "prueba.hecho")
    faltan = (
        select(Auditoria.objeto_id)
        .where(Auditoria.accion == "prueba.barrer", Auditoria.objeto_id.not_in(hecho))  # type: ignore[attr-defined]
        .order_by(Auditoria.objeto_id)
    )
    for _vez in range(300):  # that one of three never comes up in so many times: one in 10^52
        with contextlib.suppress(RuntimeError):
            cada_uno(pendientes(faltan), hacer)
        if hechos == {"2", "3"}:
            break
    assert pendientes(faltan) == ["1"]


def test_un_barrido_sigue_mientras_quedan_tandas_enteras_y_tiempo(
    bd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nucleo.tareas.LOTE", 2)
    with transaccion() as sesion:
        for n in range(5):
            auditar(sesion, Actor.sistema("prueba"), "prueba.barrer", "prueba", n)
    faltan = text(
        "SELECT a.objeto_id FROM nucleo_auditoria a WHERE a.accion = :que AND NOT EXISTS (SELECT"
        " FROM nucleo_auditoria h WHERE h.accion = 'prueba.hecho' AND h.objeto_id = a.objeto_id) LIMIT :n"
    )

    def hacer(sesion: Session, n: str) -> bool:
        auditar(sesion, Actor.sistema("prueba"), "prueba.hecho", "prueba", n)
        return True

    assert por_tandas(faltan, hacer, hasta=time.monotonic() - 1, que="prueba.barrer") == 0
    assert por_tandas(faltan, hacer, hasta=time.monotonic() + 60, que="prueba.barrer") == 5
    assert por_tandas(faltan, hacer, hasta=time.monotonic() + 60, que="prueba.barrer") == 0
