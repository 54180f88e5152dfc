"""What waits for an answer is in the panel of who gives it, and only there."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from empresa_digital.registro import Facultad
from feria_inversa.apertura.apertura import abrir_con
from feria_inversa.designaciones.excusas import excusarse, recusar, resolver_excusa
from feria_inversa.papeles.estados import EstadoExcusa
from feria_inversa.papeles.tipos import Papel
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from plataforma import panel
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.designaciones.ayudas import (
    MOTIVO,
    Gente,
    abrir,
    cerrada,
    en_entidad,
    en_proceso,
)

pytestmark = pytest.mark.usefixtures("aplicacion")  # which has the rooms register their parts

LINEA = "Resolver excusas y recusaciones"


def espera(sesion: Session, quien: Actor) -> tuple[str, int | None] | None:
    """Where their panel sends them to answer, and how many wait."""
    sesion.rollback()
    acciones = [a for grupo in panel.grupos(sesion, quien) for a in grupo.acciones if a.titulo == LINEA]
    return (acciones[0].url, acciones[0].cuenta) if acciones else None


def test_espera_a_quien_administra_la_entidad(
    feria: Feria, gente: Gente, mae: Actor, reloj: Any, sesion: Session
) -> None:
    rosa, rpa = gente("Rosa")
    id_, _oferta = cerrada(feria, reloj)
    una = en_proceso(mae, id_, Papel.RPA, rosa)
    otra = en_proceso(rpa, id_, Papel.SOLICITANTE, feria.entidad.persona.id)
    abrir(rpa, id_)
    assert espera(sesion, mae) is None
    with transaccion() as propia:
        recusacion = recusar(propia, feria.ana.actor, una, feria.ana.id, MOTIVO).id
    with transaccion() as propia:
        excusarse(propia, feria.entidad.actor, otra, MOTIVO)
    assert espera(sesion, mae) == (f"/compras/{id_}/papeles", 2)
    for ajeno in (rpa, feria.entidad.actor, feria.ana.actor):
        assert espera(sesion, ajeno) is None
    with transaccion() as propia:
        resolver_excusa(propia, mae, recusacion, EstadoExcusa.RECHAZADA, "No es razón para apartarla.")
    assert espera(sesion, mae) == (f"/compras/{id_}/papeles", 1)


def test_con_mae_la_espera_a_ella_menos_en_su_propio_caso(
    feria: Feria, gente: Gente, mae: Actor, reloj: Any, sesion: Session
) -> None:
    _otra, administra = gente("Otra", Facultad.ADMINISTRAR)
    assert mae.persona_id is not None
    en_entidad(feria, mae, Papel.MAE, mae.persona_id)
    de_rosa = _recusada(feria, gente, mae, reloj, None)
    assert (espera(sesion, mae), espera(sesion, administra)) == ((f"/compras/{de_rosa}/papeles", 1), None)
    de_mae = _recusada(feria, gente, mae, reloj, mae.persona_id)
    assert (espera(sesion, mae), espera(sesion, administra)) == (
        (f"/compras/{de_rosa}/papeles", 1),
        (f"/compras/{de_mae}/papeles", 1),
    )


def _recusada(feria: Feria, gente: Gente, mae: Actor, reloj: Any, quien: UUID | None) -> UUID:
    """A process whose RPA, somebody new or this person, was recused."""
    id_, _oferta = cerrada(feria, reloj)
    una = en_proceso(mae, id_, Papel.RPA, quien or gente("Rosa")[0])
    with transaccion() as sesion:
        abrir_con(sesion, Autorizacion.propia(Actor.sistema("prueba")), id_)
    with transaccion() as sesion:
        recusar(sesion, feria.ana.actor, una, feria.ana.id, MOTIVO)
    return id_
