"""Parts of pages that are drawn once for the same values.

``{% recordar ficha, titular %}…{% endrecordar %}`` keeps what its body gives by the values it names and the
language. The body must use nothing else that changes: no `actor`, no `nonce`, no clock. What is kept so
cannot become false, so nothing ever has to be forgotten; what was least lately shown makes room.
"""

import itertools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from typing import Any, Generic, TypeVar

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from nucleo.textos import idioma

LETRAS_MAXIMAS = 32_000_000
V = TypeVar("V", bound=Sized)


class Dibujadas(Generic[V]):
    """What was drawn, up to so many letters in all; what was least lately shown goes first."""

    def __init__(self, letras_maximas: int) -> None:
        self._maximas = letras_maximas
        self._letras = 0
        self._partes: OrderedDict[Hashable, V] = OrderedDict()
        self._cerrojo = threading.Lock()

    def obtener(self, clave: Hashable, dibujar: Callable[[], V]) -> V:
        parte = self.buscar(clave)
        if parte is None:
            parte = dibujar()  # outside the lock: two threads may both draw, neither waits
            self.guardar(clave, parte)
        return parte

    def buscar(self, clave: Hashable) -> V | None:
        with self._cerrojo:
            parte = self._partes.get(clave)
            if parte is not None:
                self._partes.move_to_end(clave)
            return parte

    def guardar(self, clave: Hashable, parte: V) -> None:
        with self._cerrojo:
            self._quitar(clave)
            self._partes[clave] = parte
            self._letras += len(parte)
            while self._letras > self._maximas:
                self._quitar(next(iter(self._partes)))

    def _quitar(self, clave: Hashable) -> None:
        if (parte := self._partes.pop(clave, None)) is not None:
            self._letras -= len(parte)

    def vaciar(self) -> None:
        with self._cerrojo:
            self._partes.clear()
            self._letras = 0


_partes: Dibujadas[Markup] = Dibujadas(LETRAS_MAXIMAS)
_lecturas = itertools.count()


class Recordar(Extension):
    """The tag. A template that is read again, because somebody edited it, draws everything again."""

    tags = {"recordar"}  # noqa: RUF012 (as Jinja2 declares it)

    def parse(self, parser: Parser) -> nodes.Node:
        linea = next(parser.stream).lineno
        valores = parser.parse_tuple()
        cuerpo = parser.parse_statements(("name:endrecordar",), drop_needle=True)
        _partes.vaciar()
        sitio = nodes.Const(next(_lecturas))
        return nodes.CallBlock(self.call_method("_recordar", [sitio, valores]), [], [], cuerpo, lineno=linea)

    def _recordar(self, sitio: int, valores: Any, caller: Callable[[], Markup]) -> Markup:
        return _partes.obtener((sitio, idioma.get(), valores), caller)
