"""A small cache in the process, for what may be some seconds old."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

C = TypeVar("C", bound=Hashable)
V = TypeVar("V")


class Memoria(Generic[C, V]):
    """Keeps up to `maximo` values for `segundos`; the oldest goes first. Safe among threads."""

    def __init__(self, *, segundos: float, maximo: int) -> None:
        self._segundos = segundos
        self._maximo = maximo
        self._valores: OrderedDict[C, tuple[float, V]] = OrderedDict()
        self._cerrojo = threading.Lock()

    def obtener(self, clave: C, calcular: Callable[[], V]) -> V:
        ahora_s = time.monotonic()
        with self._cerrojo:
            guardado = self._valores.get(clave)
        if guardado is not None and guardado[0] > ahora_s:
            return guardado[1]
        valor = calcular()  # outside the lock: two threads may both compute, neither waits
        with self._cerrojo:
            self._valores[clave] = (ahora_s + self._segundos, valor)
            self._valores.move_to_end(clave)
            while len(self._valores) > self._maximo:
                self._valores.popitem(last=False)
        return valor

    def vaciar(self) -> None:
        with self._cerrojo:
            self._valores.clear()
