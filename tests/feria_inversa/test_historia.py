"""The whole life of a need, with exact values."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.consultas import lineas_de_orden
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.consultas import comparar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.reloj import fecha_bolivia
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.datos_abiertos.ayudas import etiquetas


def test_de_la_necesidad_a_la_orden_de_compra(feria: Feria, sesion: Session, reloj: Any) -> None:
    convocatoria = feria.publicada()
    anio = fecha_bolivia().year
    assert convocatoria.cuce == f"{anio % 100:02d}-1101-00-000001-1-1"
    assert convocatoria.monto_referencial == bs("22683.00")
    de_ana = feria.ofertar(feria.ana, convocatoria.id, ["440.00", "700.10"])
    de_beto = feria.ofertar(feria.beto, convocatoria.id, ["430.25", None])
    reloj.adelantar(timedelta(days=10, seconds=1))

    with transaccion() as otra:
        acta = abrir_convocatoria(otra, feria.entidad.actor, convocatoria.id)
    assert (acta.ofertas, acta.retiradas, acta.abierta_por) == (2, 0, feria.entidad.actor.nombre)

    with transaccion() as otra:
        pupitre, pizarra = comparar(otra, otra.get_one(Convocatoria, convocatoria.id))
    assert [(li.propuesta.oferta.id, li.linea.total, li.propuesta.es_menor) for li in pupitre.lineas] == [
        (de_beto, bs("17210.00"), True),
        (de_ana, bs("17600.00"), False),
    ]
    assert [(li.propuesta.oferta.id, li.linea.total, li.propuesta.es_menor) for li in pizarra.lineas] == [
        (de_ana, bs("4200.60"), True)
    ]

    with transaccion() as otra:
        adjudicar(
            otra,
            feria.entidad.actor,
            convocatoria.id,
            [
                DecisionEntrada(item_id=pupitre.item.id, oferta_id=de_beto),
                DecisionEntrada(item_id=pizarra.item.id, oferta_id=de_ana),
            ],
        )
    with transaccion() as otra:
        emitir_ordenes(otra, feria.entidad.actor, convocatoria.id)

    guardada = sesion.get_one(Convocatoria, convocatoria.id)
    assert (guardada.estado, guardada.items_adjudicados) == ("resuelto", 2)
    ordenes = sesion.exec(select(OrdenDeCompra).order_by(OrdenDeCompra.numero)).all()
    assert [(o.numero, o.proveedor_id, o.total, o.plazo_dias) for o in ordenes] == [
        (f"OC-{anio}-1101-00-00001", feria.beto.id, bs("17210.00"), 15),
        (f"OC-{anio}-1101-00-00002", feria.ana.id, bs("4200.60"), 15),
    ]
    assert [li.numero for li in lineas_de_orden(sesion, ordenes[0].id)] == [1]
    assert etiquetas(sesion) == [["tender"], ["tenderUpdate"], ["award"], ["contract"]]
