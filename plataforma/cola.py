"""The queue: Celery's application and how it talks to the broker. Who sends needs no more than this; the work
itself is registered by `plataforma.celery_app`.
"""

from urllib.parse import parse_qs, urlsplit

from celery import Celery

from nucleo.configuracion import ajustes

LIMITE_S = 120  # hard limit of one task; below the broker's visibility time-out, or it would run twice
VISIBILIDAD_S = 300


def url_de_celery(redis_url: str | None) -> str:
    """`unix:///ruta?db=2`, as redis-py writes it, in Celery's own form."""
    if redis_url is None:
        return "memory://"
    partes = urlsplit(redis_url)
    if partes.scheme != "unix":
        return redis_url
    base = parse_qs(partes.query).get("db", ["0"])[0]
    return f"redis+socket://{partes.path}?virtual_host={base}"


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
