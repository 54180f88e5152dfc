"""The rules of the fair's machine by which people are named to a process, and left out of it."""

from collections import Counter
from uuid import UUID

import pytest
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
    excusadas: set[UUID]

    def _suyos(self) -> dict[Papel, UUID]:
        return self.nombrados.setdefault(self.id, {})

    @precondition(lambda self: self.estado != "cancelado" and len(self._suyos()) < 2)
    @precondition(lambda self: self.vistos["nombrada"] < 8)
    @rule()
    def nombrar(self) -> None:
        """To decide first, then to receive."""
        suyos, quien = self._suyos(), self.feria.entidad.persona.id
        papel = Papel.RECEPCION if Papel.RPA in suyos else Papel.RPA
        actor = self.mae if papel == Papel.RPA else self.feria.entidad.actor
        with transaccion() as sesion:
            hecha = designar_en_proceso(sesion, actor, self.id, Nombramiento(papel, quien))
            suyos[papel] = hecha.id
        self.vistos["nombrada"] += 1

    @precondition(lambda self: Papel.RECEPCION in self._suyos() and self.estado != "cancelado")
    @precondition(lambda self: self.vistos["incompatible"] < 2)
    @rule()
    def evaluar_lo_que_recibe(self) -> None:
        """Nobody evaluates too what they receive."""
        nuevo = Nombramiento(Papel.CALIFICACION, self.feria.entidad.persona.id)
        with pytest.raises(PapelIncompatible), transaccion() as sesion:
            designar_en_proceso(sesion, self.feria.entidad.actor, self.id, nuevo)
        self.vistos["incompatible"] += 1

    @precondition(lambda self: Papel.RPA in self._suyos() and self.estado != "cancelado")
    @precondition(lambda self: self.vistos["SinPapel"] < 6)
    @rule()
    def otro_no_decide(self) -> None:
        """Whoever else has the mandate."""
        self._no_cancela(self.otro)

    @precondition(lambda self: Papel.RPA in self._suyos() and self.estado != "cancelado")
    @precondition(lambda self: self._suyos().get(Papel.RPA) not in {None, *self.excusadas})
    @rule()
    def se_excusa(self) -> None:
        """Once: until the answer they do nothing; rejected, they go on."""
        oficial = self.feria.entidad.actor
        self.excusadas.add(self._suyos()[Papel.RPA])
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
