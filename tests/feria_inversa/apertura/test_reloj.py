"""Time alone takes a process on when its entity does not come: it opens, decides, and lets who won go."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from empresa_digital.registro import inscripcion
from feria_inversa.actos.modelos import Acta
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.apertura.tareas import abrir_sobres
from feria_inversa.contratos.caidas import dejar_sin_efecto
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.contratos.tareas import soltar_adjudicaciones
from feria_inversa.contratos.verificar import verificar_ordenes
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.calificar import calificar
from feria_inversa.evaluacion.esquemas import CalificacionEntrada, DecisionEntrada, RevisadaEntrada
from feria_inversa.evaluacion.tareas import decidir_items
from feria_inversa.procesos.consultas import como_esta
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.estados import EstadoItem
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.tareas import cerrar_recepciones
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.datos_abiertos.ayudas import etiquetas


@pytest.fixture
def cerrada(feria: Feria, reloj: Any) -> tuple[UUID, UUID]:
    """A call whose reception is over, and the bid of Ana, the only one."""
    id_ = feria.publicada().id
    oferta = feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    assert cerrar_recepciones() == 1
    return id_, oferta


def proceso(sesion: Session, id_: UUID) -> Convocatoria:
    sesion.rollback()
    sesion.expire_all()
    return sesion.get_one(Convocatoria, id_)


def sigue_en(sesion: Session, id_: UUID) -> Any:
    cuando = proceso(sesion, id_).sigue_en
    assert cuando is not None
    return cuando


def adjudica(feria: Feria, id_: UUID, oferta: UUID) -> None:
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    decisiones = [DecisionEntrada(item_id=item.id, oferta_id=oferta) for item in feria.items(id_)]
    with transaccion() as sesion:
        adjudicar(sesion, feria.entidad.actor, id_, decisiones)


def test_lo_que_nadie_abre_se_abre_solo(
    feria: Feria, cerrada: tuple[UUID, UUID], sesion: Session, reloj: Any
) -> None:
    """Three working days after the deadline; and what nobody decides then is desierto."""
    id_, _oferta = cerrada
    reloj.situar(sigue_en(sesion, id_) - timedelta(minutes=5))
    assert abrir_sobres() == 0
    reloj.adelantar(timedelta(minutes=5))
    assert (abrir_sobres(), abrir_sobres()) == (1, 0)
    abierta = proceso(sesion, id_)
    assert abierta.estado == "evaluacion"
    acta = sesion.exec(select(Acta)).one()
    assert (acta.hecha_por, len(json.loads(acta.contenido)["ofertas"])) == ("apertura por reloj", 1)

    reloj.situar(sigue_en(sesion, id_) - timedelta(minutes=5))
    assert decidir_items() == 0
    reloj.adelantar(timedelta(minutes=5))
    assert (decidir_items(), decidir_items()) == (1, 0)
    resuelta = proceso(sesion, id_)
    assert (como_esta(resuelta), resuelta.sigue_en) == ("desierto", None)
    assert [i.estado for i in feria.items(id_)] == ["desierto", "desierto"]
    assert etiquetas(sesion) == [["tender"], ["tenderUpdate"], ["tenderUpdate", "award"]]


def test_quien_gano_y_no_recibe_su_orden_queda_libre(
    feria: Feria, cerrada: tuple[UUID, UUID], sesion: Session, reloj: Any, aplicacion: Any
) -> None:
    id_, oferta = cerrada
    adjudica(feria, id_, oferta)
    reloj.situar(sigue_en(sesion, id_) - timedelta(minutes=5))
    assert soltar_adjudicaciones() == 0
    reloj.adelantar(timedelta(minutes=5))
    assert (soltar_adjudicaciones(), soltar_adjudicaciones()) == (1, 0)
    assert proceso(sesion, id_).estado == "evaluacion"
    assert [i.estado for i in feria.items(id_)] == ["desistido", "desistido"]
    assert verificar_ordenes(sesion) == []
    sesion.rollback()
    entregar_pendientes()
    cuerpos = text("SELECT cuerpo FROM ciudadania_notificacion WHERE unidad_id = :u")
    dichos = sesion.connection().execute(cuerpos, {"u": feria.ana.id}).scalars().all()
    assert sum("no emitió la orden de compra en su plazo" in dicho for dicho in dichos) == 2


def test_pasado_el_plazo_decide_el_reloj_aunque_nadie_haya_barrido(
    feria: Feria, cerrada: tuple[UUID, UUID], sesion: Session, reloj: Any
) -> None:
    """A bid that stopped holding is not awarded, nor who was let go ordered or blamed, in the minutes (or the
    outage) between the end of the term and the sweep.
    """
    id_, oferta = cerrada
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    items = feria.items(id_)
    decisiones = [DecisionEntrada(item_id=item.id, oferta_id=oferta) for item in items]
    hasta = sigue_en(sesion, id_)
    reloj.situar(hasta)
    with transaccion() as otra, pytest.raises(EstadoNoPermite, match="terminó el"):
        adjudicar(otra, feria.entidad.actor, id_, decisiones)
    with transaccion() as otra, pytest.raises(EstadoNoPermite, match="terminó el"):
        calificar(
            otra, feria.entidad.actor, id_, CalificacionEntrada(revisadas=[RevisadaEntrada(oferta_id=oferta)])
        )
    assert proceso(sesion, id_).estado == "evaluacion"
    reloj.situar(hasta - timedelta(seconds=1))
    with transaccion() as otra:
        adjudicar(otra, feria.entidad.actor, id_, decisiones)

    reloj.situar(sigue_en(sesion, id_))
    with transaccion() as otra, pytest.raises(EstadoNoPermite, match="terminó el"):
        emitir_ordenes(otra, feria.entidad.actor, id_)
    with transaccion() as otra, pytest.raises(EstadoNoPermite, match="terminó el"):
        dejar_sin_efecto(
            otra, feria.entidad.actor, id_, items[0].id, EstadoItem.DESCALIFICADO, "No trajo sus papeles."
        )
    assert proceso(sesion, id_).estado == "resuelto"
    assert soltar_adjudicaciones() == 1
    assert [i.estado for i in feria.items(id_)] == ["desistido", "desistido"]


def test_lo_ordenado_ya_no_espera(
    feria: Feria, cerrada: tuple[UUID, UUID], sesion: Session, reloj: Any
) -> None:
    id_, oferta = cerrada
    adjudica(feria, id_, oferta)
    assert proceso(sesion, id_).sigue_en is not None
    with transaccion() as otra:
        emitir_ordenes(otra, feria.entidad.actor, id_)
    assert proceso(sesion, id_).sigue_en is None
    reloj.adelantar(timedelta(days=100))
    assert (abrir_sobres(), decidir_items(), soltar_adjudicaciones()) == (0, 0, 0)


def test_el_acta_dice_quien_no_estaba_habilitado(
    feria: Feria, cerrada: tuple[UUID, UUID], sesion: Session, reguladora: Actor, cliente: Any
) -> None:
    id_, _oferta = cerrada
    with transaccion() as otra:
        inscripcion.suspender(otra, reguladora, feria.ana.id, "Reclamos")
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    (dicha,) = json.loads(sesion.exec(select(Acta.contenido)).one())["ofertas"]
    assert dicha["habilitado"] is False
    assert "No habilitado ese día" in cliente.get(f"/feria/{id_}/acta").text


def test_lo_que_espera_dice_hasta_cuando(cerrada: tuple[UUID, UUID], sesion: Session) -> None:
    with pytest.raises(IntegrityError, match="ck_feria_convocatoria_sigue_en"):
        sesion.connection().execute(text("UPDATE feria_convocatoria SET sigue_en = NULL"))
    sesion.rollback()
