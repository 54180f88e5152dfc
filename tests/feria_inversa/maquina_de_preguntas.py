"""The rules of the fair's machine by which a call is asked about, answered, and left without an answer."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from feria_inversa.preguntas.consultas import todas_las_preguntas
from feria_inversa.preguntas.errores import NoSePregunta, PreguntaTerminada
from feria_inversa.preguntas.preguntar import preguntar, responder
from feria_inversa.preguntas.tareas import cerrar_preguntas
from nucleo.bd import transaccion
from tests.feria_inversa.conftest import Feria

QUIEN = st.sampled_from(["ana", "beto"])
PREGUNTAS_MAXIMAS = 120
"""In all the processes of a machine: each publishes a release."""


class ConPreguntas(RuleBasedStateMachine):
    """What the model says of the questions of a process: the state of each, in their order."""

    feria: Feria
    vistos: Counter[str]
    id: UUID
    estado: str
    suspendida: bool
    intentar: Callable[[type[Exception] | None, Callable[[Any], Any]], bool]

    def _sin_preguntas(self) -> None:
        self.preguntas: list[str] = []

    def se_habla(self) -> bool:
        return len(self.preguntas) < 4 and self.vistos["pregunta"] < PREGUNTAS_MAXIMAS

    @precondition(lambda self: self.se_habla() and self.estado != "cancelado")
    @rule(quien=QUIEN)
    def preguntar(self, quien: str) -> None:
        if quien == "ana" and self.suspendida:
            return
        esperado = None if self.estado == "publicado" else NoSePregunta
        parte = getattr(self.feria, quien)
        texto = f"¿De qué madera es? Pregunta {len(self.preguntas)}."
        if self.intentar(esperado, lambda s: preguntar(s, parte.actor, self.id, parte.id, texto)):
            self.preguntas.append("por_responder")
            self.vistos["pregunta"] += 1

    @precondition(lambda self: bool(self.preguntas))
    @rule(n=st.integers(0, 3))
    def contestar(self, n: int) -> None:
        n %= len(self.preguntas)
        puede = self.preguntas[n] == "por_responder" and self.estado in {"publicado", "suspendido"}
        actor = self.feria.entidad.actor

        def hacer(sesion: Any) -> None:
            responder(sesion, actor, self.id, todas_las_preguntas(sesion, self.id)[n].id, "De mara.")

        if self.intentar(None if puede else PreguntaTerminada, hacer):
            self.preguntas[n] = "respondida"
            self.vistos["respondida"] += 1

    @precondition(lambda self: "por_responder" in self.preguntas)
    @rule()
    def nadie_contesta(self) -> None:
        """The sweep ends what waits of a process that takes bids no more, and nothing else."""
        cerrar_preguntas()
        if self.estado not in {"publicado", "suspendido"}:
            self.vistos["sin respuesta"] += self.preguntas.count("por_responder")
            self.preguntas = [p if p == "respondida" else "sin_respuesta" for p in self.preguntas]

    @invariant()
    def las_preguntas_son_las_del_modelo(self) -> None:
        if self.preguntas:
            with transaccion() as sesion:
                assert [p.estado for p in todas_las_preguntas(sesion, self.id)] == self.preguntas
