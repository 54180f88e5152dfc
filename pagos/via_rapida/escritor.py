"""Group commit at the web edge: concurrent single transfers of one process go to the ledger in one call.

Each request gets its own result. A hot account, whose row lock is held through the WAL flush, is locked once
a batch instead of once a transfer. Sending a batch twice is harmless: the ids are the clients' own, and what
was already written answers `existe`.
"""

from typing import Any

import psycopg

from nucleo.actor import Autorizacion
from nucleo.errores import NoDisponible
from nucleo.textos import gettext as _
from pagos.libro import (
    TRANSFERIR,
    Resultado,
    SolicitudTransferencia,
    TransferenciaEnCurso,
    desempaquetar,
    empaquetar,
)
from pagos.via_rapida.agrupador import Agrupador, del_proceso

# A row that somebody holds keeps the neighbours of the same call waiting too: 3 s, not the usual 10 s. The
# time-out is of one transaction, and costs no round trip: arguments are worked out before the function runs.
CON_PRISA = TRANSFERIR.replace(
    "%b::uuid[]", "CASE WHEN set_config('lock_timeout', '3s', true) IS NOT NULL THEN %b::uuid[] END", 1
)

Pedido = tuple[SolicitudTransferencia, Autorizacion]


class Escritor(Agrupador[Pedido, Resultado]):
    async def transferir(self, solicitud: SolicitudTransferencia, autorizacion: Autorizacion) -> Resultado:
        """Apply one transfer, committed when this returns.

        Raises `ColaLlena` (429) when too many wait, `TransferenciaEnCurso`, `NoDisponible`.
        """
        assert not solicitud.enlazada, "a chain needs a call of its own"
        return await self.pedir((solicitud, autorizacion), autorizacion.actor.id)

    async def aplicar(self, conexion: psycopg.AsyncConnection[Any], pedidos: list[Pedido]) -> list[Resultado]:
        parametros = empaquetar([s for s, _a in pedidos], [a for _s, a in pedidos])
        fila = await (await conexion.cursor(binary=True).execute(CON_PRISA, parametros)).fetchone()
        return desempaquetar([s.id for s, _a in pedidos], fila)

    def traducir(self, error: psycopg.Error) -> Exception:
        if isinstance(error, psycopg.errors.UniqueViolation):
            return TransferenciaEnCurso(_("Espere unos segundos y repita la misma operación."))
        if isinstance(error, psycopg.OperationalError):
            return NoDisponible(_("No se sabe si el pago se hizo: repítalo con el mismo identificador."))
        return error


def escritor() -> Escritor:
    """The writer of this process."""
    return del_proceso(Escritor)
