"""Periodic work of the market. It asks the database what is due and may run twice at once."""

import time
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from feria_inversa.panorama.cuentas import contar
from feria_inversa.panorama.historia import llevar_lote, por_llevar
from feria_inversa.panorama.planes import llevar_plan
from feria_inversa.panorama.vivos import llevar_proceso
from nucleo.bd import transaccion
from nucleo.tareas import cada_uno, periodica, por_tandas

SEGUNDOS = 60
"""No lot is begun after so long: a task has two minutes, and the next sweep goes on."""


@periodica("feria.llevar_historia", cada=30)
def llevar_historia() -> int:
    """Bring the lines of history that are not in the market yet, file by file; of how many files."""
    hasta = time.monotonic() + SEGUNDOS
    with transaccion() as sesion:
        archivos = por_llevar(sesion)
    return cada_uno(archivos, lambda _sesion, id_: _llevar_archivo(id_, hasta))


def _llevar_archivo(archivo_id: int, hasta: float) -> bool:
    """Each lot is a transaction of its own. False when it is late."""
    mas, algo = True, False
    while mas and time.monotonic() < hasta:
        with transaccion() as sesion:
            mas = llevar_lote(sesion, archivo_id)
        algo = True
    return algo


_POR_LLEVAR = text(
    "SELECT k.convocatoria_id FROM feria_ocds_compilado k"
    " LEFT JOIN feria_mercado_proceso m USING (convocatoria_id)"
    " WHERE m.secuencia IS DISTINCT FROM k.secuencia ORDER BY random() LIMIT :n"
)
_PLANES_POR_LLEVAR = text(
    "SELECT l.plan_id FROM feria_plan_linea l"
    " LEFT JOIN feria_mercado_proceso m ON m.plan_linea_id = l.id"
    " WHERE l.publica AND l.retirada = (m.id IS NOT NULL) GROUP BY 1 ORDER BY random() LIMIT :n"
)


@periodica("feria.llevar_lo_de_aqui", cada=3600)
def llevar_lo_de_aqui() -> int:
    """What no event brought, because it was there before the market was; how many processes and plans."""
    hasta = time.monotonic() + SEGUNDOS
    planes = por_tandas(_PLANES_POR_LLEVAR, _llevar_plan, hasta=hasta)
    return planes + por_tandas(_POR_LLEVAR, _llevar_proceso, hasta=hasta)


def _llevar_proceso(sesion: Session, convocatoria_id: UUID) -> bool:
    llevar_proceso(sesion, convocatoria_id)
    return True


def _llevar_plan(sesion: Session, plan_id: UUID) -> bool:
    llevar_plan(sesion, plan_id)
    return True


@periodica("feria.contar_mercado", cada=600)
def contar_mercado() -> bool:
    """Count the processes again."""
    with transaccion() as sesion:
        return contar(sesion)
