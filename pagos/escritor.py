"""Group commit at the web edge: concurrent single transfers of one process go to the ledger in one call.

While a batch is being written the next ones gather; when it returns they go together. So a batch is as
large as the load asks for, and a lone transfer waits for nobody. Each request gets its own result. A hot
account, whose row lock is held through the WAL flush, is locked once a batch instead of once a transfer.

The connection lost in the middle leaves the batch's fate unknown; since the ids are the clients' own, the
same batch is simply sent again, and what had been written answers `existe`.
"""

import asyncio
import atexit
from collections import deque
from dataclasses import dataclass
from typing import Any

import psycopg
import structlog

from nucleo import reloj
from nucleo.actor import Autorizacion
from nucleo.configuracion import ajustes
from nucleo.errores import ErrorDominio, NoDisponible
from nucleo.textos import gettext as _
from pagos.errores import ColaLlena, TransferenciaEnCurso
from pagos.libro import TRANSFERIR, Resultado, SolicitudTransferencia, desempaquetar, empaquetar

registro = structlog.get_logger(__name__)

EN_COLA_MAXIMO = 4096
POR_LLAMADA_MAXIMO = 1000
INTENTOS_MAXIMO = 3


@dataclass(slots=True)
class _Espera:
    solicitud: SolicitudTransferencia
    autorizacion: Autorizacion
    respuesta: "asyncio.Future[Resultado]"


class Escritor:
    """One per process and event loop; it owns one connection and never has two calls in flight."""

    def __init__(self, en_cola_maximo: int = EN_COLA_MAXIMO) -> None:
        self.en_cola_maximo = en_cola_maximo
        self.lotes = 0
        self._cola: deque[_Espera] = deque()
        self._vaciando: asyncio.Task[None] | None = None
        self._conexion: psycopg.AsyncConnection[Any] | None = None

    async def transferir(self, solicitud: SolicitudTransferencia, autorizacion: Autorizacion) -> Resultado:
        """Apply one transfer, committed when this returns.

        Raises `ColaLlena` (429) when too many wait, `TransferenciaEnCurso`, `NoDisponible`.
        """
        assert not solicitud.enlazada, "a chain needs a call of its own"
        if len(self._cola) >= self.en_cola_maximo:
            raise ColaLlena(_("Hay demasiados pagos en curso. Repita este mismo pago en un segundo."))
        espera = _Espera(solicitud, autorizacion, asyncio.get_running_loop().create_future())
        self._cola.append(espera)
        if self._vaciando is None or self._vaciando.done():
            self._vaciando = asyncio.create_task(self._vaciar())
        return await espera.respuesta

    async def _vaciar(self) -> None:
        await asyncio.sleep(0)  # let the requests of this same turn of the loop come along
        while self._cola:
            lote = [self._cola.popleft() for _ in range(min(len(self._cola), POR_LLAMADA_MAXIMO))]
            try:
                resultados = await self._aplicar(lote)
            except psycopg.Error as error:
                await self._aplicar_de_a_una(lote, error)
            except BaseException as error:
                _fallar(lote, error)
                raise
            else:
                for espera, resultado in zip(lote, resultados, strict=True):
                    if not espera.respuesta.done():
                        espera.respuesta.set_result(resultado)

    async def _aplicar_de_a_una(self, lote: list[_Espera], error: psycopg.Error) -> None:
        """The call failed as a whole; whoever caused it must not fail the neighbours."""
        if len(lote) == 1 or self._sin_conexion:
            registro.warning("pagos_lote_fallido", transferencias=len(lote), error=repr(error))
            _fallar(lote, _traducir(error))
            return
        for espera in lote:
            try:
                (resultado,) = await self._aplicar([espera])
            except psycopg.Error as propio:
                _fallar([espera], _traducir(propio))
            else:
                if not espera.respuesta.done():
                    espera.respuesta.set_result(resultado)

    async def _aplicar(self, lote: list[_Espera]) -> list[Resultado]:
        parametros = empaquetar([e.solicitud for e in lote], [e.autorizacion for e in lote])
        for intento in range(1, INTENTOS_MAXIMO + 1):
            try:
                fila = await self._llamar(parametros)
                break
            except psycopg.OperationalError as error:
                # Repeating is safe, the ids are the clients' own. A row locked for too long is not retried:
                # one by one, those that do not need it go through.
                if intento == INTENTOS_MAXIMO or isinstance(error, psycopg.errors.LockNotAvailable):
                    raise
        self.lotes += 1
        return desempaquetar([e.solicitud.id for e in lote], fila)

    async def _llamar(self, parametros: tuple[Any, ...]) -> Any:
        conexion = self._conexion
        if conexion is None or conexion.closed:
            conexion = self._conexion = await _conectar()
        if reloj.desfase():  # only tests move the clock
            async with conexion.transaction():
                segundos = f"{reloj.desfase().total_seconds()} s"
                await conexion.execute("SELECT set_config('qhatu.desfase', %s, true)", (segundos,))
                return await (await conexion.cursor(binary=True).execute(TRANSFERIR, parametros)).fetchone()
        return await (await conexion.cursor(binary=True).execute(TRANSFERIR, parametros)).fetchone()

    @property
    def _sin_conexion(self) -> bool:
        return self._conexion is None or self._conexion.closed

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
        prepare_threshold=0,
        connect_timeout=5,
        application_name="qhatu-escritor",
        options="-c timezone=UTC -c statement_timeout=15000 -c lock_timeout=3000",
    )


def _fallar(lote: list[_Espera], error: BaseException) -> None:
    for espera in lote:
        if not espera.respuesta.done():
            espera.respuesta.set_exception(error)


def _traducir(error: psycopg.Error) -> ErrorDominio | psycopg.Error:
    if isinstance(error, psycopg.errors.UniqueViolation):
        return TransferenciaEnCurso(_("Espere unos segundos y repita la misma operación."))
    if isinstance(error, psycopg.OperationalError):
        return NoDisponible(_("No se sabe si el pago se hizo: repítalo con el mismo identificador."))
    return error


_actual: tuple[asyncio.AbstractEventLoop, Escritor] | None = None


def escritor() -> Escritor:
    """The writer of this process, on the running loop."""
    global _actual
    bucle = asyncio.get_running_loop()
    if _actual is None or _actual[0] is not bucle:
        if _actual is not None:
            _actual[1].cerrar()
        _actual = (bucle, Escritor())
    return _actual[1]


@atexit.register
def _al_salir() -> None:
    if _actual is not None:
        _actual[1].cerrar()
