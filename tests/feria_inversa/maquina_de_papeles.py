"""The rules of the fair's machine by which people are named to a process, and left out of it."""

from collections import Counter
from functools import partial
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from feria_inversa.designaciones.designar import Nombramiento, designar_en_proceso
from feria_inversa.designaciones.excusas import excusarse, resolver_excusa
from feria_inversa.papeles.errores import PapelIncompatible, SinPapel
from feria_inversa.papeles.estados import EstadoExcusa
from feria_inversa.papeles.tipos import Papel
from feria_inversa.procesos.convocatorias import cancelar_convocatoria
from nucleo.actor import Actor
from nucleo.bd import transaccion
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.maquina_de_versiones import MOTIVO


class ConPapeles(RuleBasedStateMachine):
    """What the model says of who was named; the entity's officer is the one who goes on doing everything."""

    feria: Feria
    vistos: Counter[str]
    id: UUID
    estado: str
    mae: Actor
    otro: Actor
    nombrados: dict[UUID, dict[Papel, UUID]]

    def _suyos(self) -> dict[Papel, UUID]:
        return self.nombrados.setdefault(self.id, {})

    @precondition(lambda self: self.estado != "cancelado" and self.vistos["nombrada"] < 30)
    @rule(papel=st.sampled_from([Papel.RPA, Papel.RECEPCION, Papel.CALIFICACION]))
    def nombrar(self, papel: Papel) -> None:
        """To decide, to receive; never to evaluate too what one receives."""
        suyos, quien = self._suyos(), self.feria.entidad.persona.id
        if papel in suyos:
            return
        nombra = partial(designar_en_proceso, convocatoria_id=self.id, nuevo=Nombramiento(papel, quien))
        actor = self.mae if papel == Papel.RPA else self.feria.entidad.actor
        if papel == Papel.CALIFICACION:
            if Papel.RECEPCION in suyos:
                with pytest.raises(PapelIncompatible), transaccion() as sesion:
                    nombra(sesion, actor)
                self.vistos["incompatible"] += 1
            return
        with transaccion() as sesion:
            suyos[papel] = nombra(sesion, actor).id
        self.vistos["nombrada"] += 1

    @precondition(lambda self: Papel.RPA in self._suyos() and self.estado != "cancelado")
    @rule()
    def otro_no_decide(self) -> None:
        """Whoever else has the mandate."""
        self._no_cancela(self.otro)

    @precondition(lambda self: Papel.RPA in self._suyos() and self.estado != "cancelado")
    @rule()
    def se_excusa(self) -> None:
        """Until the answer they do nothing; rejected, they go on."""
        oficial = self.feria.entidad.actor
        with transaccion() as sesion:
            excusa = excusarse(sesion, oficial, self._suyos()[Papel.RPA], MOTIVO).id
        self._no_cancela(oficial)
        with transaccion() as sesion:
            resolver_excusa(sesion, self.mae, excusa, EstadoExcusa.RECHAZADA, MOTIVO)
        self.vistos["excusada"] += 1

    def _no_cancela(self, actor: Actor) -> None:
        with pytest.raises(SinPapel), transaccion() as sesion:
            cancelar_convocatoria(sesion, actor, self.id, MOTIVO)
        self.vistos["SinPapel"] += 1
