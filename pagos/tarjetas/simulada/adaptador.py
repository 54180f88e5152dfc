"""How the simulation gets in the way of the library: an adapter of ours, mounted on our own session and only
for the gateway's host. `responses` patches the `send` of this class alone: no other HTTP is touched."""

import re
import threading

import responses
from requests.adapters import HTTPAdapter

from pagos.tarjetas.simulada.servidor import Respuesta, atender

_cerrojo = threading.Lock()
_activo: responses.RequestsMock | None = None


class AdaptadorSimulado(HTTPAdapter):
    """Never connects to anything once `adaptador_simulado` has installed the simulation on it."""


def adaptador_simulado() -> AdaptadorSimulado:
    """An adapter behind which the simulated gateway answers."""
    global _activo
    with _cerrojo:
        if _activo is None:
            _activo = _instalar()
    return AdaptadorSimulado()


def _instalar() -> responses.RequestsMock:
    simulacion = responses.RequestsMock(
        assert_all_requests_are_fired=False,
        target=f"{AdaptadorSimulado.__module__}.{AdaptadorSimulado.__qualname__}.send",
    )

    def contestar(pedido: object) -> Respuesta:
        for registro in (simulacion.calls, *(r.calls for r in simulacion.registered())):
            registro.reset()  # it remembers every call for ever otherwise
        return atender(pedido)  # type: ignore[arg-type]

    for metodo in (responses.GET, responses.POST, responses.DELETE):
        simulacion.add_callback(metodo, re.compile(r"https://api\.stripe\.com/.*"), contestar)
    simulacion.start()
    return simulacion
