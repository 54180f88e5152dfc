"""Run an ASGI application on a socket that somebody else listens on.

The supervisor keeps the listening socket: while a web process restarts, connections wait instead of failing.
"""

import gc
import socket
import sys
from types import FrameType

# New objects between two looks for garbage in cycles. A batch makes tens of thousands that all live until it
# is answered: at Python's own 700 the looks are a tenth of its processor.
RECOLECTAR_CADA = 50_000


def servir(
    aplicacion: str, *, descriptor: int | None = None, anfitrion: str = "127.0.0.1", puerto: int = 0
) -> None:
    """Serve until SIGTERM or SIGINT; requests in progress get five seconds to end."""
    gc.disable()  # importing makes no garbage worth the time of looking for it
    import uvicorn

    from nucleo import corrientes

    class Servidor(uvicorn.Server):
        """Answers that go on end when the process is asked to; those being made have their time."""

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            corrientes.acabar()
            super().handle_exit(sig, frame)

    configuracion = uvicorn.Config(
        aplicacion,
        host=anfitrion,
        port=puerto,
        access_log=False,
        server_header=False,
        log_level="warning",
        timeout_graceful_shutdown=5,
        timeout_keep_alive=15,
        proxy_headers=True,
    )
    if aplicacion.startswith("plataforma."):
        from nucleo.eventos import al_confirmar_despertar
        from plataforma.despertador import despertar

        al_confirmar_despertar(despertar)
    sockets = None
    if descriptor is not None:
        sockets = [socket.socket(fileno=descriptor)]
    configuracion.load()
    gc.freeze()
    gc.set_threshold(RECOLECTAR_CADA)
    gc.enable()
    Servidor(configuracion).run(sockets=sockets)


if __name__ == "__main__":
    servir(sys.argv[1], descriptor=int(sys.argv[2]))
