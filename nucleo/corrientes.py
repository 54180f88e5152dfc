"""Answers that go on while somebody listens: how many at once, and none keeps a process from ending."""

from collections import Counter
from collections.abc import AsyncIterator
from ipaddress import IPv6Address, IPv6Network

from starlette.requests import Request
from starlette.responses import StreamingResponse

from nucleo.errores import ocupado

MAXIMO = 2_000
"""Of one process: each costs a socket and some memory, no thread and no connection to the database."""
DE_UNA_DIRECCION = 40


class Corriente(StreamingResponse):
    """Events written beforehand, for all that listen: nobody between keeps what goes by."""

    media_type = "text/event-stream"

    def __init__(self, tramas: AsyncIterator[bytes]) -> None:
        super().__init__(tramas, headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"})


_abiertas: Counter[str] = Counter()
_acabando = False


async def lugar(request: Request) -> AsyncIterator[None]:
    """A dependency: a place in this process while the answer goes on. Raises `NoDisponible` without one."""
    direccion = _de_quien(request.client.host) if request.client else "sin-direccion"
    if _abiertas.total() >= MAXIMO or _abiertas[direccion] >= DE_UNA_DIRECCION:
        raise ocupado()
    _abiertas[direccion] += 1
    try:
        yield
    finally:
        _abiertas[direccion] -= 1
        if not _abiertas[direccion]:
            del _abiertas[direccion]


def _de_quien(direccion: str) -> str:
    """Of IPv6, the network of whoever asks: each has as many addresses as they like in their /64."""
    try:
        ip = IPv6Address(direccion)
    except ValueError:
        return direccion
    return str(ip.ipv4_mapped or IPv6Network((int(ip), 64), strict=False))


def acabar() -> None:
    """The process ends: whoever listens is let go, and comes back to another."""
    global _acabando
    _acabando = True


def acabando() -> bool:
    return _acabando
