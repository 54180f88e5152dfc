"""The rules of the fair's machine by which a published process changes, and its bids wait."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from feria_inversa.ofertas.errores import OfertaPorRehacer, OfertaTardia
from feria_inversa.ofertas.reconfirmar import reconfirmar_oferta
from feria_inversa.procesos.esquemas import EnmiendaEntrada, ItemEntrada
from feria_inversa.procesos.versiones import ampliar, enmendar, reanudar_recepcion, suspender
from nucleo.bd import transaccion
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import Feria, item

MOTIVO = "Un motivo de la máquina."
QUIEN = st.sampled_from(["ana", "beto"])
ITEMS = [item("Silla", "2", "100.00"), item("Mesa", "2", "100.00")]


class ConVersiones(RuleBasedStateMachine):
    """What the model says of the versions of a process, and for which of them each bid is."""

    feria: Feria
    vistos: Counter[str]
    id: UUID
    estado: str
    suspendida: bool
    pedido: list[ItemEntrada]
    ofertas: dict[str, tuple[UUID, list[str | None]]]
    intentar: Callable[[type[Exception] | None, Callable[[Any], Any]], bool]

    def _sin_versiones(self) -> None:
        self.cierra_en = 1
        self.versiones = self.pedido_en = 1
        self.hecha_para: dict[str, int] = {}
        self.vale_para: dict[str, int] = {}
        self.caducadas: set[str] = set()  # they bid too: they may contest

    def _mas_tarde(self) -> datetime:
        """A closing that leaves time to reconfirm, and never comes earlier."""
        self.cierra_en = max(9, self.cierra_en + 1)
        return ahora() + timedelta(days=self.cierra_en)

    def _otra_silla(self, texto: str) -> ItemEntrada:
        return item(f"Silla, {texto}", "2", "100.00", lote=self.pedido[0].lote)

    def _version(self, *, otro_pedido: bool = False) -> None:
        self.versiones += 1
        if otro_pedido:
            self.pedido_en = self.versiones
        self.vistos["versión"] += 1

    @precondition(lambda self: self.estado == "publicado" and self.vistos["versión"] < 40)
    @rule(que=st.sampled_from(["texto", "items", "plazo", "suspende"]))
    def cambiar(self, que: str) -> None:
        """What is published changes: the bids of before wait to be reconfirmed, or presented again."""
        actor = self.feria.entidad.actor
        cierre = self._mas_tarde() if que != "suspende" else None
        texto = f"Versión {self.versiones + 1}"
        with transaccion() as sesion:
            if que == "suspende":
                suspender(sesion, actor, self.id, MOTIVO)
            elif que == "plazo":
                assert cierre is not None
                ampliar(sesion, actor, self.id, cierre, MOTIVO)
            else:
                items = [self._otra_silla(texto), self.pedido[1]] if que == "items" else None
                enmienda = EnmiendaEntrada(motivo=MOTIVO, descripcion=texto, vence_en=cierre, items=items)
                enmendar(sesion, actor, self.id, enmienda)
        self.vistos[que] += 1
        self._version(otro_pedido=que == "items")
        if que == "suspende":
            self.estado = "suspendido"

    @precondition(lambda self: self.estado == "suspendido")
    @rule()
    def reanudar(self) -> None:
        with transaccion() as sesion:
            reanudar_recepcion(sesion, self.feria.entidad.actor, self.id, self._mas_tarde(), MOTIVO)
        self.estado = "publicado"
        self._version()

    @precondition(lambda self: self.estado in {"publicado", "suspendido"} and self.versiones > 1)
    @rule(quien=QUIEN)
    def reconfirmar(self, quien: str) -> None:
        if quien not in self.ofertas or (quien == "ana" and self.suspendida):
            return
        esperado: type[Exception] | None = None if self.estado == "publicado" else OfertaTardia
        al_dia = self.vale_para[quien] == self.versiones
        if esperado is None and not al_dia and self.hecha_para[quien] < self.pedido_en:
            esperado = OfertaPorRehacer
        parte, (oferta_id, _precios) = getattr(self.feria, quien), self.ofertas[quien]
        if self.intentar(esperado, lambda s: reconfirmar_oferta(s, parte.actor, oferta_id)):
            self.vale_para[quien] = self.versiones
            self.vistos["reconfirmada"] += not al_dia

    def _se_abren(self) -> None:
        """Only the bids that are for the last version."""
        self.estado = "evaluacion"
        for quien in [q for q, version in self.vale_para.items() if version != self.versiones]:
            del self.ofertas[quien], self.vale_para[quien]
            self.caducadas.add(quien)
            self.vistos["caducada"] += 1
