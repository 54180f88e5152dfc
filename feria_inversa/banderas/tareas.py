"""Periodic work of the red flags. It asks the database what is due and may run twice at once."""

import time
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from feria_inversa.banderas.definiciones import EDICION
from feria_inversa.banderas.mirar import mirar_entidad, mirar_proceso, mirar_todos
from feria_inversa.banderas.topes import limites
from nucleo.bd import transaccion
from nucleo.tareas import cada_uno, periodica, por_tandas

SEGUNDOS = 60
"""None is begun after so long: a task has two minutes, and the next sweep goes on."""
_POR_MIRAR = text(
    "SELECT k.convocatoria_id FROM feria_ocds_compilado k"
    " LEFT JOIN feria_bandera_proceso p USING (convocatoria_id)"
    " WHERE (p.secuencia, p.definiciones) IS DISTINCT FROM (k.secuencia, :edicion) ORDER BY random() LIMIT :n"
)
_ENTIDADES = text(
    "SELECT m.entidad_codigo FROM (SELECT DISTINCT entidad_codigo FROM feria_mercado_proceso"
    " WHERE etapa <> 'programado' AND entidad_codigo IS NOT NULL) m"
    " LEFT JOIN feria_bandera_entidad e USING (entidad_codigo)"
    " WHERE e.mirada_en IS NULL OR e.mirada_en < nucleo_ahora() - interval '1 hour'"
    " ORDER BY e.mirada_en NULLS FIRST, 1"
)


@periodica("feria.mirar_procesos", cada=900)
def mirar_procesos() -> int:
    """Those that no event brought, or that were looked at by other definitions; how many."""
    return por_tandas(_POR_MIRAR, _mirar, hasta=time.monotonic() + SEGUNDOS, edicion=EDICION)


def _mirar(sesion: Session, convocatoria_id: UUID) -> bool:
    mirar_proceso(sesion, convocatoria_id)
    return True


@periodica("feria.mirar_entidades", cada=300)
def mirar_entidades() -> int:
    """Each entity once an hour, those that were never looked at first; how many."""
    hasta = time.monotonic() + SEGUNDOS
    with transaccion() as sesion:
        codigos = sesion.connection().execute(_ENTIDADES).scalars().all()
        rigen = limites(sesion)

    def mirar(sesion: Session, codigo: str) -> bool:
        return time.monotonic() < hasta and mirar_entidad(sesion, codigo, rigen) is not None

    return cada_uno(codigos, mirar)


@periodica("feria.mirar_todos", cada=3600)
def mirar_todos_juntos() -> bool:
    """What only shows among many; False when another does it."""
    with transaccion() as sesion:
        return mirar_todos(sesion) is not None
