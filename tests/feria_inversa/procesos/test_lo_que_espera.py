"""What waits for somebody, by when its term ends: the piles of an entity, and the panel of who bids."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlmodel import Session

from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.aceptacion import aceptar_orden
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.ofertas.consultas import mis_ofertas
from feria_inversa.procesos.consultas import Pila, contar_pilas, de_la_pila
from feria_inversa.procesos.convocatorias import publicar_convocatoria
from feria_inversa.procesos.modelos import EN_CURSO, Convocatoria
from nucleo.bd import transaccion
from nucleo.paginacion import CursorPedido
from nucleo.panel import Accion, Espera
from nucleo.plantillas import filtro_hasta
from nucleo.reloj import ahora
from plataforma import panel
from tests.feria_inversa.conftest import Feria, Parte, item
from tests.feria_inversa.evaluacion.test_verificacion import califica, pide, trae
from tests.feria_inversa.subasta.ayudas import en_subasta, fin
from tests.feria_inversa.versiones.test_versiones import enmienda, reconfirma

pytestmark = pytest.mark.usefixtures("aplicacion")
SILLA = [item("Silla", "10", "100.00")]


def _lineas(sesion: Session, parte: Parte) -> list[Accion]:
    """What waits with a term, of the first group of somebody's panel."""
    sesion.rollback()
    return [a for a in panel.grupos(sesion, parte.actor)[0].acciones if a.hasta is not None]


def _decidida(feria: Feria, reloj: Any, id_: UUID, oferta_id: UUID) -> UUID:
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
        (silla,) = feria.items(id_)
        adjudicar(sesion, feria.entidad.actor, id_, [DecisionEntrada(item_id=silla.id, oferta_id=oferta_id)])
        (orden,) = emitir_ordenes(sesion, feria.entidad.actor, id_)
        return orden.id


def test_cada_pila_va_por_su_termino_de_pagina_en_pagina(
    feria: Feria, sesion: Session, sesion_web: Any
) -> None:
    dias = (14, 11, 13, 10, 12)
    ids = {n: feria.publicada(dias=n, items=SILLA).id for n in dias}
    cursor, vistos = None, []
    for cuantos in (2, 2, 1):
        filas, cursor = de_la_pila(sesion, [feria.entidad.id], Pila.ABIERTAS, CursorPedido(cursor, 2))
        assert (len(filas), cursor is None) == (cuantos, cuantos == 1)
        vistos += [fila.id for fila in filas]
    assert vistos == [ids[n] for n in sorted(dias)]
    primera = sesion.get_one(Convocatoria, ids[10])
    assert contar_pilas(sesion, [feria.entidad.id])[feria.entidad.id] == {
        "abiertas": Espera(5, primera.vence_en)
    }
    sesion.rollback()
    mesa = sesion_web(feria.entidad.persona)
    en_orden = re.findall(r'renglon__ancho"><a href="/compras/([0-9a-f-]+)"', mesa.get("/compras").text)
    assert en_orden == [str(ids[n]) for n in sorted(dias)]
    assert mesa.get("/compras?ver=abiertas&cursor=x").status_code == 422


def test_la_pila_se_lee_por_el_indice_de_su_termino(feria: Feria, sesion: Session) -> None:
    """A deep page reads no more than the first one: nothing is sorted."""
    sesion.connection().execute(text("SET LOCAL enable_sort = off"))
    sesion.connection().execute(text("SET LOCAL enable_seqscan = off"))
    consulta = text(
        f"EXPLAIN SELECT id FROM feria_convocatoria WHERE unidad_id = :u AND {EN_CURSO}"
        " AND (coalesce(sigue_en, vence_en, creado_en), id) > (now(), :u)"
        " ORDER BY coalesce(sigue_en, vence_en, creado_en), id LIMIT 51"
    )
    plan = "\n".join(sesion.connection().execute(consulta, {"u": feria.entidad.id}).scalars())
    assert "Index Scan using ix_feria_convocatoria_termino" in plan
    assert re.search(r"Index Cond:.*ROW\(COALESCE", plan), plan
    assert "Sort" not in plan


def test_el_panel_de_quien_oferta_dice_que_hacer_y_hasta_cuando(
    feria: Feria, reloj: Any, sesion: Session, sesion_web: Any
) -> None:
    """Reconfirm, present another; then deliver what was ordered, once its order is accepted."""
    una, otra = feria.publicada(dias=12, items=SILLA), feria.publicada(dias=10, items=SILLA)
    ofertas = [feria.ofertar(feria.ana, c.id, ["90.00"]) for c in (una, otra)]
    feria.ofertar(feria.beto, otra.id, ["95.00"])
    assert _lineas(sesion, feria.ana) == []
    enmienda(feria, una.id, descripcion="De madera seca.")
    enmienda(feria, otra.id, items=[item("Silla", "12", "100.00")])
    assert [(a.titulo, a.url, a.cuenta, a.hasta) for a in _lineas(sesion, feria.ana)] == [
        ("Presentar otra oferta", "/ofertas", 1, otra.vence_en),
        ("Reconfirmar ofertas", "/ofertas", 1, una.vence_en),
    ]
    ana = sesion_web(feria.ana.persona)
    dicho = f"Lo primero, hasta el {filtro_hasta(otra.vence_en)}"
    assert dicho in ana.get("/panel").text
    pagina = ana.get("/ofertas").text
    assert re.findall(r"<li><a href=\"([^\"]+)\">(?:Presentar|Reconfirmarla)", pagina) == [
        f"/feria/{otra.id}/ofertar?unidad_id={feria.ana.id}",
        f"/ofertas/{ofertas[0]}",
    ]

    reconfirma(feria.ana, ofertas[0])
    nueva = feria.ofertar(feria.ana, otra.id, ["80.00"], reemplazar=True)
    assert _lineas(sesion, feria.ana) == []
    orden_id = _decidida(feria, reloj, otra.id, nueva)
    orden = sesion.get_one(OrdenDeCompra, orden_id)
    (responder,) = _lineas(sesion, feria.ana)
    assert (responder.titulo, responder.cuenta, responder.hasta) == (
        "Responder a sus órdenes",
        1,
        orden.aceptar_hasta,
    )
    with transaccion() as s:
        aceptar_orden(s, feria.ana.actor, orden_id)
    (entregar,) = _lineas(sesion, feria.ana)
    sesion.expire_all()
    orden = sesion.get_one(OrdenDeCompra, orden_id)
    assert (entregar.titulo, entregar.url, entregar.hasta) == (
        "Entregar lo ordenado",
        "/ordenes-de-compra?ver=en_curso",
        orden.entregar_hasta,
    )
    ana = sesion_web(feria.ana.persona)  # ten days later
    assert orden.numero in ana.get(entregar.url).text
    assert orden.numero in ana.get("/ordenes-de-compra").text


def test_dice_lo_que_falta_y_la_subasta_en_que_compite(feria: Feria, reloj: Any, sesion: Session) -> None:
    id_ = feria.borrador(SILLA).id
    pide(feria, id_)
    with transaccion() as s:
        publicar_convocatoria(s, feria.entidad.actor, id_, ahora() + timedelta(days=10))
    ana, beto = feria.ofertar(feria.ana, id_, ["90.00"]), feria.ofertar(feria.beto, id_, ["95.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as s:
        abrir_convocatoria(s, feria.entidad.actor, id_)
    hasta = ahora() + timedelta(days=2)
    califica(feria, id_, {ana: trae(1), beto: trae(1, 2)}, hasta=hasta)
    (falta,) = _lineas(sesion, feria.ana)
    assert (falta.titulo, falta.texto, falta.url, falta.hasta) == (
        "Entregar lo que falta a su oferta",
        "Cronograma",
        f"/feria/{id_}",
        hasta,
    )
    assert _lineas(sesion, feria.beto) == []
    califica(feria, id_, {ana: trae(1, 2), beto: trae(1, 2)})
    assert _lineas(sesion, feria.ana) == []

    viva = en_subasta(feria, reloj)
    for parte in (feria.ana, feria.beto):
        (pujar,) = _lineas(sesion, parte)
        assert (pujar.titulo, pujar.url, pujar.cuenta) == (
            "Pujar en la subasta",
            f"/feria/{viva}/subasta",
            2,
        )
        assert pujar.hasta == max(fin(viva, 1), fin(viva, 2))


def test_mis_ofertas_de_pagina_en_pagina(feria: Feria, sesion: Session) -> None:
    ofertas = [feria.ofertar(feria.ana, feria.publicada(items=SILLA).id, ["90.00"]) for _n in range(3)]
    filas, cursor = mis_ofertas(sesion, feria.ana.actor, CursorPedido(None, 2))
    assert [oferta.id for oferta, _c in filas] == [ofertas[2], ofertas[1]]
    filas, cursor = mis_ofertas(sesion, feria.ana.actor, CursorPedido(cursor, 2))
    assert ([oferta.id for oferta, _c in filas], cursor) == ([ofertas[0]], None)
