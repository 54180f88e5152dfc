"""An award that falls before its order: decisions are added one to another, and the next bid may win."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.caidas import dejar_sin_efecto
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.contratos.verificar import verificar_ordenes
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.consultas import adjudicaciones_de
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.verificar import verificar_decisiones
from feria_inversa.procesos.consultas import como_esta
from feria_inversa.procesos.convocatorias import cancelar_convocatoria
from feria_inversa.procesos.errores import EstadoNoPermite, FaltaMotivo
from feria_inversa.procesos.estados import EstadoItem
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.datos_abiertos.ayudas import lo_dicho

MOTIVO = "No puede entregar a tiempo."


@pytest.fixture
def adjudicada(feria: Feria, reloj: Any) -> tuple[UUID, UUID, UUID]:
    """The process, and the bids of Ana (who wins all) and Beto."""
    id_ = feria.publicada().id
    de_ana = feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
    de_beto = feria.ofertar(feria.beto, id_, ["410.00", None])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    _decidir(feria, id_, {1: de_ana, 2: de_ana})
    return id_, de_ana, de_beto


def _decidir(feria: Feria, id_: UUID, ofertas: dict[int, UUID | None], motivo: str = "") -> None:
    items = {item.numero: item.id for item in feria.items(id_)}
    decisiones = [
        DecisionEntrada(item_id=items[n], oferta_id=oferta, motivo=motivo) for n, oferta in ofertas.items()
    ]
    with transaccion() as sesion:
        adjudicar(sesion, feria.entidad.actor, id_, decisiones)


def _cae(feria: Feria, id_: UUID, numero: int, caida: EstadoItem = EstadoItem.DESISTIDO) -> None:
    item = next(item for item in feria.items(id_) if item.numero == numero)
    with transaccion() as sesion:
        dejar_sin_efecto(sesion, feria.entidad.actor, id_, item.id, caida, MOTIVO)


def test_desiste_y_gana_la_que_sigue(
    feria: Feria, adjudicada: tuple[UUID, UUID, UUID], sesion: Session
) -> None:
    id_, de_ana, de_beto = adjudicada
    _cae(feria, id_, 1)

    assert [i.estado for i in feria.items(id_)] == ["desistido", "adjudicado"]
    proceso = sesion.get_one(Convocatoria, id_)
    assert (proceso.estado, proceso.items_adjudicados) == ("evaluacion", 1)
    with pytest.raises(EstadoNoPermite), transaccion() as otra:
        emitir_ordenes(otra, feria.entidad.actor, id_)

    _decidir(feria, id_, {1: de_beto}, "El primero desistió de su oferta.")
    with transaccion() as otra:
        ordenes = emitir_ordenes(otra, feria.entidad.actor, id_)
    assert [o.proveedor_id for o in ordenes] == [feria.beto.id, feria.ana.id]
    sesion.expire_all()
    assert como_esta(proceso) == "contratado"
    decisiones = adjudicaciones_de(sesion, id_)
    ganan = [decisiones[i.id].proveedor_id for i in feria.items(id_)]
    assert ganan == [feria.beto.id, feria.ana.id]
    assert (verificar_ordenes(sesion), verificar_decisiones(sesion)) == ([], [])

    *_antes, caida, otra_vez, contrato = lo_dicho(sesion)
    assert [r["tag"] for r in (caida, otra_vez, contrato)] == [
        ["awardCancellation"],
        ["awardUpdate"],
        ["contract"],
    ]
    assert [(a["id"].partition("-A")[2], a["status"], len(a["items"])) for a in caida["awards"]] == [
        ("1", "cancelled", 2),
        ("1-2", "active", 1),
    ]
    assert caida["tender"]["status"] == "active"
    assert [(a["id"].partition("-A")[2], a["relatedBid"]) for a in otra_vez["awards"]] == [
        ("1", str(de_ana)),
        ("1-2", str(de_ana)),
        ("2", str(de_beto)),
    ]
    assert sorted(c["awardID"].partition("-A")[2] for c in contrato["contracts"]) == ["1-2", "2"]


def test_descalificado_de_todo_y_desierto(
    feria: Feria, adjudicada: tuple[UUID, UUID, UUID], sesion: Session, aplicacion: Any
) -> None:
    """Who lost all keeps its award as cancelled, under its number; the process ends desierto."""
    id_, _de_ana, _de_beto = adjudicada
    entregar_pendientes()
    _cae(feria, id_, 1, EstadoItem.DESCALIFICADO)
    _cae(feria, id_, 2, EstadoItem.DESCALIFICADO)
    entregar_pendientes()
    asuntos = text("SELECT asunto FROM ciudadania_notificacion WHERE unidad_id = :u")
    dichos = sesion.connection().execute(asuntos, {"u": feria.ana.id}).scalars().all()
    assert dichos.count("Quedó sin efecto una adjudicación: Mobiliario escolar") == 2
    sesion.rollback()
    _decidir(feria, id_, {1: None, 2: None}, "Ninguna otra oferta cumple.")

    assert como_esta(sesion.get_one(Convocatoria, id_)) == "desierto"
    ultima = lo_dicho(sesion)[-1]
    assert ultima["tender"]["status"] == "unsuccessful"
    assert [(a["id"][-4:], a["status"], len(a["items"])) for a in ultima["awards"]] == [
        ("1-A1", "cancelled", 2),
        ("A1-2", "cancelled", 1),
        ("-1-D", "unsuccessful", 2),
    ]
    with pytest.raises(EstadoNoPermite, match="ya terminó"), transaccion() as otra:
        cancelar_convocatoria(otra, feria.entidad.actor, id_, "Se publicará de nuevo.")


def test_lo_ordenado_no_cae_y_lo_que_cayo_no_se_ordena(
    feria: Feria, adjudicada: tuple[UUID, UUID, UUID], sesion: Session, duenio: Engine
) -> None:
    id_, _de_ana, _de_beto = adjudicada
    item, _otro = feria.items(id_)
    with pytest.raises(FaltaMotivo), transaccion() as otra:
        dejar_sin_efecto(otra, feria.entidad.actor, id_, item.id, EstadoItem.DESISTIDO, "corto")
    with transaccion() as otra:
        emitir_ordenes(otra, feria.entidad.actor, id_)
    with pytest.raises(EstadoNoPermite):
        _cae(feria, id_, 1)
    with pytest.raises(EstadoNoPermite), transaccion() as otra:
        cancelar_convocatoria(otra, feria.entidad.actor, id_, "Ya no hace falta comprarlo.")
    cae_en_sql = text(
        "INSERT INTO feria_adjudicacion (id, convocatoria_id, item_id, resultado, es_menor_precio, motivo, "
        "decidida_en, decidida_por, reemplaza_a) SELECT gen_random_uuid(), convocatoria_id, item_id, "
        "'desistido', false, 'porque sí, porque sí', now(), 'nadie', id FROM feria_adjudicacion"
    )
    ordenado = pytest.raises(IntegrityError, match="what was ordered is not decided again")
    with ordenado, duenio.begin() as conexion:
        conexion.execute(cae_en_sql)


def test_lo_que_cayo_del_todo_no_se_dice_desierto(
    feria: Feria, adjudicada: tuple[UUID, UUID, UUID], cliente: Any
) -> None:
    """Nothing is awarded for now, and nobody declared it desierto: it is decided again."""
    id_, _de_ana, _de_beto = adjudicada
    _cae(feria, id_, 1)
    _cae(feria, id_, 2)
    html = cliente.get(f"/feria/{id_}").text
    assert "Declarada desierta" not in html
    assert "Nueva decisión" in html
    _decidir(feria, id_, {1: None, 2: None}, "Ninguna otra oferta cumple.")
    assert "Declarada desierta" in cliente.get(f"/feria/{id_}").text


def test_quien_perdio_el_item_no_lo_gana_de_nuevo(
    feria: Feria, adjudicada: tuple[UUID, UUID, UUID], sesion: Session, sesion_web: Any
) -> None:
    """Neither by who decides nor in the database; and the form proposes the bid that follows."""
    id_, de_ana, de_beto = adjudicada
    _cae(feria, id_, 1, EstadoItem.DESCALIFICADO)
    with pytest.raises(DatosInvalidos, match="quedó sin efecto"):
        _decidir(feria, id_, {1: de_ana}, "Vuelve a ganar quien ya no podía.")
    assert [i.estado for i in feria.items(id_)] == ["descalificado", "adjudicado"]
    html = sesion_web(feria.entidad.persona).get(f"/compras/{id_}").text
    elegida = re.findall(r'name="decisiones.1.oferta_id" value="([^"]+)" checked', html)
    assert elegida == [str(de_beto)]
    assert re.search(rf'value="{de_ana}" disabled', html)
    de_nuevo = text(OTRA.format_map(COMO_ES | {"de": feria.ana.id}))
    with pytest.raises(IntegrityError, match="uq_feria_adjudicacion_oferta_linea_id"):
        sesion.connection().execute(de_nuevo)
    sesion.rollback()


OTRA = """
INSERT INTO feria_adjudicacion (id, convocatoria_id, item_id, resultado, es_menor_precio, motivo, decidida_en,
    decidida_por, reemplaza_a, oferta_linea_id, proveedor_id, total)
SELECT gen_random_uuid(), a.convocatoria_id, a.item_id, 'adjudicado', {menor}, 'porque sí, porque sí', now(),
    'nadie', a.id, l.id, {quien}, {total}
FROM feria_adjudicacion a JOIN feria_item i ON i.id = a.item_id JOIN feria_oferta_linea l ON l.item_id = i.id
JOIN feria_oferta o ON o.id = l.oferta_id
WHERE i.numero = {item} AND o.unidad_id = '{de}'
    AND NOT EXISTS (SELECT FROM feria_adjudicacion r WHERE r.reemplaza_a = a.id)
"""
COMO_ES = {"menor": "false", "quien": "o.unidad_id", "total": "l.total", "item": "1"}


@pytest.mark.parametrize(
    ("cambio", "falta"),
    [
        ({"menor": "true"}, "it is not the lowest price"),
        ({"quien": "(SELECT unidad_id FROM feria_oferta WHERE id <> o.id)"}, "an award is what a bid says"),
        ({"total": "1"}, "an award is what a bid says"),
        ({"item": "2"}, "the item is so already"),
    ],
)
def test_la_aplicacion_no_adjudica_lo_que_no_es(
    cambio: dict[str, str], falta: str, feria: Feria, adjudicada: tuple[UUID, UUID, UUID], sesion: Session
) -> None:
    """Not with its role: a lowest price that is not, another winner or price, an award upon another."""
    _cae(feria, adjudicada[0], 1)
    quien = feria.ana.id if "item" in cambio else feria.beto.id
    with pytest.raises(IntegrityError, match=falta):
        sesion.connection().execute(text(OTRA.format_map(COMO_ES | cambio | {"de": quien})))
    sesion.rollback()
    bien = text(OTRA.format_map(COMO_ES | {"de": feria.beto.id}))
    assert sesion.connection().execute(bien).rowcount == 1
    sesion.rollback()


@pytest.mark.parametrize(
    "cambio",
    [
        "contratado_en = NULL, items_ordenados = 0",
        "contratado_en = now()",
        "abierto_en = abierto_en + interval '1 day'",
    ],
)
def test_la_aplicacion_no_deshace_lo_hecho(
    cambio: str, feria: Feria, adjudicada: tuple[UUID, UUID, UUID], sesion: Session
) -> None:
    with transaccion() as otra:
        emitir_ordenes(otra, feria.entidad.actor, adjudicada[0])
    with pytest.raises(IntegrityError, match="what was done of a call stays done"):
        sesion.connection().execute(text(f"UPDATE feria_convocatoria SET {cambio}"))
    sesion.rollback()


ORDEN = text(
    """
    INSERT INTO feria_orden_de_compra (id, numero, convocatoria_id, unidad_id, proveedor_id, total,
        plazo_dias, emitida_en, emitida_por, estado, aceptar_hasta, recibido, multa, pagado)
    SELECT :id, 'OC-X', a.convocatoria_id, c.unidad_id, a.proveedor_id, a.total, 15, now(), 'nadie',
        'por_aceptar', now(), 0, 0, 0
    FROM feria_adjudicacion a JOIN feria_convocatoria c ON c.id = a.convocatoria_id ORDER BY a.total LIMIT 1
    """
)
LINEA = text(
    """
    INSERT INTO feria_orden_linea (id, orden_id, proveedor_id, adjudicacion_id, item_id, numero, descripcion,
        marca, detalle, cantidad, unidad_medida, precio_unitario, total, plazo_dias, entregada, recibida)
    SELECT gen_random_uuid(), :id, a.proveedor_id, a.id, a.item_id, i.numero, i.descripcion, l.marca, '',
        i.cantidad, i.unidad_medida, l.precio_unitario, l.total, 15, 0, 0
    FROM feria_adjudicacion a JOIN feria_item i ON i.id = a.item_id
    JOIN feria_oferta_linea l ON l.id = a.oferta_linea_id ORDER BY a.total LIMIT 1
    """
)


def test_la_aplicacion_no_cancela_lo_ordenado_ni_ordena_lo_cancelado(
    feria: Feria, adjudicada: tuple[UUID, UUID, UUID], sesion: Session
) -> None:
    """Whatever the row of the process says of itself; and its reason stays."""
    orden = {"id": nuevo_id()}
    conexion = sesion.connection()
    conexion.execute(ORDEN, orden)
    conexion.execute(LINEA, orden)
    cancelar = "estado = 'cancelado', cancelado_en = now(), motivo_cierre = 'porque sí, sí'"
    with pytest.raises(IntegrityError, match="what was ordered is not cancelled"):
        conexion.execute(text(f"UPDATE feria_convocatoria SET {cancelar}"))
    sesion.rollback()

    with transaccion() as otra:
        cancelar_convocatoria(otra, feria.entidad.actor, adjudicada[0], "Se publicará de nuevo.")
    conexion = sesion.connection()
    conexion.execute(ORDEN, orden)
    with pytest.raises(IntegrityError, match="only what is resolved is ordered"):
        conexion.execute(LINEA, orden)
    sesion.rollback()
    with pytest.raises(IntegrityError, match="what was done of a call stays done"):
        sesion.connection().execute(text("UPDATE feria_convocatoria SET motivo_cierre = 'un motivo nuevo'"))
    sesion.rollback()


def test_la_aplicacion_no_escribe_el_estado_de_un_item(
    feria: Feria, adjudicada: tuple[UUID, UUID, UUID], sesion: Session
) -> None:
    with pytest.raises(Exception, match="permission denied"):
        sesion.connection().execute(text("UPDATE feria_item SET estado = 'pedido'"))
    sesion.rollback()


def test_por_la_pagina_y_por_la_api(
    feria: Feria, adjudicada: tuple[UUID, UUID, UUID], sesion_web: Any, sesion: Session
) -> None:
    id_, _de_ana, de_beto = adjudicada
    entidad = sesion_web(feria.entidad.persona)
    pupitre, _pizarra = feria.items(id_)
    assert "Una adjudicación sin orden de compra" in entidad.get(f"/compras/{id_}").text
    datos = {"item_id": str(pupitre.id), "causa": "desistido", "explicacion": "corto"}
    negada = entidad.post(f"/compras/{id_}/sin-efecto", data=datos)
    assert negada.status_code == 422
    assert [i.estado for i in feria.items(id_)] == ["adjudicado", "adjudicado"]
    hecha = entidad.post(f"/compras/{id_}/sin-efecto", data=datos | {"explicacion": MOTIVO})
    assert hecha.status_code == 303
    html = entidad.get(f"/compras/{id_}").text
    assert "Decisión: 1. " in html
    assert "Decisión: 2. " not in html
    assert MOTIVO in sesion_web(feria.beto.persona).get(f"/feria/{id_}").text
    formulario = {"decisiones.1.oferta_id": str(de_beto), "decisiones.1.motivo": "El primero desistió."}
    assert entidad.post(f"/compras/{id_}/adjudicacion", data=formulario).status_code == 303
    assert [i.estado for i in feria.items(id_)] == ["adjudicado", "adjudicado"]
