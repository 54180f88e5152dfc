"""What waits for who was named to evaluate or to receive is in their panel, with its term;
guarantees about to end, in the panel of who buys.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from empresa_digital.registro import Facultad
from feria_inversa.contratos.consultas import contar_por_atender
from feria_inversa.contratos.modelos import Entrega
from feria_inversa.designaciones.excusas import excusarse, resolver_excusa
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.informar import informar
from feria_inversa.papeles.estados import EstadoExcusa
from feria_inversa.papeles.tipos import Papel
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.panel import Accion
from plataforma import panel
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.contratos.test_ejecucion import aceptada as aceptada
from tests.feria_inversa.contratos.test_ejecucion import entrega, orden_de
from tests.feria_inversa.contratos.test_garantias import hoy, registra
from tests.feria_inversa.designaciones.ayudas import MOTIVO, Gente, abrir, cerrada, en_proceso
from tests.feria_inversa.dos_sobres.ayudas import cerrar, en_dos_sobres
from tests.feria_inversa.llaves.ayudas import entregar, resguardo

pytestmark = pytest.mark.usefixtures("aplicacion")


def espera(sesion: Session, quien: Actor, titulo: str) -> Accion | None:
    sesion.rollback()
    sesion.expire_all()
    acciones = [a for grupo in panel.grupos(sesion, quien) for a in grupo.acciones if a.titulo == titulo]
    return acciones[0] if acciones else None


def dice(linea: Accion | None) -> tuple[str, int | None, Any] | None:
    return None if linea is None else (linea.url, linea.cuenta, linea.hasta)


def test_evalua_quien_fue_nombrado_hasta_que_firma(
    feria: Feria, gente: Gente, mae: Actor, reloj: Any, sesion: Session
) -> None:
    rosa, evalua = gente("Rosa", Facultad.EVALUAR)
    _otra, ajena = gente("Otra")
    otro, aparte = gente("Aparte", Facultad.EVALUAR)
    id_, oferta = cerrada(feria, reloj)
    en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, rosa)
    suya = en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, otro)
    linea = "Evaluar e informar"
    assert espera(sesion, evalua, linea) is None
    abrir(feria.entidad.actor, id_)
    termino = sesion.get_one(Convocatoria, id_).sigue_en
    assert dice(espera(sesion, evalua, linea)) == (f"/compras/{id_}", 1, termino)
    assert [espera(sesion, quien, linea) for quien in (ajena, feria.entidad.actor, mae)] == [None] * 3

    with transaccion() as propia:
        excusa = excusarse(propia, aparte, suya, MOTIVO).id
    assert (espera(sesion, aparte, linea), dice(espera(sesion, evalua, linea)) is None) == (None, False)
    with transaccion() as propia:
        resolver_excusa(propia, mae, excusa, EstadoExcusa.ACEPTADA, "Es razón para apartarla.")
    assert espera(sesion, aparte, linea) is None
    silla = feria.items(id_)[0].id
    with transaccion() as propia:
        informar(propia, evalua, id_, [DecisionEntrada(item_id=silla, oferta_id=oferta)])
    assert espera(sesion, evalua, linea) is None


def test_evalua_primero_la_parte_tecnica(feria: Feria, gente: Gente, reloj: Any, sesion: Session) -> None:
    """With two envelopes: if nobody does in its term, the process is annulled."""
    rosa, evalua = gente("Rosa", Facultad.EVALUAR)
    guardas = resguardo(feria)
    id_ = en_dos_sobres(feria)
    feria.ofertar(feria.ana, id_, ["70000.00", "4500.00"])
    cerrar(reloj)
    en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, rosa)
    for guarda in guardas[:2]:
        entregar(guarda, id_)
    termino = sesion.get_one(Convocatoria, id_).sigue_en
    assert dice(espera(sesion, evalua, "Evaluar e informar")) == (f"/compras/{id_}", 1, termino)


def test_recibe_quien_fue_nombrado(feria: Feria, gente: Gente, aceptada: UUID, sesion: Session) -> None:
    """Named to it, it waits for them; before that, for whoever buys."""
    rosa, recibe = gente("Rosa", Facultad.COMPRAR)
    _otra, ajena = gente("Otra", Facultad.COMPRAR)
    numero = entrega(feria, aceptada, "20", "6")
    orden = orden_de(sesion, aceptada)
    hasta = sesion.exec(select(Entrega.recibir_hasta).where(Entrega.orden_id == orden.id)).one()
    assert numero == 1
    todas = "/ordenes-de-compra?ver=en_curso"
    for quien in (recibe, ajena):
        assert dice(espera(sesion, quien, "Recibir y pagar")) == (todas, 1, hasta)
        assert espera(sesion, quien, "Recibir lo entregado") is None
    en_proceso(feria.entidad.actor, orden.convocatoria_id, Papel.RECEPCION, rosa)
    assert dice(espera(sesion, recibe, "Recibir lo entregado")) == (
        f"/ordenes-de-compra/{aceptada}",
        1,
        hasta,
    )
    assert [espera(sesion, ajena, t) for t in ("Recibir lo entregado", "Recibir y pagar")] == [None, None]
    assert contar_por_atender(sesion, [feria.entidad.id]) == {}


def test_las_garantias_por_terminar(
    feria: Feria, gente: Gente, aceptada: UUID, reloj: Any, sesion: Session
) -> None:
    _rosa, evalua = gente("Rosa", Facultad.EVALUAR)
    linea = "Garantías por terminar"
    primera = registra(feria, aceptada)
    assert espera(sesion, feria.entidad.actor, linea) is None
    reloj.adelantar(timedelta(days=45, seconds=1))
    assert dice(espera(sesion, feria.entidad.actor, linea)) == (
        f"/ordenes-de-compra/{aceptada}",
        1,
        primera.vence_en,
    )
    assert [espera(sesion, quien, linea) for quien in (evalua, feria.ana.actor)] == [None, None]
    registra(feria, aceptada, renueva_a=1, desde=primera.hasta, hasta=hoy() + timedelta(days=90))
    assert espera(sesion, feria.entidad.actor, linea) is None
