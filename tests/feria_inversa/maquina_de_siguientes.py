"""The rule of the fair's machine by which what a process could not contract is called again, once."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from sqlmodel import Session

from feria_inversa.procesos.convocatorias import publicar_convocatoria
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.otra_vez import llamar_otra_vez
from feria_inversa.procesos.sucesion import anterior_de
from nucleo.bd import transaccion
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import Feria


class ConSiguientes(RuleBasedStateMachine):
    """What the model says of the items that others ask for again: nothing of them is decided any more."""

    feria: Feria
    vistos: Counter[str]
    id: UUID
    estado: str
    anulado: bool
    items: list[str]
    vueltos: set[int]
    intentar: Callable[[type[Exception] | None, Callable[[Any], Any]], bool]
    se_niega: Callable[[], bool]

    def por_llamar(self) -> set[int]:
        if self.estado == "cancelado":
            return {0, 1} - self.vueltos if self.anulado else set()
        desiertos = {n for n, e in enumerate(self.items) if e == "desierto"}
        return desiertos - self.vueltos if self.estado == "resuelto" else set()

    @precondition(lambda self: bool(self.por_llamar()) or self.se_niega())
    @precondition(lambda self: self.vistos["otra vez"] < 12)
    @rule()
    def otra_vez(self) -> None:
        """A draft of all that waits, published at once by the code that follows."""
        esperan, hechas = self.por_llamar(), []

        def hacer(sesion: Session) -> None:
            hechas.append(llamar_otra_vez(sesion, self.feria.entidad.actor, self.id).id)

        if not self.intentar(None if esperan else EstadoNoPermite, hacer):
            return
        assert len(self.feria.items(hechas[0])) == len(esperan)
        with transaccion() as sesion:
            nueva = publicar_convocatoria(
                sesion, self.feria.entidad.actor, hechas[0], ahora() + timedelta(days=1)
            )
            vieja = anterior_de(sesion, nueva)
            assert vieja is not None
            assert vieja.cuce is not None
            assert nueva.cuce is not None
            mismo = nueva.cuce.split("-")[:4] == vieja.cuce.split("-")[:4]
            assert mismo
            assert (nueva.cuce[-3] == vieja.cuce[-3]) == (self.estado == "cancelado")
        self.vueltos |= esperan
        self.vistos["otra vez"] += 1
        self.vistos["otra publicación" if self.estado == "cancelado" else "otro llamado"] += 1
