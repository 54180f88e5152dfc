"""Structured logs: one JSON line an event, with the request's id; no secrets, no bodies."""

import logging
import sys
from typing import Any

import structlog

from nucleo.auditoria import solicitud_actual


def _con_solicitud(_: Any, __: str, evento: structlog.typing.EventDict) -> structlog.typing.EventDict:
    if (solicitud := solicitud_actual.get()) is not None:
        evento.setdefault("solicitud", solicitud)
    return evento


def configurar(nivel: int = logging.INFO) -> None:
    """Send our logs to standard error as JSON lines; called once by each process of the platform."""
    structlog.configure(
        processors=[
            _con_solicitud,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="en"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(nivel),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
