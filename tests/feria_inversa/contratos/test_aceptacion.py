"""Who won accepts its order in its term, or it falls and the next bid may win."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from empresa_digital.registro import Facultad
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.aceptacion import aceptar_orden, rechazar_orden
from feria_inversa.contratos.errores import AceptacionTardia, OrdenNoPermite
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.contratos.tareas import vencer_ordenes
from feria_inversa.contratos.verificar import verificar_ordenes
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.verificar import verificar_decisiones
from feria_inversa.procesos.consultas import como_esta
from feria_inversa.procesos.convocatorias import cancelar_convocatoria
from feria_inversa.procesos.errores import FaltaMotivo
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import transaccion
from nucleo.errores import Prohibido
from nucleo.eventos import entregar_pendientes
from tests.feria_inversa.conftest import Feria, Parte
from tests.feria_inversa.datos_abiertos.ayudas import lo_dicho

MOTIVO = "No consigo la madera que se pide."


@pytest.fixture
def ordenada(feria: Feria, reloj: Any) -> tuple[UUID, UUID, UUID]:
    """The process, Ana's order (both items), and Beto's bid (the first item)."""
    id_ = feria.publicada().id
    de_ana = feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
    de_beto = feria.ofertar(feria.beto, id_, ["410.00", None])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    decisiones = [DecisionEntrada(item_id=i.id, oferta_id=de_ana) for i in feria.items(id_)]
    with transaccion() as sesion:
        adjudicar(sesion, feria.entidad.actor, id_, decisiones)
    with transaccion() as sesion:
        (orden,) = emitir_ordenes(sesion, feria.entidad.actor, id_)
    return id_, orden.id, de_beto


def _asuntos(sesion: Session, parte: Parte) -> list[str]:
    consulta = text("SELECT asunto FROM ciudadania_notificacion WHERE unidad_id = :u ORDER BY id")
    return list(sesion.connection().execute(consulta, {"u": parte.id}).scalars())


def test_acepta_y_obliga(
    feria: Feria, ordenada: tuple[UUID, UUID, UUID], sesion: Session, aplicacion: Any
) -> None:
    id_, orden_id, _de_beto = ordenada
    with transaccion() as otra:
        aceptar_orden(otra, feria.ana.actor, orden_id)
    orden = sesion.get_one(OrdenDeCompra, orden_id)
    assert (orden.estado, orden.respondida_por, orden.motivo) == ("vigente", feria.ana.actor.nombre, None)
    assert orden.respondida_en is not None
    assert orden.respondida_en < orden.aceptar_hasta
    antes, despues = lo_dicho(sesion)[-2:]
    assert (antes["tag"], antes["contracts"][0]["status"]) == (["contract"], "pending")
    assert "dateSigned" not in antes["contracts"][0]
    assert (despues["tag"], despues["contracts"][0]["status"]) == (["contractUpdate"], "active")
    assert despues["contracts"][0]["dateSigned"] == despues["date"]
    with pytest.raises(OrdenNoPermite), transaccion() as otra:
        rechazar_orden(otra, feria.ana.actor, orden_id, MOTIVO)
    assert vencer_ordenes() == 0
    assert como_esta(sesion.get_one(Convocatoria, id_)) == "contratado"
    sesion.rollback()
    entregar_pendientes()
    assert _asuntos(sesion, feria.entidad)[-1] == f"Orden de compra {orden.numero}: aceptada"


def test_rechaza_y_gana_la_que_sigue(
    feria: Feria, ordenada: tuple[UUID, UUID, UUID], sesion: Session
) -> None:
    id_, orden_id, de_beto = ordenada
    with pytest.raises(FaltaMotivo), transaccion() as otra:
        rechazar_orden(otra, feria.ana.actor, orden_id, "corto")
    with transaccion() as otra:
        rechazar_orden(otra, feria.ana.actor, orden_id, MOTIVO)
    assert [i.estado for i in feria.items(id_)] == ["desistido", "desistido"]
    proceso = sesion.get_one(Convocatoria, id_)
    assert (proceso.estado, proceso.items_adjudicados, proceso.items_ordenados) == ("evaluacion", 0, 0)
    ultima = lo_dicho(sesion)[-1]
    assert ultima["tag"] == ["contractUpdate", "awardCancellation"]
    assert (ultima["contracts"][0]["status"], ultima["awards"][0]["status"]) == ("cancelled", "cancelled")
    assert (verificar_ordenes(sesion), verificar_decisiones(sesion)) == ([], [])

    uno, dos = (i.id for i in feria.items(id_))
    decisiones = [
        DecisionEntrada(item_id=uno, oferta_id=de_beto, motivo="El primero no aceptó su orden."),
        DecisionEntrada(item_id=dos, oferta_id=None, motivo="Nadie más ofertó el ítem."),
    ]
    with transaccion() as otra:
        adjudicar(otra, feria.entidad.actor, id_, decisiones)
    with transaccion() as otra:
        (segunda,) = emitir_ordenes(otra, feria.entidad.actor, id_)
    with transaccion() as otra:
        aceptar_orden(otra, feria.beto.actor, segunda.id)
    sesion.expire_all()
    assert [(c["status"], c["awardID"][-2:]) for c in lo_dicho(sesion)[-1]["contracts"]] == [
        ("cancelled", "A1"),
        ("active", "A2"),
    ]
    assert como_esta(proceso) == "contratado"
    assert (verificar_ordenes(sesion), verificar_decisiones(sesion)) == ([], [])


def test_el_silencio_la_hace_caer(
    feria: Feria, ordenada: tuple[UUID, UUID, UUID], sesion: Session, reloj: Any, aplicacion: Any
) -> None:
    """From the end of its term on only time answers; and the call may be cancelled."""
    id_, orden_id, _de_beto = ordenada
    hasta = sesion.get_one(OrdenDeCompra, orden_id).aceptar_hasta
    sesion.rollback()
    reloj.situar(hasta - timedelta(minutes=5))
    assert vencer_ordenes() == 0
    reloj.situar(hasta)
    with pytest.raises(AceptacionTardia), transaccion() as otra:
        aceptar_orden(otra, feria.ana.actor, orden_id)
    assert (vencer_ordenes(), vencer_ordenes()) == (1, 0)
    orden = sesion.get_one(OrdenDeCompra, orden_id)
    assert (orden.estado, orden.motivo) == ("vencida", "No aceptó la orden de compra en su plazo.")
    assert [i.estado for i in feria.items(id_)] == ["desistido", "desistido"]
    sesion.rollback()
    entregar_pendientes()
    for parte in (feria.ana, feria.entidad):
        assert f"Orden de compra {orden.numero}: no se aceptó a tiempo" in _asuntos(sesion, parte)
    sesion.rollback()
    with transaccion() as otra:
        cancelar_convocatoria(otra, feria.entidad.actor, id_, "Se publicará de nuevo.")
    assert lo_dicho(sesion)[-1]["tender"]["status"] == "cancelled"


@pytest.mark.parametrize(
    "cambio",
    [
        "total = total + 1",
        "numero = 'OC-X'",
        "estado = 'vencida', respondida_en = now(), respondida_por = 'x', motivo = 'porque sí, sí'",
    ],
)
def test_la_aplicacion_no_cambia_una_orden(
    cambio: str, feria: Feria, ordenada: tuple[UUID, UUID, UUID], sesion: Session
) -> None:
    with pytest.raises(Exception, match=r"permission denied|in its term"):
        sesion.connection().execute(text(f"UPDATE feria_orden_de_compra SET {cambio}"))
    sesion.rollback()


def test_la_respuesta_se_escribe_una_vez(
    feria: Feria, ordenada: tuple[UUID, UUID, UUID], sesion: Session
) -> None:
    with transaccion() as otra:
        aceptar_orden(otra, feria.ana.actor, ordenada[1])
    with pytest.raises(IntegrityError, match="what was written stays"):
        sesion.connection().execute(text("UPDATE feria_orden_de_compra SET respondida_por = 'otro'"))
    sesion.rollback()


def test_por_las_paginas(
    feria: Feria, ordenada: tuple[UUID, UUID, UUID], sesion_web: Any, cliente: Any
) -> None:
    _id, orden_id, _de_beto = ordenada
    ana, beto = sesion_web(feria.ana.persona), sesion_web(feria.beto.persona)
    ruta = f"/ordenes-de-compra/{orden_id}"
    assert "Responda a la orden" in ana.get(ruta).text
    assert "Responda hasta el" in ana.get("/ordenes-de-compra").text
    assert "Responda a la orden" not in beto.get(ruta).text
    assert "Responda a la orden" not in cliente.get(ruta).text
    assert beto.post(ruta + "/aceptacion").status_code == 403
    negada = ana.post(ruta + "/rechazo", data={"motivo": "corto"})
    assert (negada.status_code, "Explique el motivo" in negada.text) == (422, True)
    assert ana.post(ruta + "/aceptacion").status_code == 303
    assert "Aceptada" in cliente.get(ruta).text
    assert cliente.get("/api/v1" + ruta).json()["estado"] == "vigente"


def test_quien_compra_no_acepta_por_quien_vende(feria: Feria, ordenada: tuple[UUID, UUID, UUID]) -> None:
    feria.mandato(feria.ana.id, feria.entidad.persona, Facultad.OFERTAR)
    with pytest.raises(Prohibido), transaccion() as sesion:
        aceptar_orden(sesion, feria.entidad.actor, ordenada[1])
