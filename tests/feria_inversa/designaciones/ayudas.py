"""Shortcuts of the tests of roles: each act in its own transaction."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.designaciones.designar import Nombramiento, designar_en_entidad, designar_en_proceso
from feria_inversa.designaciones.verificar import verificar_papeles
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.papeles.consultas import designaciones_de
from feria_inversa.papeles.tipos import Papel
from nucleo.actor import Actor
from nucleo.bd import transaccion
from tests.feria_inversa.conftest import Feria, item

MOTIVO = "Su hermana trabaja en una de las que ofertó."
UNO = [item("Silla", "2", "100.00")]

Gente = Callable[..., tuple[UUID, Actor]]


def en_entidad(feria: Feria, mae: Actor, papel: Papel, persona_id: UUID, **mas: Any) -> UUID:
    with transaccion() as sesion:
        return designar_en_entidad(sesion, mae, feria.entidad.id, Nombramiento(papel, persona_id, **mas)).id


def en_proceso(quien: Actor, id_: UUID, papel: Papel, persona_id: UUID, **mas: Any) -> UUID:
    with transaccion() as sesion:
        return designar_en_proceso(sesion, quien, id_, Nombramiento(papel, persona_id, **mas)).id


def cerrada(feria: Feria, reloj: Any) -> tuple[UUID, UUID]:
    """A process past its deadline, with Ana's bid."""
    id_ = feria.publicada(dias=10, items=UNO).id
    oferta = feria.ofertar(feria.ana, id_, ["90.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    return id_, oferta


def abrir(actor: Actor, id_: UUID) -> None:
    with transaccion() as sesion:
        abrir_convocatoria(sesion, actor, id_)


def gana(feria: Feria, actor: Actor, id_: UUID, oferta: UUID) -> None:
    with transaccion() as sesion:
        adjudicar(sesion, actor, id_, [DecisionEntrada(item_id=feria.items(id_)[0].id, oferta_id=oferta)])


def rigen(feria: Feria, id_: UUID | None) -> list[str]:
    with transaccion() as sesion:
        assert verificar_papeles(sesion) == []
        return [d.papel for d in designaciones_de(sesion, feria.entidad.id, id_) if d.cesada_en is None]
