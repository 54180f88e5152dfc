"""Engine, session and the transaction rule.

A handler gets its session from `Sesion`; the dependency commits **before** the response leaves (FastAPI's
``scope="function"``) so that a client that reads 201 finds its row, and a failing commit answers 5xx.
Services flush, they never commit.
"""

import select
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import lru_cache
from types import TracebackType
from typing import Annotated, Any, TypeVar, cast

import psycopg
from anyio import CancelScope, CapacityLimiter, Semaphore, move_on_after, to_thread
from anyio.lowlevel import RunVar
from fastapi import Depends, Request
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import Session as SesionSqlAlchemy
from sqlmodel import Session, SQLModel

from nucleo import reloj
from nucleo.configuracion import ajustes
from nucleo.errores import ErrorDominio, ocupado

# Requests at once of one process that may hold a connection, of the pool's 40: the rest are for what an act
# opens beside its own, and each holder finds one of the 40 threads. Those that wait hold neither.
PUESTOS = 30
ESPERA_DE_PUESTO = 15.0

R = TypeVar("R")

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def url_sqlalchemy(url: str) -> str:
    """`postgresql://…` as operators write it, with the driver SQLAlchemy needs."""
    for prefijo in ("postgresql://", "postgres://"):
        if url.startswith(prefijo):
            return "postgresql+psycopg://" + url.removeprefix(prefijo)
    return url


def opciones_de_preparadas(umbral: int = 5) -> dict[str, Any]:
    """For psycopg: prepare a statement used more than `umbral` times, or none where one connection is handed
    from client to client."""
    return {"prepare_threshold": umbral if ajustes().base_datos_preparadas else None}


def crear_motor(url: str, **opciones: Any) -> Engine:
    """An engine with our settings. Time-outs and UTC are of the role (`plataforma.plazos`), because PgBouncer
    refuses start-up options; nothing here may hold from one transaction to the next.
    """
    opciones.setdefault("pool_size", 20)
    opciones.setdefault("max_overflow", 20)
    # Statements kept compiled: the platform has more than SQLAlchemy's own 500, and forgot them by turns.
    opciones.setdefault("query_cache_size", 2_000)
    nuevo = create_engine(
        url_sqlalchemy(url),
        connect_args={"application_name": "qhatu", **opciones_de_preparadas()},
        **opciones,
    )

    event.listen(nuevo, "checkout", _exigir_viva)

    @event.listens_for(nuevo, "begin")
    def _aplicar_desfase(conexion: Connection) -> None:
        if reloj.desfase():
            conexion.exec_driver_sql(
                "SELECT set_config('qhatu.desfase', %s, true)", (f"{reloj.desfase().total_seconds()} s",)
            )

    return nuevo


def _exigir_viva(conexion: psycopg.Connection[Any], *_: Any) -> None:
    """Have the pool open another connection when this one was closed while it waited.

    A server that goes away says so on the socket, and an idle connection has nothing else to say: looking
    whether there is something to read costs no round trip, as a ping does.
    """
    sonda = select.poll()
    if not conexion.closed:
        sonda.register(conexion.fileno(), select.POLLIN)
    if conexion.closed or sonda.poll(0):
        raise DisconnectionError


_cerrojo = threading.Lock()


@lru_cache
def _motor() -> Engine:
    url = ajustes().base_datos_url
    if url is None:
        raise RuntimeError("Falta QHATU_BASE_DATOS_URL: arranque la plataforma con «qhatu run».")
    return crear_motor(url)


def motor() -> Engine:
    """The process's engine, made at first use (after any fork)."""
    with _cerrojo:
        return _motor()


def olvidar_motor() -> None:
    """Drop the engine without touching sockets that a forked parent still uses."""
    with _cerrojo:
        if _motor.cache_info().currsize:
            _motor().dispose(close=False)
        _motor.cache_clear()


def nueva_sesion() -> Session:
    return Session(motor(), expire_on_commit=False)


@contextmanager
def transaccion() -> Iterator[Session]:
    """A session that commits at the end of the block, after `al_final`, and rolls back on any error.

    Of a refusal (`ErrorDominio`), only what the use case declared to survive is written.
    """
    with nueva_sesion() as sesion:
        try:
            yield sesion
            sesion.info.pop("al_final", _nada)()
            sesion.commit()
        except ErrorDominio:
            sesion.rollback()
            escribir_lo_que_sobrevive(sesion)
            sesion.commit()
            raise
        except BaseException:
            sesion.rollback()
            raise


def _nada() -> None:
    pass


def al_final(sesion: Session, funcion: Callable[[], None]) -> None:
    """The last thing to write in the transaction, once the answer is known."""
    sesion.info["al_final"] = funcion


_puestos: RunVar[Semaphore] = RunVar("puestos")


@asynccontextmanager
async def _puesto() -> AsyncIterator[None]:
    """Wait, in order and without a thread, until few enough requests hold a connection.

    Whoever waits for one in a thread keeps the thread, and whoever holds a row may need it to end.
    """
    try:
        puestos = _puestos.get()
    except LookupError:
        puestos = Semaphore(PUESTOS, fast_acquire=True)
        _puestos.set(puestos)
    with move_on_after(ESPERA_DE_PUESTO) as espera:
        await puestos.acquire()
    if espera.cancelled_caught:
        raise ocupado()
    try:
        yield
    finally:
        puestos.release()


async def en_hilo(leer: Callable[[], R]) -> R:
    """For an answer that goes on: a reading in a thread, which waits its turn as a request does.

    Raises: `NoDisponible` when too many others are served.
    """
    async with _puesto():
        return await to_thread.run_sync(leer)


async def obtener_sesion(request: Request) -> AsyncIterator[Session]:
    """A transaction for the request. Beginning one asks the database for nothing yet: only its end, if
    anything was asked, goes to a thread, and to one of its own.

    Raises: `NoDisponible` when too many others are served.
    """
    async with _puesto(), _transaccion_de(request) as sesion:
        yield sesion


@asynccontextmanager
async def _transaccion_de(request: Request) -> AsyncIterator[Session]:
    marco = transaccion()
    sesion = request.state.sesion = marco.__enter__()

    async def terminar(
        tipo: type[BaseException] | None, error: BaseException | None, traza: TracebackType | None
    ) -> None:
        with CancelScope(shield=True):
            await to_thread.run_sync(marco.__exit__, tipo, error, traza, limiter=CapacityLimiter(1))

    try:
        yield sesion
    except BaseException as error:
        await terminar(type(error), error, error.__traceback__)
        raise
    if sesion.in_transaction():
        await terminar(None, None, None)
    else:
        marco.__exit__(None, None, None)


@lru_cache(maxsize=1)
def _lector(motor: Engine) -> Engine:
    """The same connections, each statement a transaction of its own."""
    return motor.execution_options(isolation_level="AUTOCOMMIT")


async def obtener_lectura(request: Request) -> AsyncIterator[Session]:
    """For a page that only reads: each statement by itself, as READ COMMITTED shows it anyway, and nothing to
    begin nor to end. What it writes by the way (that somebody's session is in use) is one statement.
    """
    if reloj.desfase():  # a moved clock is told where a transaction begins
        async with asynccontextmanager(obtener_sesion)(request) as sesion:
            yield sesion
        return
    async with _puesto():
        with Session(_lector(motor()), expire_on_commit=False) as sesion:
            request.state.sesion = sesion
            yield sesion


Sesion = Annotated[Session, Depends(obtener_sesion, scope="function")]
Lectura = Annotated[Session, Depends(obtener_lectura, scope="function")]


@contextmanager
def en_una(sesion: Session) -> Iterator[Connection]:
    """The connection, for statements that need one and the same transaction, whatever the session is."""
    conexion = sesion.connection()
    cruda = cast("psycopg.Connection[Any]", conexion.connection.driver_connection)
    with cruda.transaction():
        yield conexion


def retener(sesion: Session, fila: SQLModel) -> None:
    """Keep a row that this session has read while it lasts, so that `sesion.get` finds it and does not ask
    for it again: a session forgets what nobody holds."""
    sesion.info.setdefault("retenidas", []).append(fila)


def tras_confirmar(sesion: Session, clave: str, funcion: Any) -> None:
    """Run `funcion()` once after this session commits (never inside the transaction); dropped on rollback."""
    sesion.info.setdefault("tras_confirmar", {})[clave] = funcion


def sobrevive(sesion: Session, funcion: Callable[[Session], None]) -> None:
    """Have `funcion(sesion)` written if this act is refused, after everything else of it is undone.

    The use case declares it before it raises: a wrong delivery code that counts, an attempt that is audited.
    If the act goes well, nothing is written. `funcion` must not need rows that the act itself made.
    """
    sesion.info.setdefault("sobrevive", []).append(funcion)


def escribir_lo_que_sobrevive(sesion: Session) -> None:
    """For whoever undoes a refused act (the door of forms, `transaccion`, the idempotency key)."""
    for funcion in sesion.info.pop("sobrevive", []):
        funcion(sesion)
    sesion.flush()


def olvidar_lo_que_sobrevive(sesion: SesionSqlAlchemy) -> None:
    sesion.info.pop("sobrevive", None)


@event.listens_for(SesionSqlAlchemy, "after_commit")
def _ejecutar_pendientes(sesion: SesionSqlAlchemy) -> None:
    if sesion.in_nested_transaction():  # a released savepoint is not a commit
        return
    olvidar_lo_que_sobrevive(sesion)
    for funcion in sesion.info.pop("tras_confirmar", {}).values():
        funcion()


@event.listens_for(SesionSqlAlchemy, "after_rollback")
def _descartar_pendientes(sesion: SesionSqlAlchemy) -> None:
    sesion.info.pop("tras_confirmar", None)


def comprobar() -> None:
    """Raise unless the database answers (readiness)."""
    with motor().connect() as conexion:
        conexion.execute(text("SELECT 1"))
