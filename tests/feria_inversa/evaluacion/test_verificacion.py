"""What each bid brings is verified document by document (V-1), and stands in the act of the qualification."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import lxml.html
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from ciudadania.modelos import Notificacion
from feria_inversa.actos.modelos import Acta
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.documentos import pedidos_de
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.calificaciones import Calificacion, calificacion_de
from feria_inversa.evaluacion.calificar import calificar
from feria_inversa.evaluacion.causas import Causa
from feria_inversa.evaluacion.esquemas import CalificacionEntrada, DecisionEntrada
from feria_inversa.procesos.convocatorias import publicar_convocatoria
from feria_inversa.procesos.documentos import pedir_documentos
from feria_inversa.procesos.errores import EstadoNoPermite, FaltaMotivo
from feria_inversa.procesos.esquemas import PedidoEntrada
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from nucleo.plantillas import filtro_fecha_hora
from nucleo.reloj import ZONA, ahora
from tests.feria_inversa.conftest import Feria, item
from tests.feria_inversa.datos_abiertos.ayudas import compilado

ITEMS = [item("Silla", "10", "100.00")]
PIDE = [("Especificaciones técnicas", False), ("Cronograma", True)]


def pide(feria: Feria, id_: UUID, pedidos: list[tuple[str, bool]] = PIDE) -> None:
    entrada = [PedidoEntrada(nombre=nombre, subsanable=subsanable) for nombre, subsanable in pedidos]
    with transaccion() as sesion:
        pedir_documentos(sesion, feria.entidad.actor, id_, entrada)


@pytest.fixture
def abierta(feria: Feria, reloj: Any) -> tuple[UUID, UUID, UUID]:
    """A call that asks for two documents, with the bids of Ana and of Beto open."""
    id_ = feria.borrador(ITEMS).id
    pide(feria, id_)
    with transaccion() as sesion:
        publicar_convocatoria(sesion, feria.entidad.actor, id_, ahora() + timedelta(days=10))
    ofertas = feria.ofertar(feria.ana, id_, ["100.00"]), feria.ofertar(feria.beto, id_, ["90.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    return id_, *ofertas


def trae(*numeros: int) -> dict[str, Any]:
    """A bid that brings the documents of these numbers, of the two."""
    return {"documentos": [{"numero": n, "presente": n in numeros} for n in (1, 2)]}


def califica(
    feria: Feria, id_: UUID, revisadas: dict[UUID, dict[str, Any]], hasta: datetime | None = None
) -> Calificacion:
    entrada = CalificacionEntrada.model_validate(
        {
            "revisadas": [{"oferta_id": o, **dicho} for o, dicho in revisadas.items()],
            "subsanar_hasta": hasta,
        }
    )
    with transaccion() as sesion:
        return calificar(sesion, feria.entidad.actor, id_, entrada)


def decide(feria: Feria, id_: UUID, oferta_id: UUID, motivo: str = "") -> None:
    (silla,) = feria.items(id_)
    decision = DecisionEntrada(item_id=silla.id, oferta_id=oferta_id, motivo=motivo)
    with transaccion() as sesion:
        adjudicar(sesion, feria.entidad.actor, id_, [decision])


def test_sin_lo_que_no_se_subsana_queda_fuera_con_sus_palabras(
    feria: Feria, abierta: tuple[UUID, UUID, UUID], sesion: Session
) -> None:
    id_, ana, beto = abierta
    hecha = califica(feria, id_, {ana: trae(1), beto: trae(2)}, hasta=ahora() + timedelta(days=2))

    de_ana, de_beto = hecha.revisadas[ana], hecha.revisadas[beto]
    assert (de_ana.causa, [d.presente for d in de_ana.documentos]) == (None, [True, False])
    assert (de_beto.causa, de_beto.explicacion) == (
        Causa.SIN_DOCUMENTO,
        "No presenta: Especificaciones técnicas.",
    )
    assert calificacion_de(sesion, id_) == hecha
    acta = sesion.exec(select(Acta).where(Acta.numero == hecha.numero)).one()
    primera = json.loads(acta.contenido)["ofertas"][0]
    assert primera["documentos"] == [
        {"numero": 1, "nombre": "Especificaciones técnicas", "subsanable": False, "presente": True},
        {"numero": 2, "nombre": "Cronograma", "subsanable": True, "presente": False},
    ]
    califica(feria, id_, {ana: trae(1, 2), beto: trae(2)})
    with pytest.raises(DatosInvalidos, match="dejó fuera esa oferta"):
        decide(feria, id_, beto, "Porque es la más barata.")
    decide(feria, id_, ana)


def test_lo_que_se_puede_subsanar_se_pide_y_se_espera(
    feria: Feria, abierta: tuple[UUID, UUID, UUID], reloj: Any, sesion: Session, aplicacion: Any
) -> None:
    """Its bidder alone is told what is missing and until when; nothing is decided before, nor sooner."""
    id_, ana, beto = abierta
    falta = {ana: trae(1, 2), beto: trae(1)}
    with pytest.raises(DatosInvalidos, match="hasta cuándo espera"):
        califica(feria, id_, falta)
    for mal in (ahora() - timedelta(seconds=1), ahora() + timedelta(days=200)):
        with pytest.raises(DatosInvalidos, match="El plazo para subsanar es"):
            califica(feria, id_, falta, hasta=mal)
    hasta = ahora() + timedelta(days=2)
    assert califica(feria, id_, falta, hasta=hasta).por_subsanar == {beto: ["Cronograma"]}
    entregar_pendientes()
    dicho = select(Notificacion).where(col(Notificacion.asunto).startswith("A su oferta le falta algo"))
    (aviso,) = sesion.exec(dicho)
    assert aviso.destinatario_id == feria.beto.id
    assert aviso.cuerpo == f"Entréguelo a la entidad hasta el {filtro_fecha_hora(hasta)}: Cronograma."
    with pytest.raises(EstadoNoPermite, match="Se espera hasta el"):
        decide(feria, id_, beto, "Es la más barata de las dos.")
    with pytest.raises(DatosInvalidos, match="no se acorta"):
        califica(feria, id_, falta, hasta=hasta - timedelta(seconds=1))
    assert califica(feria, id_, falta).subsanar_hasta == hasta  # as it was told
    with pytest.raises(DatosInvalidos, match="hasta cuándo espera"):
        califica(feria, id_, {ana: trae(1), beto: trae(1)})  # of something else nobody was told

    reloj.adelantar(timedelta(days=2, seconds=1))
    with pytest.raises(FaltaMotivo, match="si le falta: Cronograma"):
        decide(feria, id_, beto)
    decide(feria, id_, beto, "El cronograma es el de la convocatoria.")


def avisos(sesion: Session) -> list[tuple[UUID | None, str]]:
    """Who was told that something is missing, and what, in order."""
    sesion.rollback()
    entregar_pendientes()
    dicho = select(Notificacion).where(col(Notificacion.asunto).startswith("A su oferta le falta algo"))
    en_orden = dicho.order_by(col(Notificacion.creado_en), col(Notificacion.destinatario_id))
    return [(a.destinatario_id, a.cuerpo.rpartition(": ")[2]) for a in sesion.exec(en_orden)]


def test_lo_que_falta_se_avisa_una_vez_y_en_su_plazo(
    feria: Feria, abierta: tuple[UUID, UUID, UUID], reloj: Any, sesion: Session, aplicacion: Any
) -> None:
    """Told once, however often it is qualified; again when it is waited for longer, never once it is not."""
    id_, ana, beto = abierta
    falta = {ana: trae(1, 2), beto: trae(1)}
    hasta = ahora() + timedelta(days=2)
    califica(feria, id_, falta, hasta=hasta)
    califica(feria, id_, falta)  # before the first notice went out: it still goes, once
    de_beto = (feria.beto.id, "Cronograma.")
    assert avisos(sesion) == [de_beto]
    califica(feria, id_, falta)
    assert avisos(sesion) == [de_beto]
    reloj.adelantar(timedelta(minutes=1))
    califica(feria, id_, {ana: trae(1), beto: trae(1)}, hasta=hasta)
    assert avisos(sesion) == [de_beto, (feria.ana.id, "Cronograma.")]
    reloj.adelantar(timedelta(minutes=1))
    califica(feria, id_, falta, hasta=hasta + timedelta(hours=1))
    assert avisos(sesion) == [de_beto, (feria.ana.id, "Cronograma."), de_beto]
    califica(feria, id_, falta, hasta=hasta + timedelta(hours=2))
    reloj.adelantar(timedelta(days=3))
    califica(feria, id_, falta)
    assert len(avisos(sesion)) == 3


def test_lo_que_ya_trajeron_no_se_espera(feria: Feria, abierta: tuple[UUID, UUID, UUID]) -> None:
    id_, ana, beto = abierta
    califica(feria, id_, {ana: trae(1, 2), beto: trae(1)}, hasta=ahora() + timedelta(days=2))
    assert califica(feria, id_, {ana: trae(1, 2), beto: trae(1, 2)}).subsanar_hasta is None
    decide(feria, id_, beto)


def test_sin_verificar_no_se_adjudica(feria: Feria, abierta: tuple[UUID, UUID, UUID]) -> None:
    id_, ana, beto = abierta
    with pytest.raises(DatosInvalidos, match="falta evaluar"):
        decide(feria, id_, beto)
    califica(feria, id_, {ana: trae(1, 2), beto: trae(1, 2)})
    decide(feria, id_, beto)


@pytest.mark.parametrize(
    ("dicho", "palabras"),
    [
        ({}, "de cada documento"),
        ({"documentos": [{"numero": 1, "presente": True}]}, "de cada documento"),
        ({"documentos": [{"numero": 1, "presente": True}] * 2}, "de cada documento"),
        ({"documentos": [{"numero": n, "presente": True} for n in (1, 2, 3)]}, "de cada documento"),
        (
            trae(1) | {"causa": "sin_documento", "explicacion": "Le falta el cronograma."},
            "qué documento falta",
        ),
    ],
)
def test_se_dice_de_cada_uno(
    feria: Feria, abierta: tuple[UUID, UUID, UUID], sesion: Session, dicho: dict[str, Any], palabras: str
) -> None:
    id_, ana, beto = abierta
    with pytest.raises(DatosInvalidos, match=palabras):
        califica(feria, id_, {ana: trae(1, 2), beto: dicho})
    assert calificacion_de(sesion, id_) is None


def test_quien_evalua_dice_mas_o_deja_fuera_por_otra_causa(
    feria: Feria, abierta: tuple[UUID, UUID, UUID]
) -> None:
    id_, ana, beto = abierta
    otra = {"causa": "no_cumple", "explicacion": "La madera no es la que se pide."}
    suya = {"causa": "sin_documento", "explicacion": "La hoja que trae es de otra empresa."}
    hecha = califica(feria, id_, {ana: trae(2) | otra, beto: trae(2) | suya})
    assert (hecha.revisadas[ana].causa, hecha.revisadas[ana].explicacion) == (
        Causa.NO_CUMPLE,
        "La madera no es la que se pide.",
    )
    assert hecha.revisadas[beto].explicacion == "La hoja que trae es de otra empresa."


def test_donde_no_se_pidio_nada_no_hay_que_verificar(feria: Feria, reloj: Any) -> None:
    id_ = feria.publicada(items=ITEMS).id
    ana = feria.ofertar(feria.ana, id_, ["90.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    with pytest.raises(DatosInvalidos, match="no pidió documentos"):
        califica(feria, id_, {ana: trae(1)})
    assert califica(feria, id_, {ana: {}}).revisadas[ana].documentos == ()


def test_lo_que_se_pide_queda_con_lo_publicado(feria: Feria, sesion: Session) -> None:
    id_ = feria.borrador(ITEMS).id
    pide(feria, id_, [("Otra cosa", True)])
    pide(feria, id_)
    with pytest.raises(DatosInvalidos, match="una sola vez"):
        pide(feria, id_, [("Cronograma", True), ("CRONOGRAMA", False)])
    with transaccion() as otra:
        publicar_convocatoria(otra, feria.entidad.actor, id_, ahora() + timedelta(days=10))
    assert [(p.numero, p.nombre, p.subsanable) for p in pedidos_de(sesion, id_)] == [
        (1, "Especificaciones técnicas", False),
        (2, "Cronograma", True),
    ]
    publicado = compilado(sesion, id_)["tender"]
    assert publicado["eligibilityCriteria"] == (
        "Especificaciones técnicas (si falta, la oferta queda fuera); "
        "Cronograma (si falta, se puede subsanar)"
    )
    with pytest.raises(EstadoNoPermite):
        pide(feria, id_, [])
    for orden in (
        "DELETE FROM feria_documento_pedido",
        "INSERT INTO feria_documento_pedido SELECT convocatoria_id, 3, nombre, true"
        " FROM feria_documento_pedido WHERE numero = 1",
    ):
        with pytest.raises(DBAPIError, match="does not change"), transaccion() as otra:
            otra.connection().execute(text(orden))


def test_se_pide_y_se_verifica_en_la_pagina(
    feria: Feria, sesion_web: Any, reloj: Any, sesion: Session
) -> None:
    id_ = feria.borrador(ITEMS).id
    entidad = sesion_web(feria.entidad.persona)
    pagina = f"/compras/{id_}/documentos-pedidos"
    pintada = entidad.get(pagina).text
    assert "Especificaciones técnicas de lo que ofrece" in pintada  # what is usual
    obligados = lxml.html.fromstring(pintada).cssselect("[name^='pedidos.'][required]")
    assert obligados == []  # rows may stay empty
    datos = {
        "pedidos.1.nombre": "Muestra de tela",
        "pedidos.1.falta": "fuera",
        "pedidos.2.nombre": "",
        "pedidos.2.falta": "",
        "pedidos.3.nombre": "Cronograma",
        "pedidos.3.falta": "subsanable",
    }
    assert entidad.post(pagina, data=datos).status_code == 303
    assert "Muestra de tela" in entidad.get(f"/compras/{id_}/publicar").text
    with transaccion() as otra:
        publicar_convocatoria(otra, feria.entidad.actor, id_, ahora() + timedelta(days=10))
    assert "Muestra de tela" in entidad.get(f"/feria/{id_}").text
    assert entidad.get(pagina).status_code == 409
    feria.ofertar(feria.ana, id_, ["90.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    pagina = f"/compras/{id_}/calificacion"
    entidad = sesion_web(feria.entidad.persona)
    assert "Muestra de tela" in entidad.get(pagina).text
    dicho = {"revisadas.1.causa": "sigue", "documentos.1.presente": "no", "documentos.2.presente": "si"}
    assert entidad.post(pagina, data={"revisadas.1.causa": "sigue"}).status_code == 422
    espera = dicho | {"documentos.1.presente": "si", "documentos.2.presente": "no"}
    assert "Diga hasta cuándo espera" in entidad.post(pagina, data=espera).text
    hasta = (ahora() + timedelta(days=1)).astimezone(ZONA).strftime("%Y-%m-%dT%H:%M")
    assert entidad.post(pagina, data=espera | {"subsanar_hasta": hasta}).status_code == 303
    assert "se puede subsanar se espera hasta el" in entidad.get(f"/feria/{id_}").text
    assert entidad.post(pagina, data=dicho).status_code == 303
    publica = entidad.get(f"/feria/{id_}").text
    assert "No presenta: Muestra de tela." in publica
    assert "falta y no se puede subsanar" in publica
    (revisada,) = (calificacion_de(sesion, id_) or Calificacion({}, {})).revisadas.values()
    assert [d.presente for d in revisada.documentos] == [False, True]
