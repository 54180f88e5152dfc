"""Serve together the requests that arrive together: one call to the database for all of them.

While a call is under way the next requests gather; when it returns they go in one call. So a batch is as
large as the load asks for, and a lone request waits for nobody.
"""

import asyncio
import atexit
from collections import Counter, deque
from collections.abc import Hashable
from typing import Any, Generic, TypeVar

import psycopg
import structlog

from nucleo import reloj
from nucleo.bd import opciones_de_preparadas
from nucleo.configuracion import ajustes
from nucleo.errores import NoDisponible
from nucleo.textos import gettext as _
from pagos.libro import ColaLlena

registro = structlog.get_logger(__name__)

EN_COLA_MAXIMO = 4096
POR_LLAMANTE_MAXIMO = 512  # so that one who sends without pause fills neither the queue nor a call
POR_LLAMADA_MAXIMO = 1000
INTENTOS_MAXIMO = 3

P = TypeVar("P")
R = TypeVar("R")


class Agrupador(Generic[P, R]):
    """One per process and event loop; it owns one connection and never has two calls in flight.

    Subclasses say how a batch is applied; applying it twice must be harmless, because a connection lost in
    the middle leaves its fate unknown and the same batch is sent again.
    """

    def __init__(self, en_cola_maximo: int = EN_COLA_MAXIMO) -> None:
        self.en_cola_maximo = en_cola_maximo
        self.llamadas = 0
        self._de_cada_uno: Counter[Hashable] = Counter()
        self._cola: deque[tuple[P, asyncio.Future[R]]] = deque()
        self._vaciando: asyncio.Task[None] | None = None
        self._conexion: psycopg.AsyncConnection[Any] | None = None

    async def aplicar(self, conexion: psycopg.AsyncConnection[Any], pedidos: list[P]) -> list[R]:
        """One answer for each request, in order; each call commits on its own."""
        raise NotImplementedError

    def traducir(self, error: psycopg.Error) -> Exception:
        """The error that the request gets for a failure of the database."""
        if isinstance(error, psycopg.OperationalError):
            return NoDisponible(_("El servicio está ocupado. Repita la misma solicitud."))
        return error

    async def pedir(self, pedido: P, de: Hashable) -> R:
        """The answer to one request of the caller `de`.

        Raises `ColaLlena` when too many wait, of all or of this caller, and what `traducir` says.
        """
        if len(self._cola) >= self.en_cola_maximo or self._de_cada_uno[de] >= POR_LLAMANTE_MAXIMO:
            raise ColaLlena(_("Hay demasiados pagos en curso. Repita este mismo pago en un segundo."))
        respuesta: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._cola.append((pedido, respuesta))
        self._de_cada_uno[de] += 1
        if self._vaciando is None or self._vaciando.done():
            self._vaciando = asyncio.create_task(self._vaciar())
        try:
            return await respuesta
        finally:
            self._de_cada_uno[de] -= 1
            if self._de_cada_uno[de] == 0:
                del self._de_cada_uno[de]

    async def _vaciar(self) -> None:
        await asyncio.sleep(0)  # let the requests of this same turn of the loop come along
        while self._cola:
            lote = [self._cola.popleft() for _ in range(min(len(self._cola), POR_LLAMADA_MAXIMO))]
            try:
                respuestas = await self._intentar([pedido for pedido, _futuro in lote])
            except psycopg.Error as error:
                await self._de_a_uno(lote, error)
            except BaseException as error:
                _fallar(lote, error)
                raise
            else:
                for (_pedido, futuro), respuesta in zip(lote, respuestas, strict=True):
                    if not futuro.done():
                        futuro.set_result(respuesta)

    async def _de_a_uno(self, lote: list[tuple[P, "asyncio.Future[R]"]], error: psycopg.Error) -> None:
        """The call failed as a whole; whoever caused it must not fail the neighbours."""
        if len(lote) == 1 or self._conexion is None or self._conexion.closed:
            registro.warning("lote_fallido", solicitudes=len(lote), error=repr(error))
            _fallar(lote, self.traducir(error))
            return
        for uno in lote:
            try:
                (respuesta,) = await self._intentar([uno[0]])
            except psycopg.Error as propio:
                _fallar([uno], self.traducir(propio))
            else:
                if not uno[1].done():
                    uno[1].set_result(respuesta)

    async def _intentar(self, pedidos: list[P]) -> list[R]:
        for intento in range(1, INTENTOS_MAXIMO + 1):
            try:
                respuestas = await self._llamar(pedidos)
                break
            except psycopg.OperationalError as error:
                # A row locked for too long is not tried again: one by one, those that do not need it pass.
                if intento == INTENTOS_MAXIMO or isinstance(error, psycopg.errors.LockNotAvailable):
                    raise
        self.llamadas += 1
        return respuestas

    async def _llamar(self, pedidos: list[P]) -> list[R]:
        conexion = self._conexion
        if conexion is None or conexion.closed:
            conexion = self._conexion = await _conectar()
        if not reloj.desfase():
            return await self.aplicar(conexion, pedidos)
        async with conexion.transaction():  # only tests move the clock
            segundos = f"{reloj.desfase().total_seconds()} s"
            await conexion.execute("SELECT set_config('qhatu.desfase', %s, true)", (segundos,))
            return await self.aplicar(conexion, pedidos)

    def cerrar(self) -> None:
        """Drop the connection without waiting (its loop may be gone)."""
        if self._conexion is not None:
            self._conexion.pgconn.finish()
            self._conexion = None


async def _conectar() -> psycopg.AsyncConnection[Any]:
    url = ajustes().base_datos_url
    assert url is not None
    return await psycopg.AsyncConnection.connect(
        url.replace("+psycopg", "", 1),
        autocommit=True,
        connect_timeout=5,
        application_name="qhatu-agrupador",
        **opciones_de_preparadas(umbral=0),
    )


def _fallar(lote: list[tuple[Any, "asyncio.Future[Any]"]], error: BaseException) -> None:
    for _pedido, futuro in lote:
        if not futuro.done():
            futuro.set_exception(error)


A = TypeVar("A", bound=Agrupador[Any, Any])
_del_proceso: dict[type[Any], tuple[asyncio.AbstractEventLoop, Agrupador[Any, Any]]] = {}


def del_proceso(clase: type[A]) -> A:
    """The one of this process and running event loop; one left by a loop that ended is closed."""
    bucle = asyncio.get_running_loop()
    previo = _del_proceso.get(clase)
    if previo is not None and previo[0] is bucle and isinstance(previo[1], clase):
        return previo[1]
    if previo is not None:
        previo[1].cerrar()
    nuevo = clase()
    _del_proceso[clase] = (bucle, nuevo)
    return nuevo


@atexit.register
def _al_salir() -> None:
    for _bucle, agrupador in _del_proceso.values():
        agrupador.cerrar()
