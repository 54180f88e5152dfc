"""The rules of the fair's machine by which a decision is contested, and the contest resolved."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from sqlmodel import Session

from feria_inversa.impugnacion.errores import ImpugnacionTardia, NoSeImpugna
from feria_inversa.impugnacion.estados import EstadoImpugnacion
from feria_inversa.impugnacion.impugnar import impugnar, retirar_impugnacion
from feria_inversa.impugnacion.resolver import resolver_impugnacion
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.estados import POR_DECIDIR
from nucleo.actor import Actor
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.maquina_de_versiones import MOTIVO, QUIEN

# The order may be given at once, and for five working days the decision contested.
SE_IMPUGNA = """
UPDATE feria_convocatoria SET reglas = jsonb_set(reglas, '{valores,dias_impugnacion}',
    reglas #> '{valores,dias_impugnacion}' || '{"valor": 5, "confirmado": false}') WHERE id = :id
"""


class ConImpugnaciones(RuleBasedStateMachine):
    """What the model says of the appeals of a process: those that wait, and who contested which decision."""

    feria: Feria
    mae: Actor
    vistos: Counter[str]
    id: UUID
    estado: str
    anulado: bool
    items: list[str]
    ganan: list[str | None]
    caidos: set[tuple[int, str | None]]
    ordenados: set[int]
    vueltos: set[int]
    caducadas: set[str]
    decisiones: list[int]
    impugnadas: list[tuple[int, str, UUID]]
    ya_impugno: set[tuple[int, int, str]]
    en_plazo: bool
    junto: bool
    ofertas: dict[str, tuple[UUID, list[str | None]]]
    intentar: Callable[[type[Exception] | None, Callable[[Any], Any]], bool]
    _con: Callable[[int], list[int]]

    def _reanuda(self) -> None:
        falta = any(e in POR_DECIDIR for e in self.items)
        self.estado = "evaluacion" if falta else "resuelto"

    def _esta_decidido(self, n: int) -> bool:
        return self.items[n] in {"adjudicado", "desierto"} and n not in self.ordenados | self.vueltos

    def se_impugna(self) -> bool:
        """Whether something is left to contest; what is refused is tried a few times."""
        quedan = {
            (n, self.decisiones[n], q)
            for n in ((0,) if self.junto else (0, 1))
            if self._esta_decidido(n)
            for q in {*self.ofertas, *self.caducadas} - {self.ganan[n]}
        }
        return bool(quedan - self.ya_impugno) or self.vistos["NoSeImpugna"] < 20

    @precondition(lambda self: self.se_impugna())
    @precondition(lambda self: self.estado in {"resuelto", "impugnado"} and self.en_plazo)
    @rule(n=st.integers(0, 1), quien=QUIEN)
    def impugnar(self, n: int, quien: str) -> None:
        """Who bid, in its term, what was decided and is in no order; once each decision."""
        clave = (self._con(n)[0], self.decisiones[n], quien)
        esperado: type[Exception] | None = None
        if self.estado not in {"resuelto", "impugnado"}:
            esperado = EstadoNoPermite
        elif quien not in {*self.ofertas, *self.caducadas}:
            esperado = NoSeImpugna
        elif not self.en_plazo:
            esperado = ImpugnacionTardia
        elif clave in self.ya_impugno or not self._esta_decidido(n) or self.ganan[n] == quien:
            esperado = NoSeImpugna
        parte, hechas = getattr(self.feria, quien), []
        item_id = self.feria.items(self.id)[n].id

        def hacer(sesion: Session) -> None:
            hechas.append(impugnar(sesion, parte.actor, self.id, item_id, parte.id, MOTIVO).id)

        if self.intentar(esperado, hacer):
            self.ya_impugno.add(clave)
            self.impugnadas.append((clave[0], quien, hechas[0]))
            self.estado = "impugnado"
            self.vistos["impugnada"] += 1

    @precondition(lambda self: bool(self.impugnadas))
    @rule(como=st.sampled_from(["confirmada", "rechazada", "revocada", "retirada", "anulada"]))
    def resolver(self, como: str) -> None:
        if not self.impugnadas or (como == "anulada" and self.vistos["anulada"] > 2):
            return
        n, quien, id_ = self.impugnadas[0]
        esperado = EstadoNoPermite if como == "anulada" and self.ordenados else None

        def hacer(sesion: Session) -> None:
            if como == "retirada":
                retirar_impugnacion(sesion, getattr(self.feria, quien).actor, id_)
            else:
                resolver_impugnacion(sesion, self.mae, id_, EstadoImpugnacion(como), MOTIVO)

        if not self.intentar(esperado, hacer):
            return
        self.vistos[como] += 1
        self.impugnadas.pop(0)
        if como == "anulada":
            self.impugnadas, self.estado, self.anulado = [], "cancelado", True
            return
        if como == "revocada":
            self.impugnadas = [i for i in self.impugnadas if i[0] != n]
            for cae in self._con(n):
                if self.ganan[cae] is not None:
                    self.caidos.add((cae, self.ganan[cae]))
                self.items[cae], self.ganan[cae] = "revocado", None
        if not self.impugnadas:
            self._reanuda()
