"""Wakes the relay after a commit that published events: one short message, never a failed request.

Many commits in a burst share one wake-up: the mark in Valkey says that one is on its way, and the relay
removes it before it looks, so that no commit goes unseen. What is lost is swept by `nucleo.barrer`.
"""

import structlog

from nucleo.limites import valkey

MARCA = "qhatu:relevo"
VIDA_MARCA_MS = 2_000

registro = structlog.get_logger(__name__)


def despertar() -> None:
    """Ask a worker to relay new events; a Valkey that is down costs nothing but time until the sweep."""
    try:
        if valkey().set(MARCA, 1, nx=True, px=VIDA_MARCA_MS):
            from plataforma.cola import celery

            celery.send_task("nucleo.relevar", retry=False, ignore_result=True)
    except Exception as error:  # the commit already happened: nothing may fail here
        registro.warning("relevo_sin_despertar", motivo=repr(error)[:200])


def atender() -> None:
    """The relay starts to look: from now on a new commit sends a new wake-up."""
    valkey().delete(MARCA)
