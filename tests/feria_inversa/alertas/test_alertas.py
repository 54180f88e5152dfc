"""Alerts of the fair: a call that is published is told to who asked for calls like it."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select

from alertas import enviar
from alertas.guardar import crear_alerta
from alertas.modelos import Alerta, Coincidencia
from ciudadania.modelos import Notificacion
from feria_inversa.alertas import CONVOCATORIAS as CODIGO
from feria_inversa.alertas import Criterios
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from tests.feria_inversa.conftest import Feria


def test_una_convocatoria_publicada_se_avisa_a_quien_la_pidio(sesion: Session, feria: Feria) -> None:
    pedidas = {
        "todo": Criterios(),
        "palabras": Criterios(q="pupitres"),
        "otra": Criterios(q="ambulancia"),
        "aqui": Criterios(departamento="01", categoria="bienes"),
        "alla": Criterios(departamento="02"),
    }
    for nombre, criterios in pedidas.items():
        with transaccion() as propia:
            crear_alerta(propia, feria.ana.actor, CODIGO, criterios, nombre=nombre)
    convocatoria = feria.publicada()
    entregar_pendientes()
    halladas = sesion.exec(
        select(Alerta.nombre)
        .join(Coincidencia, col(Coincidencia.alerta_id) == col(Alerta.id))
        .where(Coincidencia.objeto_id == convocatoria.id)
    ).all()
    assert sorted(halladas) == ["aqui", "palabras", "todo"]
    assert enviar.enviar_pendientes() == 3
    asuntos = sesion.exec(select(Notificacion.asunto).where(Notificacion.clase == "alertas.hallazgo")).all()
    assert set(asuntos) == {"Hay novedad: Mobiliario escolar"}


def test_la_que_ya_no_recibe_ofertas_no_se_avisa(sesion: Session, feria: Feria, reloj: Any) -> None:
    with transaccion() as propia:
        crear_alerta(propia, feria.ana.actor, CODIGO, Criterios(q="pupitres"))
    feria.publicada(dias=10)
    entregar_pendientes()
    reloj.adelantar(timedelta(days=11))
    assert enviar.enviar_pendientes() == 0
    assert sesion.exec(select(Notificacion).where(Notificacion.clase == "alertas.hallazgo")).all() == []


def test_la_lista_ofrece_avisarme(feria: Feria, sesion_web: Any) -> None:
    navegador = sesion_web(feria.ana.persona)
    lista = navegador.get("/feria?q=pupitres&departamento=01").text
    ruta = lista.split('href="/mis-alertas/nueva')[1].split('"')[0].replace("&amp;", "&")
    nueva = navegador.get(f"/mis-alertas/nueva{ruta}").text
    assert "«pupitres», Chuquisaca" in nueva
    assert "Lo que para entonces ya terminó no se avisa" in nueva
