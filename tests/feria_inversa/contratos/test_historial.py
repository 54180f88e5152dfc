"""The record of a supplier, read from its orders: exact figures, and who sees them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import TipoUnidad, unidad_por_id
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.aceptacion import rechazar_orden
from feria_inversa.contratos.historial import historiales_de
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.contratos.resolucion import resolver_orden
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.ofertas.consultas import ofertas_vigentes
from nucleo.bd import transaccion
from nucleo.dinero import bs
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.contratos.test_ejecucion import aceptada as aceptada
from tests.feria_inversa.contratos.test_ejecucion import entrega, paga, recibe

MOTIVO = "No entregó todo en su plazo."


def _abierta(feria: Feria, reloj: Any) -> UUID:
    id_ = feria.publicada().id
    feria.ofertar(feria.ana, id_, ["400.00", "700.10"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    return id_


def test_dice_lo_que_dicen_sus_ordenes(
    feria: Feria, aceptada: UUID, reloj: Any, sesion: Session, cliente: Any
) -> None:
    """One delivery in time, one late with its penalty, the order cut short, another one declined."""
    recibe(feria, aceptada, entrega(feria, aceptada, "10", None), "10", None)
    reloj.adelantar(timedelta(days=18))
    recibe(feria, aceptada, entrega(feria, aceptada, "10", None), "10", None, multar=True)
    with transaccion() as otra:
        resolver_orden(otra, feria.entidad.actor, aceptada, MOTIVO)
    id_ = _abierta(feria, reloj)
    with transaccion() as otra:
        (oferta,) = ofertas_vigentes(otra, id_)
        decisiones = [DecisionEntrada(item_id=i.id, oferta_id=oferta.id) for i in feria.items(id_)]
        adjudicar(otra, feria.entidad.actor, id_, decisiones)
    with transaccion() as otra:
        (orden,) = emitir_ordenes(otra, feria.entidad.actor, id_)
    with transaccion() as otra:
        rechazar_orden(otra, feria.ana.actor, orden.id, "No conseguimos la madera.")

    de_ana, de_beto = historiales_de(sesion, [feria.ana.id, feria.beto.id]).values()
    assert de_beto.vacio
    assert (de_ana.aceptadas, de_ana.concluidas, de_ana.resueltas, de_ana.caidas) == (1, 0, 1, 1)
    assert (de_ana.entregas, de_ana.a_tiempo, de_ana.con_multa) == (2, 1, 1)
    assert (de_ana.recibido, de_ana.multas) == (bs("8000.00"), bs("120.00"))  # 4.000 × 10 per mil × 3

    numero = unidad_por_id(sesion, feria.ana.id).numero
    dicho = cliente.get(f"/api/v1/proveedores-del-estado/{numero}").json()
    assert (dicho["aceptadas"], dicho["a_tiempo"], dicho["multas"]["monto"]) == (1, 1, "120.00")
    pagina = cliente.get(f"/feria/proveedores/{numero}").text
    assert "1 de 2" in pagina
    assert "1, por Bs\xa0120,00" in pagina
    assert pagina.count("/ordenes-de-compra/") == 2


def test_quien_decide_lo_ve_junto_a_las_ofertas(
    feria: Feria, aceptada: UUID, reloj: Any, sesion_web: Any
) -> None:
    recibe(feria, aceptada, entrega(feria, aceptada, "40", "6"), "40", "6")
    id_ = _abierta(feria, reloj)
    pagina = sesion_web(feria.entidad.persona).get(f"/compras/{id_}").text
    assert "órdenes aceptadas: 1; entregas a tiempo: 1 de 1; con multa: 0; resueltas: 0" in pagina


def test_dice_los_dias_para_pagar(feria: Feria, aceptada: UUID, reloj: Any, cliente: Any) -> None:
    assert cliente.get(f"/api/v1/ordenes-de-compra/{aceptada}").json()["dias_para_pagar"] is None
    recibe(feria, aceptada, entrega(feria, aceptada, "40", "6"), "40", "6")
    reloj.adelantar(timedelta(days=12))
    assert "Espera su pago hace 12 días" in cliente.get(f"/ordenes-de-compra/{aceptada}").text
    paga(feria, aceptada, "20200.60")
    reloj.adelantar(timedelta(days=3))
    assert "Se pagó en 12 días" in cliente.get(f"/ordenes-de-compra/{aceptada}").text
    assert cliente.get(f"/api/v1/ordenes-de-compra/{aceptada}").json()["dias_para_pagar"] == 12


def test_de_una_unidad_que_no_existe_no_dice_nada(feria: Feria, cliente: Any, sesion: Session) -> None:
    assert cliente.get("/feria/proveedores/12345").status_code == 404
    otra = feria.crear_parte("Taller nuevo", TipoUnidad.COOPERATIVA)
    numero = unidad_por_id(sesion, otra.id).numero
    assert "Todavía no tiene órdenes" in cliente.get(f"/feria/proveedores/{numero}").text
