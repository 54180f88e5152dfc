"""A call is asked about while it takes bids: its entity answers for everybody, and nobody knows who asked."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from ciudadania.modelos import Notificacion
from empresa_digital.registro import Facultad, SinFacultad
from feria_inversa.cronograma.etapas import Etapa
from feria_inversa.cronograma.programar import programar
from feria_inversa.entidades.errores import ConflictoDeInteres
from feria_inversa.preguntas.consultas import contar_preguntas, todas_las_preguntas
from feria_inversa.preguntas.errores import (
    DiceQuienPregunta,
    NoSePregunta,
    PreguntaNoEncontrada,
    PreguntaTerminada,
)
from feria_inversa.preguntas.modelos import POR_UNIDAD
from feria_inversa.preguntas.preguntar import cerrar_sin_respuesta, preguntar, responder
from feria_inversa.preguntas.tareas import cerrar_preguntas
from feria_inversa.preguntas.verificar import verificar_preguntas
from feria_inversa.procesos.convocatorias import cancelar_convocatoria, cerrar_recepcion
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import ZONA
from tests.feria_inversa.conftest import Feria, Parte
from tests.feria_inversa.datos_abiertos.ayudas import releases

DUDA = "¿Los pupitres llevan portalibros?"


def pregunta(feria: Feria, parte: Parte, id_: UUID, texto: str = DUDA) -> UUID:
    with transaccion() as sesion:
        return preguntar(sesion, parte.actor, id_, parte.id, texto).id


def responde(feria: Feria, id_: UUID, pregunta_id: UUID, respuesta: str = "Sí, de rejilla.") -> None:
    with transaccion() as sesion:
        responder(sesion, feria.entidad.actor, id_, pregunta_id, respuesta)


def como(sesion: Session, id_: UUID) -> list[tuple[int, str, str | None]]:
    sesion.rollback()
    assert verificar_preguntas(sesion) == []
    return [(p.numero, p.estado, p.respuesta) for p in todas_las_preguntas(sesion, id_)]


def test_se_pregunta_y_se_responde_para_todos(feria: Feria, sesion: Session, aplicacion: Any) -> None:
    id_ = feria.publicada().id
    una, otra = (
        pregunta(feria, feria.ana, id_),
        pregunta(feria, feria.beto, id_, "¿Hay que entregarlos armados?"),
    )
    assert contar_preguntas(sesion, id_) == (2, 2)
    responde(feria, id_, una)
    assert como(sesion, id_) == [(1, "respondida", "Sí, de rejilla."), (2, "por_responder", None)]
    with pytest.raises(PreguntaTerminada):
        responde(feria, id_, una, "No, mejor no.")
    with pytest.raises(PreguntaNoEncontrada):
        responde(feria, feria.publicada().id, otra)
    with pytest.raises(SinFacultad), transaccion() as ajena:
        responder(ajena, feria.ana.actor, id_, otra, "La respondo yo.")
    assert como(sesion, id_) == [(1, "respondida", "Sí, de rejilla."), (2, "por_responder", None)]
    entregar_pendientes()
    asunto = col(Notificacion.asunto)
    consulta = select(Notificacion.unidad_id).where(asunto.startswith("Se respondió la pregunta 1"))
    assert set(sesion.exec(consulta)) == {feria.ana.id, feria.beto.id}


def test_los_datos_abiertos_no_dicen_quien_pregunta(feria: Feria, sesion: Session) -> None:
    id_ = feria.publicada().id
    responde(feria, id_, pregunta(feria, feria.ana, id_))
    dichas = releases(sesion, id_)
    assert [r.etiquetas for r in dichas] == [["tender"], ["tenderUpdate"], ["tenderUpdate"]]
    contenidos = [json.loads(r.contenido)["tender"].get("enquiries") for r in dichas]
    assert contenidos[0] is None
    ((hecha,), (contestada,)) = contenidos[1:]
    assert set(hecha) == {"id", "date", "description"}
    assert (hecha["description"], hecha["id"]) == (DUDA, contestada["id"])
    assert set(contestada) == {"id", "answer", "dateAnswered"}
    assert contestada["answer"] == "Sí, de rejilla."
    assert all("Cooperativa Ana" not in r.contenido for r in dichas)


@pytest.mark.parametrize(
    "texto",
    ["Llámeme al 70012345, ¿llevan portalibros?", "Somos COOPERATIVA ANA, ¿llevan portalibros?"],
)
def test_no_se_dice_quien_pregunta(feria: Feria, sesion: Session, texto: str) -> None:
    id_ = feria.publicada().id
    with pytest.raises(DiceQuienPregunta):
        pregunta(feria, feria.ana, id_, texto)
    assert como(sesion, id_) == []


def test_el_nombre_dentro_de_otra_palabra_no_dice_nada(feria: Feria, sesion: Session) -> None:
    id_ = feria.publicada().id
    ana = feria.crear_parte("Ana")
    pregunta(feria, ana, id_, "¿Se entrega la primera semana?")
    with pytest.raises(DiceQuienPregunta):
        pregunta(feria, ana, id_, "Soy ANA: ¿se entrega en enero?")
    assert len(como(sesion, id_)) == 1


def test_la_entidad_no_se_pregunta_ni_quien_trabaja_en_ella(feria: Feria, sesion: Session) -> None:
    id_ = feria.publicada().id
    feria.mandato(feria.entidad.id, feria.ana.persona, Facultad.EVALUAR)
    with pytest.raises(ConflictoDeInteres):
        pregunta(feria, feria.ana, id_)
    assert como(sesion, id_) == []


def test_hasta_veinte_por_unidad(feria: Feria, sesion: Session) -> None:
    id_ = feria.publicada().id
    for numero in range(POR_UNIDAD):
        pregunta(feria, feria.ana, id_, f"{DUDA} Caso {numero}.")
    with pytest.raises(NoSePregunta):
        pregunta(feria, feria.ana, id_)
    pregunta(feria, feria.beto, id_)
    assert len(como(sesion, id_)) == POR_UNIDAD + 1


def test_lo_que_nadie_responde_queda_escrito(feria: Feria, sesion: Session, reloj: Any) -> None:
    id_, cancelada = feria.publicada().id, feria.publicada().id
    una = pregunta(feria, feria.ana, id_)
    de_la_otra = pregunta(feria, feria.ana, cancelada)
    with transaccion() as otra:
        assert not cerrar_sin_respuesta(otra, id_)
        cancelar_convocatoria(otra, feria.entidad.actor, cancelada, "Ya no hace falta comprarlo.")
    assert cerrar_preguntas() == 1
    assert como(sesion, cancelada) == [(1, "sin_respuesta", None)]
    reloj.adelantar(timedelta(days=10, seconds=1))
    for acto in (lambda: pregunta(feria, feria.beto, id_), lambda: responde(feria, id_, una)):
        with pytest.raises((NoSePregunta, PreguntaTerminada)):
            acto()
    with transaccion() as otra:
        assert cerrar_recepcion(otra, id_)
    assert (cerrar_preguntas(), cerrar_preguntas()) == (1, 0)
    assert como(sesion, id_) == [(1, "sin_respuesta", None)]
    for pregunta_id, de in ((una, id_), (de_la_otra, cancelada)):
        with pytest.raises(PreguntaTerminada):
            responde(feria, de, pregunta_id)


def test_el_cronograma_dice_hasta_cuando(feria: Feria, sesion: Session, reloj: Any, cliente: Any) -> None:
    """Published on Friday 5 May 2028 for twelve days; questions until the end of Tuesday 9."""
    reloj.situar(datetime(2028, 5, 5, 10, tzinfo=ZONA))
    id_ = feria.publicada(dias=12).id
    dias = {
        Etapa.CONSULTAS: date(2028, 5, 9),
        Etapa.APERTURA: date(2028, 5, 17),
        Etapa.ADJUDICACION: date(2028, 5, 24),
        Etapa.CONTRATO: date(2028, 6, 1),
    }
    with transaccion() as otra:
        programar(otra, feria.entidad.actor, id_, dias, "")
    reloj.situar(datetime(2028, 5, 9, 23, 59, tzinfo=ZONA))
    una = pregunta(feria, feria.ana, id_)
    assert "hasta el 9 de mayo de 2028." in cliente.get(f"/feria/{id_}/preguntas").text
    reloj.situar(datetime(2028, 5, 10, tzinfo=ZONA))
    with pytest.raises(NoSePregunta, match="Se podía preguntar hasta"):
        pregunta(feria, feria.beto, id_)
    responde(feria, id_, una)
    assert como(sesion, id_) == [(1, "respondida", "Sí, de rejilla.")]


def test_la_base_no_deja(feria: Feria, sesion: Session) -> None:
    id_ = feria.publicada().id
    una = pregunta(feria, feria.ana, id_)
    responde(feria, id_, una)
    otra = pregunta(feria, feria.beto, id_)
    for sentencia in (
        "UPDATE feria_pregunta SET respuesta = 'Otra cosa' WHERE id = :una",
        "UPDATE feria_pregunta SET texto = 'Otra pregunta' WHERE id = :una",
        "UPDATE feria_pregunta SET estado = 'por_responder', terminada_en = NULL WHERE id = :una",
        "UPDATE feria_pregunta SET estado = 'sin_respuesta', terminada_en = nucleo_ahora() WHERE id = :otra",
        "UPDATE feria_pregunta SET estado = 'respondida', terminada_en = nucleo_ahora() WHERE id = :otra",
        "DELETE FROM feria_pregunta WHERE id = :otra",
    ):
        with pytest.raises(DBAPIError):
            sesion.connection().execute(text(sentencia), {"una": una, "otra": otra})
        sesion.rollback()
    assert como(sesion, id_) == [(1, "respondida", "Sí, de rejilla."), (2, "por_responder", None)]


def test_por_las_paginas(feria: Feria, sesion: Session, sesion_web: Any, cliente: Any) -> None:
    id_ = feria.publicada().id
    pagina, gestion = f"/feria/{id_}/preguntas", f"/compras/{id_}/preguntas"
    assert "Nadie preguntó todavía" in cliente.get(pagina).text
    ana = sesion_web(feria.ana.persona)
    datos = {"unidad_id": str(feria.ana.id), "texto": "corta"}
    assert ana.post(pagina, data=datos).status_code == 422
    assert ana.post(pagina, data=datos | {"texto": DUDA}).status_code == 303
    publica = cliente.get(pagina).text
    assert DUDA in publica
    assert "Espera respuesta" in publica
    assert "Cooperativa Ana" not in publica
    assert "1 pregunta y su respuesta" in cliente.get(f"/feria/{id_}").text
    entidad = sesion_web(feria.entidad.persona)
    assert "Preguntar a la entidad" not in entidad.get(pagina).text
    assert "Responder 1 pregunta" in entidad.get(f"/compras/{id_}").text
    assert "Cooperativa Ana" not in entidad.get(gestion).text
    (fila,) = todas_las_preguntas(sesion, id_)
    respuesta = f"{gestion}/{fila.id}/respuesta"
    assert entidad.post(respuesta, data={"respuesta": ""}).status_code == 422
    assert entidad.post(respuesta, data={"respuesta": "Sí, de rejilla."}).status_code == 303
    assert "Nada por responder" in entidad.get(gestion).text
    assert "Sí, de rejilla." in cliente.get(pagina).text
