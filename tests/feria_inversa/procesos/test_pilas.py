"""The desk of an entity: each process in its pile, counted in the database however many there are."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from empresa_digital.registro import inscripcion
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.procesos.consultas import contar_pilas
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.obligaciones import obligaciones_de
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import Feria, item


def test_cada_proceso_en_su_pila(feria: Feria, reloj: Any, sesion: Session, sesion_web: Any) -> None:
    unidad = [item("Silla", "1", "100.00")]
    actor = feria.entidad.actor
    abiertas = [feria.publicada(items=unidad).id for _n in range(4)]
    oferta = [feria.ofertar(feria.ana, id_, ["90.00"]) for id_ in abiertas]
    reloj.adelantar(timedelta(days=10, seconds=1))  # past their hour, and no sweep ran
    feria.publicada(items=unidad)
    with transaccion() as otra:
        for id_ in abiertas[1:]:
            abrir_convocatoria(otra, actor, id_)
        for id_, cual in list(zip(abiertas, oferta, strict=True))[2:]:
            (pedido,) = feria.items(id_)
            adjudicar(otra, actor, id_, [DecisionEntrada(item_id=pedido.id, oferta_id=cual)])
        emitir_ordenes(otra, actor, abiertas[3])
    modelo = feria.borrador(unidad)
    # More drafts than any page shows, newer than all the rest.
    copiar = text(
        "INSERT INTO feria_convocatoria (id, unidad_id, estado, version, titulo, descripcion, categoria, "
        "municipio_ine, lugar_entrega, plazo_entrega_dias, monto_referencial, texto_busqueda, "
        "items_adjudicados, items_ordenados, resoluciones, versiones, pedido_en, adjudica_por, metodo, "
        "puntos_tecnica, minimo_tecnica, subasta, subasta_por_rondas, dos_sobres, cotizacion_rapida) "
        "SELECT gen_random_uuid(), unidad_id, 'borrador', 1, "
        "'Borrador ' || n, '', categoria, municipio_ine, '', 30, 100, '', 0, 0, 0, 1, 1, 'item', 'precio', "
        "0, 0, false, false, false, false "
        "FROM feria_convocatoria, generate_series(1, 500) n WHERE id = :id"
    )
    sesion.connection().execute(copiar, {"id": modelo.id})
    sesion.commit()

    pilas = contar_pilas(sesion, [feria.entidad.id])[feria.entidad.id]
    assert {pila: espera.cuantas for pila, espera in pilas.items()} == {
        "borradores": 501,
        "abiertas": 1,
        "por_abrir": 1,
        "por_adjudicar": 1,
        "por_contratar": 1,
    }
    entidad = sesion_web(feria.entidad.persona)
    for ver, filas in (("borradores", 50), ("por_abrir", 1), ("por_contratar", 1), ("terminadas", 1)):
        html = entidad.get(f"/compras?ver={ver}").text
        assert html.count('class="renglon__que renglon__ancho"') == filas, ver
        assert "501" in html
    vistos, direccion = 0, "/compras?ver=borradores"
    while direccion:
        html = entidad.get(direccion).text
        vistos += html.count('class="renglon__que renglon__ancho"')
        sigue = re.search(r'rel="next" href="([^"]+)"', html)
        direccion = unescape(sigue[1]) if sigue else ""
    assert vistos == 501


def test_lo_que_espera_su_orden_sigue_por_contratar(
    feria: Feria, reloj: Any, sesion: Session, reguladora: Actor
) -> None:
    """One winner has its order, the other one may not contract today: the process is not over for anybody."""
    id_ = feria.publicada().id
    de_ana = feria.ofertar(feria.ana, id_, ["400.00", None])
    de_beto = feria.ofertar(feria.beto, id_, [None, "700.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    pupitre, pizarra = feria.items(id_)
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
        decisiones = [
            DecisionEntrada(item_id=pupitre.id, oferta_id=de_ana),
            DecisionEntrada(item_id=pizarra.id, oferta_id=de_beto),
        ]
        adjudicar(otra, feria.entidad.actor, id_, decisiones)
        inscripcion.suspender(otra, replace(reguladora, autenticado_en=ahora()), feria.ana.id, "Reclamos")

    def pilas() -> dict[str, int]:
        sesion.rollback()
        pilas = contar_pilas(sesion, [feria.entidad.id])[feria.entidad.id]
        return {pila: espera.cuantas for pila, espera in pilas.items()}

    with transaccion() as otra:
        assert [o.proveedor_id for o in emitir_ordenes(otra, feria.entidad.actor, id_)] == [feria.beto.id]
    assert pilas() == {"por_contratar": 1}
    assert [o.url for o in obligaciones_de(sesion, feria.ana.id)] == ["/ofertas"]
    with transaccion() as otra:
        inscripcion.rehabilitar(otra, replace(reguladora, autenticado_en=ahora()), feria.ana.id)
        assert [o.proveedor_id for o in emitir_ordenes(otra, feria.entidad.actor, id_)] == [feria.ana.id]
    assert pilas() == {}
    assert [o.url for o in obligaciones_de(sesion, feria.ana.id)] == ["/ordenes-de-compra"]
