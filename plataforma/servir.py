"""Run an ASGI application on a socket that somebody else listens on.

The supervisor keeps the listening socket: while a web process restarts, connections wait instead of failing.
"""

import gc
import resource
import socket
import sys
from types import FrameType

# New objects between two looks for garbage in cycles. A batch makes tens of thousands that all live until it
# is answered: at Python's own 700 the looks are a tenth of its processor.
RECOLECTAR_CADA = 50_000
ARCHIVOS = 16_384


def servir(
    aplicacion: str, *, descriptor: int | None = None, anfitrion: str = "127.0.0.1", puerto: int = 0
) -> None:
    """Serve until SIGTERM or SIGINT; requests in progress get five seconds to end."""
    gc.disable()  # importing makes no garbage worth the time of looking for it
    _con_archivos()
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


def _con_archivos() -> None:
    """Each connection is a file: as many as the machine lets a process have, up to what is of use."""
    _suave, duro = resource.getrlimit(resource.RLIMIT_NOFILE)
    tope = ARCHIVOS if duro == resource.RLIM_INFINITY else min(ARCHIVOS, duro)
    resource.setrlimit(resource.RLIMIT_NOFILE, (tope, duro))


if __name__ == "__main__":
    servir(sys.argv[1], descriptor=int(sys.argv[2]))
