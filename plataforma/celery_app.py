"""Workers that run deliveries and periodic work. PostgreSQL owns the work; the broker only wakes.

Messages carry ids. A message may be lost, doubled or late without harm: the sweep finds what is left, and
each delivery is done once by the transaction that marks it done.
"""

from importlib import import_module
from typing import Any

from celery import Celery, Task
from celery.signals import worker_init, worker_process_init

from nucleo import bitacora, eventos
from nucleo.bd import olvidar_motor
from nucleo.tareas import TareaPeriodica, periodica, periodicas
from plataforma.cola import celery
from plataforma.despertador import atender, despertar
from plataforma.habitaciones import modulos

__all__ = ["celery"]

BARRIDO_S = 5
RONDAS = 50


def _preparar() -> None:
    """Register every room's periodic work and event handlers."""
    bitacora.configurar()
    for propio in ("nucleo.idempotencia", "nucleo.webhooks"):  # periodic work of the kernel itself
        import_module(propio)
    modulos("tareas")
    modulos("manejadores")
    modulos("obligaciones")
    _registrar_reparto(celery)
    _registrar_periodicas(celery)


def _registrar_reparto(app: Celery) -> None:
    @app.task(name="nucleo.entregar")  # type: ignore[untyped-decorator]
    def entregar(entrega_id: int) -> None:
        eventos.entregar(entrega_id)

    @app.task(name="nucleo.relevar")  # type: ignore[untyped-decorator]
    def relevar() -> None:
        atender()
        for _ in range(RONDAS):
            ids = eventos.repartir()
            for entrega_id in ids:
                entregar.delay(entrega_id)
            if not ids:
                return
        relevar.delay()  # more is coming than one task may take within its limit

    @periodica("nucleo.barrer", cada=BARRIDO_S)
    def barrer() -> int:
        """Re-drive what no message announces: lost wake-ups, deliveries whose back-off is over."""
        relevar()
        pendientes = eventos.por_entregar()
        for entrega_id in pendientes:
            entregar.delay(entrega_id)
        return len(pendientes)


def _registrar_periodicas(app: Celery) -> None:
    agenda: dict[str, dict[str, Any]] = {}
    for tarea in periodicas().values():
        _registrar_periodica(app, tarea)
        # A tick that waited longer than its own period is useless: the next one does the same.
        agenda[tarea.nombre] = {
            "task": tarea.nombre,
            "schedule": tarea.cada_s,
            "options": {"expires": max(tarea.cada_s, 1)},
        }
    app.conf.beat_schedule = agenda


def _registrar_periodica(app: Celery, tarea: TareaPeriodica) -> Task:
    def correr() -> None:
        tarea.funcion()

    correr.__doc__ = tarea.funcion.__doc__
    registrada: Task = app.task(name=tarea.nombre)(correr)
    return registrada


@worker_process_init.connect  # type: ignore[untyped-decorator]
def _al_bifurcar(**_: Any) -> None:
    """A forked worker process opens its own connections."""
    olvidar_motor()


@worker_init.connect  # type: ignore[untyped-decorator]
@worker_process_init.connect  # type: ignore[untyped-decorator]
def _despertar_al_confirmar(**_: Any) -> None:
    """What a task publishes is relayed at once too."""
    eventos.al_confirmar_despertar(despertar)


_preparar()
