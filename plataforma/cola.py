"""The queue: Celery's application and how it talks to the broker. Who sends needs no more than this; the work
itself is registered by `plataforma.celery_app`.
"""

from urllib.parse import quote

from celery import Celery
from redis.connection import parse_url

from nucleo.configuracion import ajustes

LIMITE_S = 120  # hard limit of one task; below the broker's visibility time-out, or it would run twice
VISIBILIDAD_S = 300


def url_de_celery(redis_url: str | None) -> str:
    """`unix://usuario:clave@/ruta?db=2`, as redis-py reads it, in Celery's own form."""
    if redis_url is None:
        return "memory://"
    if not redis_url.startswith("unix://"):
        return redis_url
    partes = parse_url(redis_url)  # type: ignore[no-untyped-call]
    usuario, clave = (quote(str(partes.get(n, "")), safe="") for n in ("username", "password"))
    credencial = f"{usuario}:{clave}@" if clave else ""
    return f"redis+socket://{credencial}{partes['path']}?virtual_host={partes.get('db', 0)}"


celery = Celery("qhatu")
celery.conf.update(
    broker_url=url_de_celery(ajustes().redis_url),
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": VISIBILIDAD_S,
        "socket_timeout": 10,
        "socket_connect_timeout": 1,
    },
    result_backend=None,
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_time_limit=LIMITE_S,
    task_soft_time_limit=LIMITE_S - 10,
    task_default_queue="qhatu",
    task_serializer="json",
    accept_content=["json"],
    worker_prefetch_multiplier=1,
    worker_concurrency=2,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    timezone="UTC",
)
