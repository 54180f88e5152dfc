"""An order of what is delivered soon, a contract of the rest; and when a process is over."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session

from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.aceptacion import aceptar_orden
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.ofertas.ofertas import presentar_oferta
from nucleo.bd import transaccion
from nucleo.reloj import fecha_bolivia
from tests.feria_inversa.conftest import Feria, linea
from tests.feria_inversa.contratos.test_ejecucion import entrega, paga, recibe
from tests.feria_inversa.datos_abiertos.ayudas import compilado


def ordenadas(feria: Feria, reloj: Any, *dias: int) -> tuple[UUID, list[UUID]]:
    """A process whose items Ana and Beto win, one each, in so many days; their orders, accepted."""
    id_ = feria.publicada(plazo_entrega_dias=60).id
    items, quienes, ofertas = feria.items(id_), (feria.ana, feria.beto), []
    for item, parte, plazo in zip(items, quienes, dias, strict=True):
        with transaccion() as sesion:
            lineas = [linea(item.id, "400.00", plazo)]
            ofertas.append(presentar_oferta(sesion, parte.actor, id_, parte.id, lineas).id)
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    decisiones = [
        DecisionEntrada(item_id=i.id, oferta_id=oferta) for i, oferta in zip(items, ofertas, strict=True)
    ]
    with transaccion() as sesion:
        adjudicar(sesion, feria.entidad.actor, id_, decisiones)
    with transaccion() as sesion:
        dadas = {o.proveedor_id: o.id for o in emitir_ordenes(sesion, feria.entidad.actor, id_)}
    for parte in quienes:
        with transaccion() as sesion:
            aceptar_orden(sesion, parte.actor, dadas[parte.id])
    return id_, [dadas[parte.id] for parte in quienes]


def test_hasta_quince_dias_es_orden_y_despues_contrato(
    feria: Feria, reloj: Any, sesion: Session, cliente: Any
) -> None:
    id_, (orden, contrato) = ordenadas(feria, reloj, 15, 16)
    dichas = [cliente.get(f"/api/v1/ordenes-de-compra/{una}").json() for una in (orden, contrato)]
    assert [(d["forma"], d["plazo_dias"]) for d in dichas] == [("orden", 15), ("contrato", 16)]
    for dicha, nombre in zip(dichas, ("Orden de compra", "Contrato"), strict=True):
        pagina = cliente.get(f"/ordenes-de-compra/{dicha['id']}").text
        assert f"<title>{nombre} {dicha['numero']}" in pagina
        assert f"{nombre}: ofertó entregar en {dicha['plazo_dias']} días, y hasta 15 es orden" in pagina
        assert "Regla por confirmar" in pagina
        assert f"{nombre} {dicha['numero']}" in cliente.get(f"/feria/{id_}").text
    sesion.rollback()
    assert sorted(c["title"] for c in compilado(sesion, id_)["contracts"]) == sorted(
        f"{nombre} {d['numero']}" for nombre, d in zip(("Orden de compra", "Contrato"), dichas, strict=True)
    )


def test_el_proceso_concluye_con_la_ultima(feria: Feria, reloj: Any, cliente: Any) -> None:
    """Paid in two and in five days from their receptions; nobody says it, it is read."""
    id_, (de_ana, de_beto) = ordenadas(feria, reloj, 15, 16)
    partes = [(feria.ana, de_ana, ("40",), "16000.00", 2), (feria.beto, de_beto, (None, "6"), "2400.00", 5)]
    for parte, orden, cuantas, monto, espera in partes:
        assert cliente.get(f"/api/v1/convocatorias/{id_}").json()["concluido_en"] is None
        assert "Concluida" not in cliente.get(f"/feria/{id_}").text
        entrega(replace(feria, ana=parte), orden, *cuantas)
        recibe(feria, orden, 1)
        reloj.adelantar(timedelta(days=espera))
        paga(feria, orden, monto, medio="c31", comprobante=str(40 + espera), fecha=fecha_bolivia())
    dicho = cliente.get(f"/api/v1/convocatorias/{id_}").json()
    assert (dicho["estado"], dicho["dias_para_pagar"]) == ("contratado", [2, 5])
    assert dicho["concluido_en"] is not None
    pagina = cliente.get(f"/feria/{id_}").text
    assert "Concluida" in pagina
    assert "Se pagó entre 2 y 5 días desde que se recibió." in pagina
